package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.work.Lanes;
import carillon.platform.work.Outbox;
import carillon.profiles.Consents.How;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Consents.Word;
import carillon.testing.Answer;
import carillon.testing.Shop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MergesTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final Household house = new Household();
  private Shop shop;

  @BeforeEach
  void openShop() {
    shop = house.shop();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void theDestinationKeepsWhatItHasAndTakesWhatItLacks() {
    var kept =
        create(
            "{'email': 'ada@example.com', 'first_name': 'Ada', 'location': {'city': 'London'},"
                + " 'properties': {'a': 1}}");
    var gone =
        create(
            "{'email': 'old@example.com', 'phone_number': '+12015550123', 'first_name': 'A',"
                + " 'last_name': 'L', 'location': {'city': 'X', 'zip': '1'}, 'properties': {'a':"
                + " 2, 'b': 3}}");

    var answer = merge(kept, gone).expect(201);

    assertThat(answer.id()).isEqualTo(kept);
    shop.get("/api/profiles/" + gone).expect(404);
    var ada = shop.get("/api/profiles/" + kept).expect(200);
    assertThat(ada.text("/data/attributes/email")).isEqualTo("ada@example.com");
    assertThat(ada.text("/data/attributes/phone_number")).isEqualTo("+12015550123");
    assertThat(ada.text("/data/attributes/first_name")).isEqualTo("Ada");
    assertThat(ada.text("/data/attributes/last_name")).isEqualTo("L");
    assertThat(ada.text("/data/attributes/location/city")).isEqualTo("London");
    assertThat(ada.text("/data/attributes/location/zip")).isEqualTo("1");
    assertThat(ada.at("/data/attributes/properties/a").intValue()).isEqualTo(1);
    assertThat(ada.at("/data/attributes/properties/b").intValue()).isEqualTo(3);
    assertThat(house.news(shop.account()))
        .contains("ProfileMerged {\"into\":\"" + kept + "\"}", "ProfileChanged {}");
  }

  @Test
  void whatIdentifiedTheSourceFindsTheDestinationThroughAnyNumberOfMerges() {
    var a = create("{'email': 'a@example.com'}");
    var b = create("{'email': 'b@example.com'}");
    var c = create("{'email': 'c@example.com'}");
    merge(b, a).expect(201);
    merge(c, b).expect(201);

    for (var members :
        List.of(
            "{'id': '" + a + "', 'attributes': {}}",
            "{'id': '" + b + "', 'attributes': {}}",
            "{'attributes': {'email': 'a@example.com'}}",
            "{'attributes': {'_kx': '" + kx(a) + "'}}")) {
      assertThat(
              shop.post(
                      "/api/profile-import",
                      quoted("{'data': {'type': 'profile', " + members.substring(1) + "}"))
                  .expect(200)
                  .id())
          .isEqualTo(c);
    }
    assertThat(
            shop.get("/api/profiles?filter=" + Shop.encoded("equals(_kx,'" + kx(a) + "')")).ids())
        .containsExactly(c);
    assertThat(shop.get("/api/profiles").ids()).containsExactly(c);
  }

  @Test
  void aProfileIsNotMergedIntoItselfNorWithNobodyNorWithSeveral() {
    var a = create("{'email': 'a@example.com'}");
    var b = create("{'email': 'b@example.com'}");
    merge(a, a).expect(400);
    assertThat(merge(a, "nobody").expect(404).details())
        .containsExactly("A profile with id nobody does not exist.");
    merge("nobody", a).expect(404);
    merge(a, b, "another").expect(400);
    merge(a).expect(400);
    merge(a, create(house.shop(), "{'email': 'a@example.com'}")).expect(404);
    assertThat(shop.get("/api/profiles").ids()).containsExactly(a, b);
  }

  @Test
  void eventsMoveAndDuplicatesAreDroppedWithWhatIsSaidAboutThem() {
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com'}");
    event(kept, 1, "order-1");
    event(gone, 2, "order-1");
    event(gone, 3, "order-2");
    attribution(gone, 2);
    attribution(gone, 3);

    merge(kept, gone).expect(201);

    assertThat(
            rows(
                "select seq::text as one from event where profile_id = :id and metric_id = 'Metric'"
                    + " order by seq",
                kept))
        .containsExactly("1", "3");
    assertThat(rows("select event_seq::text as one from attribution where profile_id = :id", kept))
        .containsExactly("3");
    assertNothingIsLeftOf(gone);
  }

  @Test
  void messagesMoveToTheLaneOfTheDestinationAndMembershipsFollow() {
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com'}");
    message(kept, "m1", "sent");
    message(gone, "m1", "queued");
    message(gone, "m2", "sent");
    member(kept, "ListAA", AT);
    member(gone, "ListAA", AT.plusSeconds(9));
    member(gone, "ListBB", AT.plusSeconds(9));

    merge(kept, gone).expect(201);

    assertThat(
            rows(
                "select lane || ' ' || source_id || ' ' || state as one from message where"
                    + " profile_id = :id order by source_id",
                kept))
        .containsExactly(Lanes.of(kept) + " m1 sent", Lanes.of(kept) + " m2 sent");
    assertThat(
            rows(
                "select list_id || ' ' || (joined_at = '2026-03-01T10:00:00Z') as one from"
                    + " list_member where profile_id = :id order by list_id",
                kept))
        .containsExactly("ListAA true", "ListBB false");
    assertNothingIsLeftOf(gone);
  }

  @Test
  void consentMovesWhereTheDestinationHasNone() {
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com', 'phone_number': '+12015550123'}");
    unsubscribe(kept);
    house.db.transact(tx ->
        house.consents.subscribe(
            tx,
            shop.account(),
            List.of(word(gone, Topic.EMAIL_MARKETING), word(gone, Topic.SMS_MARKETING))));

    merge(kept, gone).expect(201);

    var ada = told(kept);
    assertThat(ada.text("/data/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("UNSUBSCRIBED");
    assertThat(
            ada.at("/data/attributes/subscriptions/sms/marketing/can_receive_sms_marketing")
                .booleanValue())
        .isTrue();
    assertNothingIsLeftOf(gone);
  }

  @Test
  void suppressionsMoveUnlessTheyWereOfAnAddressOrWordOverruled() {
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com'}");
    house.db.transact(tx ->
        house.consents.subscribe(tx, shop.account(), List.of(word(kept, Topic.EMAIL_MARKETING))));
    unsubscribe(gone);
    for (var reason : List.of(Reason.HARD_BOUNCE, Reason.SPAM_COMPLAINT)) {
      house.db.transact(tx -> house.consents.suppress(tx, shop.account(), List.of(gone), reason));
    }

    merge(kept, gone).expect(201);

    assertThat(
            told(kept)
                .at("/data/attributes/subscriptions/email/marketing/suppression")
                .valueStream())
        .extracting(one -> one.get("reason").stringValue())
        .containsExactly("SPAM_COMPLAINT");
  }

  @Test
  void aDeadAddressIsStillDeadWhenTheDestinationTakesIt() {
    var kept = create("{'external_id': 'a'}");
    var gone = create("{'email': 'b@example.com'}");
    house.db.transact(
        tx -> house.consents.suppress(tx, shop.account(), List.of(gone), Reason.HARD_BOUNCE));
    merge(kept, gone).expect(201);
    assertThat(
            told(kept)
                .at("/data/attributes/subscriptions/email/marketing/suppression/0/reason")
                .stringValue())
        .isEqualTo("HARD_BOUNCE");
  }

  @Test
  void aMergeIsAnEventOfTheProfileThatIsLeft() {
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com'}");
    merge(kept, gone).expect(201);

    var events =
        shop.get(
                "/api/events?include=metric&filter="
                    + Shop.encoded("equals(profile_id,'" + kept + "')"))
            .expect(200);

    assertThat(events.at("/data")).hasSize(1);
    assertThat(events.text("/included/0/attributes/name")).isEqualTo("Merged Profile");
    var properties = events.at("/data/0/attributes/event_properties");
    assertThat(properties.get("MergeType").stringValue()).isEqualTo("Merged via API");
    assertThat(properties.at("/$extra/KlaviyoID").stringValue()).isEqualTo(gone);
    assertThat(properties.get("$event_id").stringValue())
        .isEqualTo("merge_tombstone:" + gone + ":" + kept);
    assertThat(told(kept).at("/data/attributes/last_event_date").isNull()).isFalse();
  }

  @Test
  void listenersHearOfAMergeInItsTransaction() {
    var heard = new ArrayList<String>();
    var kept = create("{'email': 'a@example.com'}");
    var gone = create("{'email': 'b@example.com'}");
    var merges =
        new Merges(
            house.db,
            house.clock,
            new Outbox(house.clock),
            List.of((tx, _, source, destination, _) -> {
              assertThat(ProfileRows.existing(tx, shop.account(), List.of(source))).isEmpty();
              heard.add(source + " into " + destination);
            }));

    merges.merge(shop.account(), kept, List.of(gone));

    assertThat(heard).containsExactly(gone + " into " + kept);
  }

  @Test
  void mergesThatMeetLeaveOneProfile() {
    var all =
        IntStream.range(0, 8).mapToObj(n -> create("{'email': 'p" + n + "@example.com'}")).toList();

    var answers =
        IntStream.range(0, 56)
            .parallel()
            .mapToObj(n -> merge(all.get(n / 7), all.get((n / 7 + 1 + n % 7) % 8)).status())
            .toList();

    assertThat(answers).containsOnly(201, 404);
    assertThat(answers.stream().filter(status -> status == 201)).hasSize(7);
    var left = shop.get("/api/profiles").ids();
    assertThat(left).hasSize(1);
    for (int n = 0; n < 8; n++) {
      assertThat(
              shop.get(
                      "/api/profiles?filter="
                          + Shop.encoded("equals(email,'p" + n + "@example.com')"))
                  .ids())
          .isEqualTo(left);
    }
  }

  private void assertNothingIsLeftOf(String id) {
    for (var table :
        List.of(
            "profile",
            "event",
            "attribution",
            "message",
            "list_member",
            "consent",
            "consent_history",
            "suppression",
            "profile_identifier")) {
      assertThat(rows("select profile_id as one from " + table + " where profile_id = :id", id))
          .as(table)
          .isEmpty();
    }
  }

  private List<String> rows(String sql, String id) {
    return house.db.sql(sql).bind("id", id).list(row -> row.text("one"));
  }

  private void event(String profile, long seq, String unique) {
    house
        .db
        .sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, properties)
            values (:account, :profile, :at, :seq, 'Metric', :unique, '{}')
            """)
        .bind("account", shop.account())
        .bind("profile", profile)
        .bind("at", AT)
        .bind("seq", seq)
        .bind("unique", unique)
        .run();
  }

  private void attribution(String profile, long seq) {
    house
        .db
        .sql(
            """
            insert into attribution (account_id, profile_id, event_at, event_seq, metric_id,
              touch_at, touch_seq, campaign_id, message_id)
            values (:account, :profile, :at, :seq, 'Metric', :at, 1, 'c', 'm')
            """)
        .bind("account", shop.account())
        .bind("profile", profile)
        .bind("at", AT)
        .bind("seq", seq)
        .run();
  }

  private void message(String profile, String source, String state) {
    house
        .db
        .sql(
            """
            insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
              recipient, state, due_at, created_at)
            values (:lane, :profile, :source, :account, 'c', 'email', 'x', :state, :at, :at)
            """)
        .bind("lane", Lanes.of(profile))
        .bind("profile", profile)
        .bind("source", source)
        .bind("account", shop.account())
        .bind("state", state)
        .bind("at", AT)
        .run();
  }

  private void member(String profile, String list, Instant joined) {
    house
        .db
        .sql(
            """
            insert into list_member (account_id, list_id, profile_id, joined_at)
            values (:account, :list, :profile, :joined)
            """)
        .bind("account", shop.account())
        .bind("list", list)
        .bind("profile", profile)
        .bind("joined", joined)
        .run();
  }

  private void unsubscribe(String id) {
    house.db.transact(tx ->
        house.consents.unsubscribe(tx, shop.account(), List.of(word(id, Topic.EMAIL_MARKETING))));
  }

  private static Word word(String id, Topic topic) {
    return new Word(id, topic, AT, How.by("API"), Optional.empty());
  }

  private Answer told(String id) {
    return shop.get("/api/profiles/" + id + "?additional-fields[profile]=subscriptions")
        .expect(200);
  }

  private String kx(String id) {
    return new KxTokens(Household.SECRET).of(shop.account(), id);
  }

  private String create(String attributes) {
    return create(shop, attributes);
  }

  private static String create(Shop shop, String attributes) {
    return Household.create(shop, attributes);
  }

  private Answer merge(String destination, String... sources) {
    var data =
        String.join(
            ", ",
            List.of(sources).stream().map("{'type': 'profile', 'id': '%s'}"::formatted).toList());
    return shop.post(
        "/api/profile-merge",
        quoted(
            "{'data': {'type': 'profile-merge', 'id': '%s', 'relationships': {'profiles': {'data': [%s]}}}}"
                .formatted(destination, data)));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
