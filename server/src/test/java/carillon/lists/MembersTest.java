package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MembersTest {

  private final Shop shop = TestServer.shop();
  private final String list = create("Newsletter");

  @Test
  void whoIsAddedIsOnTheListWithoutConsent() {
    var ada = profile("ada@example.com");

    add(ada).expect(204);

    var members = shop.get(members() + "?additional-fields[profile]=subscriptions").expect(200);
    assertThat(members.ids()).containsExactly(ada);
    assertThat(members.text("/data/0/attributes/email")).isEqualTo("ada@example.com");
    assertThat(members.text("/data/0/attributes/joined_group_at")).endsWith("+00:00");
    assertThat(members.text("/data/0/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    assertThat(shop.get(linkages()).expect(200).ids()).containsExactly(ada);
  }

  @Test
  void whoIsOnTheListAlreadyStaysOnItSinceThen() {
    var ada = profile("ada@example.com");
    add(ada).expect(204);
    var joined = shop.get(members()).attributes("joined_group_at");

    add(ada, profile("bo@example.com")).expect(204);

    var members = shop.get(members());
    assertThat(members.ids()).hasSize(2);
    assertThat(members.attributes("joined_group_at").getFirst()).isEqualTo(joined.getFirst());
  }

  @Test
  void anUnknownProfileRefusesTheWholeCall() {
    var ada = profile("ada@example.com");
    var nobody = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    var answer = add(ada, nobody).expect(404);

    assertThat(answer.details())
        .containsExactly("A profile with id " + nobody + " does not exist.");
    assertThat(shop.get(members()).ids()).isEmpty();
    add(ada).expect(204);
    remove(ada, nobody).expect(404);
    assertThat(shop.get(members()).ids()).containsExactly(ada);
  }

  @Test
  void profilesOfAnotherAccountCannotBeAdded() {
    var other = TestServer.shop();
    var foreign = other.post("/api/profiles", profileBody("x@example.com")).expect(201).id();
    add(foreign).expect(404);
  }

  @Test
  void removingDoesNotUnsubscribeAndIsNoErrorForStrangers() {
    var ada = profile("ada@example.com");
    var bo = profile("bo@example.com");
    add(ada).expect(204);

    remove(ada, bo).expect(204);

    assertThat(shop.get(members()).ids()).isEmpty();
    var read = shop.get("/api/profiles/" + ada + "?additional-fields[profile]=subscriptions");
    assertThat(
            read.at("/data/attributes/subscriptions/email/marketing/can_receive_email_marketing")
                .booleanValue())
        .isTrue();
  }

  @Test
  void moreThanAThousandAtOnceAreRefused() {
    var ids = IntStream.range(0, 1001).mapToObj(i -> "%026d".formatted(i)).toArray(String[]::new);
    add(ids).expect(400);
  }

  @Test
  void membersOfAnUnknownListAreNotFound() {
    var sentence = "A list with id `nope` does not exist.";
    for (var path : List.of("/api/lists/nope/profiles", "/api/lists/nope/relationships/profiles")) {
      assertThat(shop.get(path).expect(404).details()).containsExactly(sentence);
    }
    var body = linkages(List.of(profile("ada@example.com")));
    assertThat(shop.post("/api/lists/nope/relationships/profiles", body).expect(404).details())
        .containsExactly(sentence);
    shop.delete("/api/lists/nope/relationships/profiles", body).expect(404);
  }

  @Test
  void theCountIsToldWhenAskedFor() {
    add(profile("ada@example.com"), profile("bo@example.com")).expect(204);

    var counted = shop.get("/api/lists/" + list + "?additional-fields[list]=profile_count");

    assertThat(counted.expect(200).at("/data/attributes/profile_count").intValue()).isEqualTo(2);
    shop.get("/api/lists?additional-fields[list]=profile_count").expect(400);
  }

  @Test
  void membersAreFoundByWhatIdentifiesThem() {
    var ada = profile("ada@example.com");
    var phone =
        shop.post(
                "/api/profiles",
                """
                {"data": {"type": "profile", "attributes": {"phone_number": "+4915112345678"}}}
                """)
            .expect(201)
            .id();
    profile("outside@example.com");
    add(ada, phone).expect(204);

    assertThat(found("equals(email,\" ADA@example.com\")")).containsExactly(ada);
    assertThat(found("any(email,[\"ada@example.com\",\"outside@example.com\"])"))
        .containsExactly(ada);
    assertThat(found("equals(phone_number,\"+49 1511 2345678\")")).containsExactly(phone);
    assertThat(found("equals(push_token,\"none\")")).isEmpty();
    assertThat(found("equals(_kx,\"none\")")).isEmpty();
    assertThat(found("greater-than(joined_group_at,2020-01-01T00:00:00Z)")).hasSize(2);
    assertThat(found("less-or-equal(joined_group_at,2020-01-01T00:00:00Z)")).isEmpty();
    shop.get(members() + "?filter=" + Shop.encoded("contains(email,\"a\")")).expect(400);
  }

  @Test
  void deepPagesStayPutWhilePeopleJoinAndLeave() {
    var everybody = subscribed(0, 250);
    var seen = new LinkedHashSet<String>();
    var page = shop.get(linkages() + "?page[size]=20").expect(200);
    var late = 0;

    while (true) {
      var ids = page.ids();
      assertThat(seen).doesNotContainAnyElementsOf(ids);
      seen.addAll(ids);
      if (page.at("/links/next").isNull()) {
        break;
      }
      if (late < 5) {
        subscribed(1000 + late, 1001 + late);
        remove(ids.getFirst()).expect(204);
        late++;
      }
      page = shop.follow(page.text("/links/next")).expect(200);
    }

    assertThat(seen).containsAll(everybody).hasSize(255);
  }

  @Test
  void pagesCanBeReadBackwardAndFromTheNewest() {
    subscribed(0, 45);

    var first = shop.get(members() + "?sort=-joined_group_at").expect(200);
    var second = shop.follow(first.text("/links/next")).expect(200);
    var third = shop.follow(second.text("/links/next")).expect(200);

    assertThat(third.ids()).hasSize(5);
    assertThat(third.at("/links/next").isNull()).isTrue();
    assertThat(shop.follow(third.text("/links/prev")).ids()).isEqualTo(second.ids());
    var ascending = shop.get(members() + "?page[size]=100").ids();
    assertThat(Stream.of(first, second, third).flatMap(page -> page.ids().stream()).toList())
        .isEqualTo(ascending.reversed());
    shop.get(members() + "?page[size]=101").expect(400);
  }

  @Test
  void theListsOfAProfileAreTold() {
    var ada = profile("ada@example.com");
    var second = create("Second");
    create("Third");
    add(ada).expect(204);
    shop.post("/api/lists/" + second + "/relationships/profiles", linkages(List.of(ada)))
        .expect(204);

    assertThat(shop.get("/api/profiles/" + ada + "/lists").expect(200).attributes("name"))
        .containsExactlyInAnyOrder("Newsletter", "Second");
    assertThat(shop.get("/api/profiles/" + ada + "/relationships/lists").expect(200).ids())
        .containsExactlyInAnyOrder(list, second);
    var included = shop.get("/api/profiles/" + ada + "?include=lists").expect(200);
    assertThat(included.at("/included")).hasSize(2);
    shop.get("/api/profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV/lists").expect(404);
  }

  @Test
  void aDeletedListIsForgottenByItsMembers() {
    var ada = profile("ada@example.com");
    add(ada).expect(204);

    shop.delete("/api/lists/" + list).expect(204);

    assertThat(shop.get("/api/profiles/" + ada + "/lists").expect(200).ids()).isEmpty();
    shop.get("/api/profiles/" + ada).expect(200);
  }

  @Test
  void manyWhoAddTheSamePeopleDoNotBlockEachOther() throws Exception {
    var people = new ArrayList<>(subscribed(0, 60));
    remove(people.toArray(String[]::new)).expect(204);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 16)
              .mapToObj(i ->
                  threads.submit(() -> {
                    var order = new ArrayList<>(people);
                    java.util.Collections.shuffle(order, new java.util.Random(i));
                    return add(order.toArray(String[]::new)).status();
                  }))
              .toList();
      for (var call : calls) {
        assertThat(call.get()).isEqualTo(204);
      }
    }

    assertThat(shop.get(members() + "?page[size]=100").ids())
        .containsExactlyInAnyOrderElementsOf(people);
  }

  /** Puts people with the numbers from and below to on the list; answers all who are on it. */
  private List<String> subscribed(int from, int to) {
    var people =
        IntStream.range(from, to)
            .mapToObj(i ->
                """
                {"type": "profile", "attributes": {"email": "p%04d@example.com",
                  "subscriptions": {"email": {"marketing": {"consent": "SUBSCRIBED"}}}}}
                """
                    .formatted(i))
            .collect(Collectors.joining(","));
    shop.post(
            "/api/profile-subscription-bulk-create-jobs",
            """
            {"data": {"type": "profile-subscription-bulk-create-job",
              "attributes": {"profiles": {"data": [%s]}},
              "relationships": {"list": {"data": {"type": "list", "id": "%s"}}}}}
            """
                .formatted(people, list))
        .expect(202);
    var all = new ArrayList<String>();
    var page = shop.get(linkages() + "?page[size]=100");
    while (true) {
      all.addAll(page.ids());
      if (page.at("/links/next").isNull()) {
        return all;
      }
      page = shop.follow(page.text("/links/next"));
    }
  }

  private List<String> found(String filter) {
    return shop.get(members() + "?filter=" + Shop.encoded(filter)).expect(200).ids();
  }

  private String members() {
    return "/api/lists/" + list + "/profiles";
  }

  private String linkages() {
    return "/api/lists/" + list + "/relationships/profiles";
  }

  private Answer add(String... profiles) {
    return shop.post(linkages(), linkages(List.of(profiles)));
  }

  private Answer remove(String... profiles) {
    return shop.delete(linkages(), linkages(List.of(profiles)));
  }

  private static String linkages(List<String> profiles) {
    return profiles.stream()
        .map(id -> "{\"type\": \"profile\", \"id\": \"" + id + "\"}")
        .collect(Collectors.joining(",", "{\"data\": [", "]}"));
  }

  private String profile(String email) {
    return shop.post("/api/profiles", profileBody(email)).expect(201).id();
  }

  private static String profileBody(String email) {
    return "{\"data\": {\"type\": \"profile\", \"attributes\": {\"email\": \"" + email + "\"}}}";
  }

  private String create(String name) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list",
              "attributes": {"name": "%s", "opt_in_process": "single_opt_in"}}}
            """
                .formatted(name))
        .expect(201)
        .id();
  }
}
