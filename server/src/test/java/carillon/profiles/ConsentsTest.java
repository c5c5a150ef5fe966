package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.profiles.Consents.How;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Consents.Word;
import carillon.testing.Answer;
import carillon.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentsTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final Household house = new Household();
  private final Consents consents = house.consents;
  private Shop shop;
  private String ada;

  @BeforeEach
  void openShop() {
    shop = house.shop();
    ada = person("ada@example.com");
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void aSubscriptionIsToldWithHowItWasGiven() {
    var how =
        new How(
            Optional.of("API_V3_SUBSCRIBE"),
            Optional.of("a1b2"),
            Optional.of("Till"),
            Optional.of(false));
    subscribe(new Word(ada, Topic.EMAIL_MARKETING, AT, how, Optional.empty()));

    var email = email(ada);
    assertThat(email.get("consent").stringValue()).isEqualTo("SUBSCRIBED");
    assertThat(email.get("consent_timestamp").stringValue()).isEqualTo("2026-03-01T10:00:00+00:00");
    assertThat(email.get("method").stringValue()).isEqualTo("API_V3_SUBSCRIBE");
    assertThat(email.get("method_detail").stringValue()).isEqualTo("a1b2");
    assertThat(email.get("custom_method_detail").stringValue()).isEqualTo("Till");
    assertThat(email.get("double_optin").booleanValue()).isFalse();
    assertThat(history()).containsExactly("SUBSCRIBED");
    assertThat(house.news(shop.account()))
        .contains(
            "ConsentChanged"
                + " {\"kind\":\"marketing\",\"status\":\"SUBSCRIBED\",\"channel\":\"email\"}");
  }

  @Test
  void whoUnsubscribesIsSuppressedUntilTheySubscribeAgain() {
    subscribe(word(ada, Topic.EMAIL_MARKETING));
    assertThat(unsubscribe(word(ada, Topic.EMAIL_MARKETING))).hasSize(1);
    assertThat(unsubscribe(word(ada, Topic.EMAIL_MARKETING))).isEmpty();

    assertThat(canReceive(ada)).isFalse();
    assertThat(reasons(ada)).containsExactly("UNSUBSCRIBE");
    assertThat(refusal(ada)).contains(Refusal.UNSUBSCRIBED);

    subscribe(word(ada, Topic.EMAIL_MARKETING));
    assertThat(canReceive(ada)).isTrue();
    assertThat(reasons(ada)).isEmpty();
    assertThat(refusal(ada)).isEmpty();
    assertThat(history())
        .containsExactly("SUBSCRIBED", "UNSUBSCRIBED", "UNSUBSCRIBED", "SUBSCRIBED");
  }

  @Test
  void subscribingDoesNotRepairAnAddress() {
    for (var reason : Reason.values()) {
      suppress(ada, reason);
    }
    subscribe(word(ada, Topic.EMAIL_MARKETING));
    assertThat(reasons(ada)).containsExactlyInAnyOrder("HARD_BOUNCE", "INVALID_EMAIL");
    assertThat(canReceive(ada)).isFalse();
  }

  @Test
  void unsuppressingEndsOnlyWhatAUserBegan() {
    suppress(ada, Reason.USER_SUPPRESSED);
    suppress(ada, Reason.UNSUBSCRIBE);

    var freed =
        house.db.transaction(tx -> consents.unsuppress(tx, shop.account(), List.of(ada, "nobody")));

    assertThat(freed).containsExactly(ada);
    assertThat(reasons(ada)).containsExactly("UNSUBSCRIBE");
  }

  @Test
  void aSecondSuppressionForTheSameReasonIsNone() {
    assertThat(suppress(ada, Reason.HARD_BOUNCE)).containsExactly(ada);
    assertThat(suppress(ada, Reason.HARD_BOUNCE)).isEmpty();
    assertThat(reasons(ada)).containsExactly("HARD_BOUNCE");
  }

  @Test
  void aSuppressionOnAListLeavesTheChannelAlone() {
    suppressOn(ada, "AbCdEf", Reason.UNSUBSCRIBE);

    assertThat(canReceive(ada)).isTrue();
    assertThat(email(ada).at("/list_suppressions/0/list_id").stringValue()).isEqualTo("AbCdEf");
    subscribe(new Word(ada, Topic.EMAIL_MARKETING, AT, How.by("FORM"), Optional.of("AbCdEf")));
    assertThat(email(ada).get("list_suppressions")).isEmpty();
  }

  @Test
  void whoNeverSpokeMayGetMailButNoTexts() {
    var phone = Household.create(shop, "{'phone_number': '+12015550123'}");

    assertThat(refusal(ada)).isEmpty();
    assertThat(refusals(phone, Topic.EMAIL_MARKETING)).contains(Refusal.NO_ADDRESS);
    assertThat(refusals(phone, Topic.SMS_MARKETING)).contains(Refusal.NO_CONSENT);
    assertThat(refusals(ada, Topic.SMS_MARKETING)).contains(Refusal.NO_ADDRESS);
    assertThat(refusals("nobody", Topic.EMAIL_MARKETING)).contains(Refusal.UNKNOWN);
    subscribe(word(phone, Topic.SMS_MARKETING));
    assertThat(refusals(phone, Topic.SMS_MARKETING)).isEmpty();
    assertThat(refusals(phone, Topic.SMS_TRANSACTIONAL)).contains(Refusal.NO_CONSENT);
    assertThat(
            told(phone)
                .at("/data/attributes/subscriptions/sms/marketing/can_receive_sms_marketing")
                .booleanValue())
        .isTrue();
  }

  @Test
  void pushNeedsADeviceAndAYes() {
    assertThat(refusals(ada, Topic.PUSH_MARKETING)).contains(Refusal.NO_ADDRESS);
    house
        .db
        .sql(
            """
            insert into push_token (account_id, profile_id, id, token, platform, vendor,
              enablement_status, background, device, created_at, updated_at)
            values (:account, :profile, 'T1', 'T1', 'ios', 'apns', 'AUTHORIZED', 'AVAILABLE',
              '{"device_model": "X"}', :at, :at)
            """)
        .bind("account", shop.account())
        .bind("profile", ada)
        .bind("at", AT)
        .run();
    assertThat(refusals(ada, Topic.PUSH_MARKETING)).contains(Refusal.NO_CONSENT);
    subscribe(word(ada, Topic.PUSH_MARKETING));

    var told =
        shop.get("/api/profiles?include=push-tokens&additional-fields[profile]=subscriptions")
            .expect(200);

    assertThat(refusals(ada, Topic.PUSH_MARKETING)).isEmpty();
    assertThat(
            told.at(
                    "/data/0/attributes/subscriptions/mobile_push/marketing/can_receive_push_marketing")
                .booleanValue())
        .isTrue();
    assertThat(told.text("/included/0/id")).isEqualTo("T1");
    assertThat(told.text("/included/0/attributes/metadata/device_model")).isEqualTo("X");
    assertThat(told.text("/included/0/attributes/created")).isEqualTo("2026-03-01T10:00:00+00:00");
    assertThat(told.text("/data/0/relationships/push-tokens/data/0/id")).isEqualTo("T1");
  }

  @Test
  void aReceiptGoesToWhoWantsNoMarketingButNotToADeadAddress() {
    unsubscribe(word(ada, Topic.EMAIL_MARKETING));
    suppress(ada, Reason.USER_SUPPRESSED);
    assertThat(transactional(ada)).isEmpty();
    suppress(ada, Reason.HARD_BOUNCE);
    assertThat(transactional(ada)).contains(Refusal.HARD_BOUNCE);
  }

  @Test
  void theConditionForEstimatesAgreesWithTheJudgement() {
    var people =
        List.of(
            ada,
            person("b@example.com"),
            person("c@example.com"),
            Household.create(shop, "{'external_id': 'x'}"));
    suppress(people.get(1), Reason.SPAM_COMPLAINT);
    unsubscribe(word(people.get(2), Topic.EMAIL_MARKETING));
    suppressOn(ada, "AbCdEf", Reason.UNSUBSCRIBE);

    var mailable =
        house
            .db
            .sql(
                "select p.profile_id from profile p where p.account_id = :account and "
                    + Consents.mailable("p"))
            .bind("account", shop.account())
            .list(row -> row.text("profile_id"));

    var refused =
        consents
            .judge(house.db, shop.account(), people, Purpose.marketing(Topic.EMAIL_MARKETING))
            .refusals();
    assertThat(mailable).containsExactly(ada);
    assertThat(refused.keySet()).containsExactlyInAnyOrderElementsOf(people.subList(1, 4));
  }

  @Test
  void peopleAreFoundBySuppressionOfTheChannel() {
    var b = person("b@example.com");
    person("c@example.com");
    suppress(ada, Reason.HARD_BOUNCE);
    suppress(b, Reason.USER_SUPPRESSED);
    suppressOn(b, "AbCdEf", Reason.UNSUBSCRIBE);
    var kind = "subscriptions.email.marketing.suppression.";

    assertThat(found("equals(" + kind + "reason,'HARD_BOUNCE')")).containsExactly(ada);
    assertThat(found("greater-than(" + kind + "timestamp,2020-01-01T00:00:00Z)"))
        .containsExactly(ada, b);
    assertThat(found("less-or-equal(" + kind + "timestamp,2020-01-01T00:00:00Z)")).isEmpty();
    assertThat(found("equals(" + kind + "reason,'UNSUBSCRIBE')")).isEmpty();
  }

  @Test
  void peopleAreFoundBySuppressionOnAList() {
    var b = person("b@example.com");
    suppress(b, Reason.HARD_BOUNCE);
    suppressOn(ada, "AbCdEf", Reason.UNSUBSCRIBE);
    var kind = "subscriptions.email.marketing.list_suppressions.";
    var onList = "equals(" + kind + "list_id,'AbCdEf')";

    assertThat(found(onList)).containsExactly(ada);
    assertThat(found(onList + ",equals(" + kind + "reason,'HARD_BOUNCE')")).isEmpty();
    assertThat(found(onList + ",less-than(" + kind + "timestamp,2020-01-01T00:00:00Z)")).isEmpty();
    filtered("equals(" + kind + "reason,'UNSUBSCRIBE')").expect(400);
    filtered(onList + ",equals(subscriptions.email.marketing.suppression.reason,'HARD_BOUNCE')")
        .expect(400);
    filtered(
            onList
                + ",less-than("
                + kind
                + "timestamp,2020-01-01T00:00:00Z),less-or-equal("
                + kind
                + "timestamp,2020-01-01T00:00:00Z)")
        .expect(400);
    shop.get("/api/profiles?sort=" + kind + "timestamp").expect(400);
    assertThat(
            shop.get("/api/profiles?sort=-" + kind + "timestamp&filter=" + Shop.encoded(onList))
                .expect(200)
                .ids())
        .containsExactly(ada);
  }

  @Test
  void theSuppressedComeFirstInTheOrderOfTheirSuppression() {
    var b = person("b@example.com");
    var c = person("c@example.com");
    suppress(b, Reason.HARD_BOUNCE);
    house.clock.tick(Duration.ofMinutes(1));
    suppress(ada, Reason.HARD_BOUNCE);
    var sort = "subscriptions.email.marketing.suppression.timestamp";

    assertThat(shop.get("/api/profiles?sort=" + sort).ids()).containsExactly(b, ada, c);
    assertThat(shop.get("/api/profiles?sort=-" + sort).ids()).containsExactly(ada, b, c);
  }

  private List<Word> subscribe(Word word) {
    return house.db.transaction(tx -> consents.subscribe(tx, shop.account(), List.of(word)));
  }

  private List<Word> unsubscribe(Word word) {
    return house.db.transaction(tx -> consents.unsubscribe(tx, shop.account(), List.of(word)));
  }

  private Set<String> suppress(String id, Reason reason) {
    return house.db.transaction(
        tx -> consents.suppress(tx, shop.account(), List.of(id, "nobody"), reason));
  }

  private void suppressOn(String id, String list, Reason reason) {
    house.db.transact(tx -> consents.suppress(tx, shop.account(), List.of(id), reason, list));
  }

  private static Word word(String id, Topic topic) {
    return new Word(id, topic, AT, How.by("API"), Optional.empty());
  }

  private Optional<Refusal> refusal(String id) {
    return refusals(id, Topic.EMAIL_MARKETING);
  }

  private Optional<Refusal> refusals(String id, Topic topic) {
    return Optional.ofNullable(
        consents
            .judge(house.db, shop.account(), List.of(id), Purpose.marketing(topic))
            .refusals()
            .get(id));
  }

  private Optional<Refusal> transactional(String id) {
    return Optional.ofNullable(
        consents
            .judge(
                house.db, shop.account(), List.of(id), Purpose.transactional(Topic.EMAIL_MARKETING))
            .refusals()
            .get(id));
  }

  private List<String> history() {
    return house
        .db
        .sql("select status from consent_history where account_id = :account order by id")
        .bind("account", shop.account())
        .list(row -> row.text("status"));
  }

  private String person(String email) {
    return Household.create(shop, "{'email': '" + email + "'}");
  }

  private Answer told(String id) {
    return shop.get("/api/profiles/" + id + "?additional-fields[profile]=subscriptions")
        .expect(200);
  }

  private JsonNode email(String id) {
    return told(id).at("/data/attributes/subscriptions/email/marketing");
  }

  private boolean canReceive(String id) {
    return email(id).get("can_receive_email_marketing").booleanValue();
  }

  private List<String> reasons(String id) {
    return email(id)
        .get("suppression")
        .valueStream()
        .map(one -> one.get("reason").stringValue())
        .toList();
  }

  private Answer filtered(String filter) {
    return shop.get("/api/profiles?filter=" + Shop.encoded(filter));
  }

  private List<String> found(String filter) {
    return filtered(filter).expect(200).ids();
  }
}
