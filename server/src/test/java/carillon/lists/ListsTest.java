package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Account;
import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void aNewListAsksForConfirmationAsItsAccountDoes() {
    var answer = post("Newsletter").expect(201);

    assertThat(answer.text("/data/attributes/name")).isEqualTo("Newsletter");
    assertThat(answer.text("/data/attributes/opt_in_process")).isEqualTo("double_opt_in");
    assertThat(answer.text("/data/attributes/created"))
        .isEqualTo(answer.text("/data/attributes/updated"));
    assertThat(answer.text("/data/relationships/flow-triggers/links/related"))
        .endsWith("/api/lists/" + answer.id() + "/flow-triggers/");
    assertThat(answer.at("/data/attributes").has("profile_count")).isFalse();
  }

  @Test
  void theOptInProcessCanBeChosenAndChanged() {
    var list =
        shop.post(
                "/api/lists",
                """
                {"data": {"type": "list",
                  "attributes": {"name": "Quick", "opt_in_process": "single_opt_in"}}}
                """)
            .expect(201)
            .id();

    shop.patch("/api/lists/" + list, patch(list, "\"opt_in_process\": \"double_opt_in\""))
        .expect(200);

    var read = shop.get("/api/lists/" + list).expect(200);
    assertThat(read.text("/data/attributes/opt_in_process")).isEqualTo("double_opt_in");
    assertThat(read.text("/data/attributes/name")).isEqualTo("Quick");
  }

  @Test
  void anAccountWithoutDoubleOptInMakesListsWithout() {
    try (var server = TestServer.start(Map.of(), new TestClock())) {
      var other = TestServer.shop(server);
      server.accounts().setRules(other.account(), Account.Rules.USUAL.withDoubleOptIn(false));

      var answer = other.post("/api/lists", body("Newsletter")).expect(201);

      assertThat(answer.text("/data/attributes/opt_in_process")).isEqualTo("single_opt_in");
    }
  }

  @Test
  void renamingKeepsEverythingElse() {
    var list = create("Nwsletter");

    var renamed =
        shop.patch("/api/lists/" + list, patch(list, "\"name\": \"Newsletter\"")).expect(200);

    assertThat(renamed.text("/data/attributes/name")).isEqualTo("Newsletter");
    assertThat(renamed.text("/data/attributes/opt_in_process")).isEqualTo("double_opt_in");
  }

  @Test
  void aNameOfNullIsKept() {
    var list = create("Newsletter");
    shop.patch("/api/lists/" + list, patch(list, "\"name\": null")).expect(200);
    assertThat(shop.get("/api/lists/" + list).text("/data/attributes/name"))
        .isEqualTo("Newsletter");
  }

  @Test
  void twoListsCanHaveTheSameName() {
    assertThat(create("Twins")).isNotEqualTo(create("Twins"));
    assertThat(shop.get("/api/lists?filter=" + Shop.encoded("equals(name,\"Twins\")")).ids())
        .hasSize(2);
  }

  @Test
  void namesAreKeptAsTheyAre() {
    for (var name :
        List.of("'; drop table list; --", "<script>x</script>", "💌 \"new\" \\ ", "%_")) {
      var list = create(name);
      assertThat(shop.get("/api/lists/" + list).text("/data/attributes/name")).isEqualTo(name);
      var filter = "any(name,[" + Json.MAPPER.writeValueAsString(name) + "])";
      assertThat(shop.get("/api/lists?filter=" + Shop.encoded(filter)).expect(200).ids())
          .containsExactly(list);
    }
  }

  @Test
  void aNameMustBeThereAndNotTooLong() {
    shop.post("/api/lists", "{\"data\": {\"type\": \"list\", \"attributes\": {}}}").expect(400);
    post("").expect(400);
    post("x".repeat(256)).expect(400);
    assertThat(shop.get("/api/lists").ids()).isEmpty();
  }

  @Test
  void anUnknownListIsToldInBackTicks() {
    var sentence = "A list with id `nope` does not exist.";

    assertThat(shop.get("/api/lists/nope").expect(404).details()).containsExactly(sentence);
    for (var below : List.of("/tags", "/flow-triggers", "/relationships/flow-triggers")) {
      assertThat(shop.get("/api/lists/nope" + below).expect(404).details())
          .containsExactly(sentence);
    }
    shop.patch("/api/lists/nope", patch("nope", "\"name\": \"x\"")).expect(404);
    shop.delete("/api/lists/nope").expect(404);
  }

  @Test
  void aListOfAnotherAccountIsNotThere() {
    var list = create("mine");
    var other = TestServer.shop();

    other.get("/api/lists/" + list).expect(404);
    other.delete("/api/lists/" + list).expect(404);
    shop.get("/api/lists/" + list).expect(200);
  }

  @Test
  void tenListsAreOnAPage() {
    var created = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      created.add(create("list %02d".formatted(i)));
    }

    var first = shop.get("/api/lists?sort=-created").expect(200);
    var second = shop.follow(first.text("/links/next")).expect(200);

    assertThat(first.ids()).isEqualTo(created.reversed().subList(0, 10));
    assertThat(second.ids()).isEqualTo(created.reversed().subList(10, 12));
    assertThat(second.at("/links/next").isNull()).isTrue();
    assertThat(shop.get("/api/lists").ids()).isSorted();
    assertThat(shop.get("/api/lists?sort=name").ids()).isEqualTo(created.subList(0, 10));
    shop.get("/api/lists?page[size]=11").expect(400);
  }

  @Test
  void listsAreFilteredWithTheFewPublishedOperators() {
    var one = create("one");
    var two = create("two");

    assertThat(found("equals(id,\"" + one + "\")")).containsExactly(one);
    assertThat(found("any(id,[\"" + one + "\",\"" + two + "\"])"))
        .containsExactlyInAnyOrder(one, two);
    assertThat(found("any(name,[\"two\",\"three\"])")).containsExactly(two);
    assertThat(found("equals(name,\"two\")")).containsExactly(two);
    assertThat(found("greater-than(created,2020-01-01T00:00:00Z)")).hasSize(2);
    assertThat(found("greater-than(updated,2999-01-01T00:00:00Z)")).isEmpty();
    for (var wrong :
        List.of("contains(name,\"o\")", "greater-or-equal(created,2020-01-01T00:00:00Z)")) {
      shop.get("/api/lists?filter=" + Shop.encoded(wrong)).expect(400);
    }
  }

  @Test
  void tagsAreIncludedAndTriggersAreNone() {
    var list = create("Newsletter");
    var tag = tagged(list, "Summer");

    var answer = shop.get("/api/lists?include=tags,flow-triggers").expect(200);

    assertThat(answer.text("/data/0/relationships/tags/data/0/id")).isEqualTo(tag);
    assertThat(answer.at("/data/0/relationships/flow-triggers/data")).isEmpty();
    assertThat(answer.text("/included/0/attributes/name")).isEqualTo("Summer");
    assertThat(shop.get("/api/lists/" + list + "/tags").expect(200).ids()).containsExactly(tag);
    assertThat(shop.get("/api/lists/" + list + "/relationships/tags").ids()).containsExactly(tag);
    assertThat(shop.get("/api/lists/" + list + "/flow-triggers").expect(200).ids()).isEmpty();
    assertThat(shop.get("/api/lists/" + list + "/relationships/flow-triggers").expect(200).ids())
        .isEmpty();
  }

  @Test
  void aDeletedListIsForgottenByItsTags() {
    var list = create("Short-lived");
    var tag = tagged(list, "Summer");

    shop.delete("/api/lists/" + list).expect(204);

    shop.get("/api/lists/" + list).expect(404);
    assertThat(shop.get("/api/tags/" + tag + "/relationships/lists").expect(200).ids()).isEmpty();
  }

  private List<String> found(String filter) {
    return shop.get("/api/lists?filter=" + Shop.encoded(filter)).expect(200).ids();
  }

  private String tagged(String list, String name) {
    var tag =
        shop.post(
                "/api/tags",
                "{\"data\": {\"type\": \"tag\", \"attributes\": {\"name\": \"" + name + "\"}}}")
            .expect(201)
            .id();
    shop.post(
            "/api/tags/" + tag + "/relationships/lists",
            "{\"data\": [{\"type\": \"list\", \"id\": \"" + list + "\"}]}")
        .expect(204);
    return tag;
  }

  private String create(String name) {
    return post(name).expect(201).id();
  }

  private Answer post(String name) {
    return shop.post("/api/lists", body(name));
  }

  private static String body(String name) {
    return "{\"data\": {\"type\": \"list\", \"attributes\": {\"name\": %s}}}"
        .formatted(Json.MAPPER.writeValueAsString(name));
  }

  private static String patch(String id, String attributes) {
    return "{\"data\": {\"type\": \"list\", \"id\": \"%s\", \"attributes\": {%s}}}"
        .formatted(id, attributes);
  }
}
