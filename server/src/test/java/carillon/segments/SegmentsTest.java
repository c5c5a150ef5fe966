package carillon.segments;

import static carillon.segments.Clerk.ALL_TIME;
import static carillon.segments.Clerk.allOf;
import static carillon.segments.Clerk.did;
import static carillon.segments.Clerk.equal;
import static carillon.segments.Clerk.has;
import static carillon.segments.Clerk.in;
import static carillon.segments.Clerk.property;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  private static final String GOLD = has("plan", "gold");

  private final Shop shop = TestServer.shop();
  private final Clerk clerk = new Clerk(shop);

  @Test
  void aNewSegmentIsProcessingAndThenHasItsMembers() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    clerk.profile("bo@example.com", "{\"plan\": \"tin\"}");

    var made = clerk.create("Gold", allOf(GOLD)).expect(201);

    assertThat(made.text("/data/attributes/name")).isEqualTo("Gold");
    assertThat(made.at("/data/attributes/is_active").booleanValue()).isTrue();
    assertThat(made.at("/data/attributes/is_processing").booleanValue()).isTrue();
    assertThat(made.at("/data/attributes/is_starred").booleanValue()).isFalse();
    clerk.ready(made.id());
    assertThat(clerk.ids(made.id())).containsExactly(ada);
    assertThat(clerk.members(made.id()).attributes("joined_group_at").getFirst())
        .endsWith("+00:00");
    assertThat(shop.get("/api/segments/" + made.id() + "/relationships/profiles").ids())
        .containsExactly(ada);
  }

  @Test
  void theDefinitionIsEchoedWithWhatWasLeftOutAsNull() {
    var list = clerk.list("Newsletter");
    var made = clerk.create("Readers", allOf(in(true, list))).expect(201);
    var condition = made.at("/data/attributes/definition/condition_groups/0/conditions/0");
    assertThat(condition.get("timeframe_filter").isNull()).isTrue();
    assertThat(clerk.get(made.id()).at("/data/attributes/definition"))
        .isEqualTo(made.at("/data/attributes/definition"));
  }

  @Test
  void aDefinitionThatCannotBeIsRefused() {
    clerk.create("None", "{\"condition_groups\": []}").expect(400);
    clerk.create("Empty", "{\"condition_groups\": [{\"conditions\": []}]}").expect(400);
    clerk.create("Unknown list", allOf(in(true, "NOLIST"))).expect(400);
    clerk.create("Unknown metric", allOf(did("NOMETR", "equals", 0, ALL_TIME))).expect(400);
    clerk.create("", allOf(GOLD)).expect(400);
    assertThat(shop.get("/api/segments").ids()).isEmpty();
  }

  @Test
  void segmentsMayNotDependOnEachOtherInACircle() {
    var first = clerk.segment(GOLD);
    var second = clerk.segment(in(true, first));
    var third = clerk.segment(in(false, second));

    clerk.redefine(first, in(true, third)).expect(400);
    clerk.redefine(first, in(true, first)).expect(400);
    clerk.redefine(third, in(true, first)).expect(200);
  }

  @Test
  void segmentsAreFoundAndSorted() {
    var gold = clerk.create("Gold", allOf(GOLD)).expect(201).id();
    var tin = clerk.create("Tin", allOf(has("plan", "tin"))).expect(201).id();
    clerk.change(tin, "{\"is_starred\": true, \"is_active\": false}").expect(200);

    assertThat(found("equals(name,\"Gold\")")).containsExactly(gold);
    assertThat(found("any(id,[\"%s\",\"NOBODY\"])".formatted(tin))).containsExactly(tin);
    assertThat(found("equals(is_active,false)")).containsExactly(tin);
    assertThat(found("any(is_active,[true,false])")).hasSize(2);
    assertThat(found("equals(is_starred,true)")).containsExactly(tin);
    assertThat(found("greater-than(created,2020-01-01T00:00:00Z)")).hasSize(2);
    assertThat(shop.get("/api/segments?sort=-name").ids()).containsExactly(tin, gold);
    shop.get("/api/segments?filter=" + Shop.encoded("contains(name,\"G\")")).expect(400);
  }

  @Test
  void segmentsComeTenToAPage() {
    var all = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      all.add(clerk.create("S" + i, allOf(has("n", "" + i))).expect(201).id());
    }
    var first = shop.get("/api/segments?sort=created").expect(200);
    assertThat(first.ids()).isEqualTo(all.subList(0, 10));
    assertThat(shop.follow(first.text("/links/next")).ids()).isEqualTo(all.subList(10, 12));
  }

  @Test
  void renamingComputesNothing() {
    var gold = clerk.segment(GOLD);

    var renamed = clerk.change(gold, "{\"name\": \"Our best\", \"is_starred\": true}").expect(200);

    assertThat(renamed.text("/data/attributes/name")).isEqualTo("Our best");
    assertThat(renamed.at("/data/attributes/is_starred").booleanValue()).isTrue();
    assertThat(renamed.at("/data/attributes/is_processing").booleanValue()).isFalse();
    clerk.change("nobody", "{\"name\": \"x\"}").expect(404);
  }

  @Test
  void theSameDefinitionOnceMoreComputesNothing() {
    var gold = clerk.segment(GOLD);
    assertThat(
            clerk
                .redefine(gold, GOLD)
                .expect(200)
                .at("/data/attributes/is_processing")
                .booleanValue())
        .isFalse();
  }

  @Test
  void anInactiveSegmentStaysAsItIsUntilItIsActiveAgain() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var gold = clerk.segment(GOLD);
    var other = clerk.segment(GOLD);
    clerk.change(gold, "{\"is_active\": false}").expect(200);

    var bo = clerk.profile("bo@example.com", "{\"plan\": \"gold\"}");

    clerk.await(other, ada, bo);
    assertThat(clerk.ids(gold)).containsExactly(ada);
    var again = clerk.change(gold, "{\"is_active\": true}").expect(200);
    assertThat(again.at("/data/attributes/is_processing").booleanValue()).isTrue();
    clerk.ready(gold);
    clerk.await(gold, ada, bo);
  }

  @Test
  void membersAreFoundByWhatIdentifiesThem() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var bo = clerk.profile("bo@example.com", "{\"plan\": \"gold\"}");
    clerk.profile("cy@example.com");
    var gold = clerk.segment(GOLD);

    assertThat(members(gold, "equals(email,\"ADA@example.com\")")).containsExactly(ada);
    assertThat(members(gold, "any(profile_id,[\"%s\"])".formatted(bo))).containsExactly(bo);
    assertThat(members(gold, "equals(push_token,\"none\")")).isEmpty();
    assertThat(members(gold, "less-than(joined_group_at,2020-01-01T00:00:00Z)")).isEmpty();
    assertThat(members(gold, "greater-than(joined_group_at,2020-01-01T00:00:00Z)")).hasSize(2);
    var first = shop.get("/api/segments/" + gold + "/profiles?page[size]=1").expect(200);
    var second = shop.follow(first.text("/links/next")).expect(200);
    assertThat(List.of(first.ids().getFirst(), second.ids().getFirst()))
        .containsExactlyInAnyOrder(ada, bo);
    assertThat(second.at("/links/next").isNull()).isTrue();
    shop.get("/api/segments/nobody/profiles").expect(404);
  }

  @Test
  void theCountIsToldWhenAskedFor() {
    clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var gold = clerk.segment(GOLD);
    var path = "/api/segments/" + gold;
    var counted = shop.get(path + "?additional-fields[segment]=profile_count").expect(200);
    assertThat(counted.at("/data/attributes/profile_count").intValue()).isEqualTo(1);
    assertThat(shop.get(path).at("/data/attributes").has("profile_count")).isFalse();
  }

  @Test
  void theSegmentsOfAProfileAreTold() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var bo = clerk.profile("bo@example.com");
    var gold = clerk.segment(GOLD);
    var first = clerk.segment(property("email", equal("ada@example.com")));

    var path = "/api/profiles/" + ada;
    assertThat(shop.get(path + "/segments").expect(200).ids())
        .containsExactlyInAnyOrder(gold, first);
    assertThat(shop.get(path + "/relationships/segments").expect(200).ids())
        .containsExactlyInAnyOrder(gold, first);
    assertThat(shop.get(path + "?include=segments").expect(200).at("/included")).hasSize(2);
    assertThat(shop.get("/api/profiles/" + bo + "/segments").expect(200).ids()).isEmpty();
    shop.get("/api/profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV/segments").expect(404);
  }

  @Test
  void segmentsAreTagged() {
    var gold = clerk.segment(GOLD);
    var tag =
        shop.post(
                "/api/tags",
                """
                {"data": {"type": "tag", "attributes": {"name": "Loyal"}}}
                """)
            .expect(201)
            .id();
    var linkage = "{\"data\": [{\"type\": \"segment\", \"id\": \"%s\"}]}".formatted(gold);

    shop.post("/api/tags/" + tag + "/relationships/segments", linkage).expect(204);

    assertThat(shop.get("/api/tags/" + tag + "/relationships/segments").ids())
        .containsExactly(gold);
    assertThat(shop.get("/api/segments/" + gold + "/tags").attributes("name"))
        .containsExactly("Loyal");
    assertThat(shop.get("/api/segments/" + gold + "/relationships/tags").ids())
        .containsExactly(tag);
    var included = shop.get("/api/segments?include=tags,flow-triggers").expect(200);
    assertThat(included.text("/included/0/attributes/name")).isEqualTo("Loyal");
    shop.delete("/api/segments/" + gold).expect(204);
    assertThat(shop.get("/api/tags/" + tag + "/relationships/segments").ids()).isEmpty();
    shop.post("/api/tags/" + tag + "/relationships/segments", linkage).expect(404);
  }

  @Test
  void aSegmentStartsNoFlowsYet() {
    var gold = clerk.segment(GOLD);
    assertThat(shop.get("/api/segments/" + gold + "/flow-triggers").expect(200).ids()).isEmpty();
    assertThat(shop.get("/api/segments/" + gold + "/relationships/flow-triggers").ids()).isEmpty();
  }

  @Test
  void aDeletedSegmentIsGone() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var gold = clerk.segment(GOLD);

    shop.delete("/api/segments/" + gold).expect(204);

    assertThat(shop.get("/api/segments/" + gold).expect(404).details())
        .containsExactly("A segment with id `" + gold + "` does not exist.");
    shop.delete("/api/segments/" + gold).expect(404);
    assertThat(shop.get("/api/profiles/" + ada + "/segments").ids()).isEmpty();
  }

  @Test
  void aDefinitionIsTriedBeforeItIsSaved() {
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    clerk.profile("bo@example.com");

    var preview = preview(shop, allOf(GOLD)).expect(200);

    assertThat(preview.at("/data/attributes/profile_count").intValue()).isEqualTo(1);
    assertThat(preview.at("/data/attributes/is_exact").booleanValue()).isTrue();
    assertThat(preview.text("/data/relationships/profiles/data/0/id")).isEqualTo(ada);
    assertThat(shop.get("/api/segments").ids()).isEmpty();
    preview(shop, "{\"condition_groups\": []}").expect(400);
    preview(shop, allOf(in(true, "NOLIST"))).expect(400);
  }

  private static carillon.testing.Answer preview(Shop shop, String definition) {
    return shop.post(
        "/carillon/segment-previews",
        """
        {"data": {"type": "segment-preview", "attributes": {"definition": %s}}}
        """
            .formatted(definition));
  }

  private List<String> found(String filter) {
    return shop.get("/api/segments?filter=" + Shop.encoded(filter)).expect(200).ids();
  }

  private List<String> members(String segment, String filter) {
    return shop.get("/api/segments/" + segment + "/profiles?filter=" + Shop.encoded(filter))
        .expect(200)
        .ids();
  }
}
