package carillon.segments;

import static carillon.segments.Clerk.ALL_TIME;
import static carillon.segments.Clerk.did;
import static carillon.segments.Clerk.equal;
import static carillon.segments.Clerk.has;
import static carillon.segments.Clerk.in;
import static carillon.segments.Clerk.property;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What happens to people is reflected in segments by itself. */
class FreshnessTest {

  private static final String GOLD = has("plan", "gold");

  private final Shop shop = TestServer.shop();
  private final Clerk clerk = new Clerk(shop);

  @Test
  void anEventMakesAMemberAndAnotherEndsIt() {
    var ordered = clerk.metric("Placed Order");
    var buyers = clerk.segment(did(ordered, "greater-than-or-equal", 1, ALL_TIME));
    var once = clerk.segment(did(ordered, "equals", 1, ALL_TIME));
    var ada = clerk.profile("ada@example.com");
    clerk.event("Viewed Product", "ada@example.com");
    var strangers = clerk.ids(buyers);

    clerk.event("Placed Order", "ada@example.com");

    clerk.await(buyers, with(strangers, ada));
    clerk.await(once, with(strangers, ada));
    var since = clerk.joined(buyers, ada);
    clerk.event("Placed Order", "ada@example.com", Instant.parse("2026-01-01T00:00:00Z"));
    clerk.await(once, strangers.toArray(String[]::new));
    assertThat(clerk.joined(buyers, ada)).isEqualTo(since);
  }

  @Test
  void whoNeverDidIsAMemberFromTheBeginningUntilTheyDo() {
    var ordered = clerk.metric("Placed Order");
    var never = clerk.segment(did(ordered, "equals", 0, ALL_TIME));

    var ada = clerk.profile("ada@example.com");
    clerk.await(never, ada);

    clerk.event("Placed Order", "ada@example.com");
    clerk.await(never);
  }

  @Test
  void whoIsForgottenIsInNoSegment() {
    var ordered = clerk.metric("Placed Order");
    var never = clerk.segment(did(ordered, "equals", 0, ALL_TIME));
    var ada = clerk.profile("ada@example.com");
    var bo = clerk.profile("bo@example.com");
    clerk.await(never, ada, bo);

    shop.post(
            "/api/data-privacy-deletion-jobs",
            """
            {"data": {"type": "data-privacy-deletion-job", "attributes": {"profile":
              {"data": {"type": "profile", "attributes": {"email": "ada@example.com"}}}}}}
            """)
        .expect(202);

    clerk.await(never, bo);
  }

  @Test
  void propertiesMakeAndEndMembers() {
    var gold = clerk.segment(GOLD);
    var named = clerk.segment(property("first_name", equal("Ada")));
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    clerk.await(gold, ada);

    clerk.update(ada, "{\"first_name\": \"Ada\"}");
    clerk.await(named, ada);
    clerk.set(ada, "plan", "tin");
    clerk.await(gold);
    assertThat(clerk.ids(named)).containsExactly(ada);
  }

  @Test
  void whoLeavesAndComesAgainJoinsAnew() {
    var gold = clerk.segment(GOLD);
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    clerk.await(gold, ada);
    var first = clerk.joined(gold, ada);

    clerk.set(ada, "plan", "tin");
    clerk.await(gold);
    clerk.set(ada, "plan", "gold");
    clerk.await(gold, ada);

    assertThat(clerk.joined(gold, ada)).isNotEqualTo(first);
  }

  @Test
  void listsMakeAndEndMembers() {
    var list = clerk.list("Newsletter");
    var on = clerk.segment(in(true, list));
    var off = clerk.segment(in(false, list));
    var ada = clerk.profile("ada@example.com");
    clerk.await(off, ada);

    clerk.add(list, ada);
    clerk.await(on, ada);
    clerk.await(off);

    clerk.remove(list, ada);
    clerk.await(on);
    clerk.await(off, ada);
  }

  @Test
  void aDeletedListHasNoMembers() {
    var list = clerk.list("Newsletter");
    var on = clerk.segment(in(true, list));
    var off = clerk.segment(in(false, list));
    var ada = clerk.profile("ada@example.com");
    clerk.add(list, ada);
    clerk.await(on, ada);

    shop.delete("/api/lists/" + list).expect(204);

    clerk.await(on);
    clerk.await(off, ada);
  }

  @Test
  void consentMakesAndEndsMembers() {
    var subscribed =
        clerk.segment(
            """
            {"type": "profile-marketing-consent", "consent": {"channel": "email",
             "can_receive_marketing": true, "consent_status": {"subscription": "subscribed"}}}
            """);
    var suppressed =
        clerk.segment(
            """
            {"type": "profile-marketing-consent", "consent": {"channel": "email",
             "can_receive_marketing": false, "consent_status": {"subscription": "any"}}}
            """);
    var list = clerk.list("Newsletter");
    clerk
        .shop()
        .patch(
            "/api/lists/" + list,
            """
            {"data": {"type": "list", "id": "%s", "attributes": {"opt_in_process": "single_opt_in"}}}
            """
                .formatted(list))
        .expect(200);

    subscribe(list, "ada@example.com");

    var ada =
        shop.eventually(
                () -> shop.get("/api/profiles?filter=equals(email,%22ada@example.com%22)"),
                answer -> !answer.ids().isEmpty())
            .ids()
            .getFirst();
    clerk.await(subscribed, ada);
    assertThat(clerk.ids(suppressed)).isEmpty();
  }

  private void subscribe(String list, String email) {
    shop.post(
            "/api/profile-subscription-bulk-create-jobs",
            """
            {"data": {"type": "profile-subscription-bulk-create-job",
              "attributes": {"profiles": {"data": [{"type": "profile", "attributes":
                {"email": "%s",
                 "subscriptions": {"email": {"marketing": {"consent": "SUBSCRIBED"}}}}}]}},
              "relationships": {"list": {"data": {"type": "list", "id": "%s"}}}}}
            """
                .formatted(email, list))
        .expect(202);
  }

  @Test
  void segmentsFollowThoseTheyDependOn() {
    var gold = clerk.segment(GOLD);
    var notGold = clerk.segment(in(false, gold));
    var notNotGold = clerk.segment(in(false, notGold));
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    clerk.await(gold, ada);
    clerk.await(notNotGold, ada);
    assertThat(clerk.ids(notGold)).isEmpty();

    clerk.set(ada, "plan", "tin");

    clerk.await(notGold, ada);
    clerk.await(notNotGold);
    clerk.redefine(gold, has("plan", "tin")).expect(200);
    clerk.await(gold, ada);
    clerk.await(notGold);
    clerk.await(notNotGold, ada);
    shop.delete("/api/segments/" + notGold).expect(204);
    clerk.await(notNotGold, ada);
    shop.delete("/api/segments/" + gold).expect(204);
    assertThat(clerk.ids(notNotGold)).containsExactly(ada);
  }

  @Test
  void aMergedProfileIsInTheSegmentsOfBoth() {
    var ordered = clerk.metric("Placed Order");
    var twice = clerk.segment(did(ordered, "greater-than-or-equal", 2, ALL_TIME));
    var gold = clerk.segment(GOLD);
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var other = clerk.profile("lovelace@example.com");
    clerk.event("Placed Order", "ada@example.com");
    clerk.event("Placed Order", "lovelace@example.com", Instant.parse("2026-01-01T00:00:00Z"));
    clerk.await(gold, ada);
    assertThat(clerk.ids(twice)).isEmpty();

    shop.post(
            "/api/profile-merge",
            """
            {"data": {"type": "profile-merge", "id": "%s", "relationships":
              {"profiles": {"data": [{"type": "profile", "id": "%s"}]}}}}
            """
                .formatted(other, ada))
        .expect(201);

    clerk.await(twice, other);
    clerk.await(gold, other);
  }

  @Test
  void whoIsInAnyOfAGroupsConditionsAndAllGroupsIsAMember() {
    var both =
        clerk.ready(
            clerk
                .create(
                    "Both",
                    Clerk.definition(
                        java.util.List.of(
                            java.util.List.of(GOLD, has("plan", "silver")),
                            java.util.List.of(has("town", "Rome")))))
                .expect(201)
                .id());
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"silver\", \"town\": \"Rome\"}");
    var bo = clerk.profile("bo@example.com", "{\"plan\": \"gold\", \"town\": \"Oslo\"}");
    clerk.await(both, ada);
    clerk.set(bo, "town", "Rome");
    clerk.await(both, ada, bo);
  }

  @Test
  void aNewDefinitionKeepsWhoStaysAndShowsTheOldMembersUntilItIsComputed() {
    var gold = clerk.segment(GOLD);
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\", \"town\": \"Rome\"}");
    var bo = clerk.profile("bo@example.com", "{\"plan\": \"gold\", \"town\": \"Oslo\"}");
    var cy = clerk.profile("cy@example.com", "{\"plan\": \"tin\", \"town\": \"Rome\"}");
    clerk.await(gold, ada, bo);
    var since = clerk.joined(gold, ada);

    var changed = clerk.redefine(gold, has("town", "Rome")).expect(200);

    assertThat(changed.at("/data/attributes/is_processing").booleanValue()).isTrue();
    clerk.ready(gold);
    clerk.await(gold, ada, cy);
    assertThat(clerk.joined(gold, ada)).isEqualTo(since);
    assertThat(clerk.joined(gold, cy)).isNotEqualTo(since);
  }

  private static String[] with(java.util.Set<String> some, String one) {
    var all = new java.util.TreeSet<>(some);
    all.add(one);
    return all.toArray(String[]::new);
  }
}
