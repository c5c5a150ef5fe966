package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnsubscribeTest {

  private static final String IN = "\"email\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}";
  private static final String OUT = "\"email\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}}";
  private static final String ADA = "\"email\": \"ada@example.com\"";
  private static final String PHONE = "\"phone_number\": \"+4915112345678\"";
  private static final String PROFILE = "/data/attributes/profiles/data/0/attributes";

  private final Shop shop = TestServer.shop();
  private final Reading people = new Reading(shop);
  private final String list = people.list("single_opt_in");

  @Test
  void whoIsOnTheListLeavesItAndNothingElse() {
    var ada = subscribed(list);

    assertThat(people.unsubscribe(list, ADA, OUT).expect(202).body()).isEmpty();

    assertThat(people.members(list)).isEmpty();
    assertThat(people.leftLists(ada)).containsExactly(list);
    assertThat(people.suppressions(ada)).isEmpty();
    var marketing = people.subscriptions(ada).at("/email/marketing");
    assertThat(marketing.get("consent").stringValue()).isEqualTo("SUBSCRIBED");
    assertThat(marketing.get("can_receive_email_marketing").booleanValue()).isTrue();
    assertThat(marketing.at("/list_suppressions/0/reason").stringValue()).isEqualTo("UNSUBSCRIBE");
    assertThat(people.metrics(ada))
        .containsExactlyInAnyOrder(
            "Subscribed to Email Marketing", "Subscribed to List", "Unsubscribed from List");
    var event = people.events(ada).getFirst().at("/attributes/event_properties");
    assertThat(event.get("list_id").stringValue()).isEqualTo(list);
    assertThat(event.get("list_name").stringValue()).isEqualTo("Newsletter");
    assertThat(event.get("email_address").stringValue()).isEqualTo("ada@example.com");
    assertThat(event.get("method").stringValue()).isEqualTo("API_V3_UNSUBSCRIBE");
    assertThat(event.get("method_detail").stringValue())
        .isEqualTo(shop.key().substring(shop.key().length() - 4));
  }

  @Test
  void whoIsNotOnTheListIsUnsubscribedAltogether() {
    var ada = subscribed(list);
    var other = people.list("single_opt_in");

    people.unsubscribe(other, ADA, OUT).expect(202);

    assertThat(people.suppressions(ada)).containsExactly("UNSUBSCRIBE");
    assertThat(people.leftLists(ada)).isEmpty();
    assertThat(people.members(list)).containsExactly(ada);
    assertThat(people.metrics(ada)).contains("Unsubscribed from Email Marketing");
  }

  @Test
  void withoutAListTheNoHoldsEverywhere() {
    var ada = subscribed(list);

    people.unsubscribe("", ADA, OUT).expect(202);
    people.unsubscribe("", ADA, OUT).expect(202);

    var marketing = people.subscriptions(ada).at("/email/marketing");
    assertThat(marketing.get("consent").stringValue()).isEqualTo("UNSUBSCRIBED");
    assertThat(marketing.get("method").stringValue()).isEqualTo("API_V3_UNSUBSCRIBE");
    assertThat(marketing.get("can_receive_email_marketing").booleanValue()).isFalse();
    assertThat(people.metrics(ada))
        .filteredOn("Unsubscribed from Email Marketing"::equals)
        .hasSize(1);
  }

  @Test
  void subscribingAgainEndsBoth() {
    var ada = subscribed(list);
    people.unsubscribe(list, ADA, OUT).expect(202);
    people.unsubscribe("", ADA, OUT).expect(202);

    people.subscribe(list, ADA, IN).expect(202);

    assertThat(people.suppressions(ada)).isEmpty();
    assertThat(people.leftLists(ada)).isEmpty();
    assertThat(people.members(list)).containsExactly(ada);
  }

  @Test
  void aNoOfSomebodyUnknownIsRemembered() {
    people.unsubscribe("", ADA, OUT).expect(202);

    assertThat(people.suppressions(people.profileOf("ada@example.com")))
        .containsExactly("UNSUBSCRIBE");
  }

  @Test
  void onlyTheNamedChannelAndKindIsTakenBack() {
    people
        .subscribe(
            "",
            PHONE,
            """
            "sms": {"marketing": {"consent": "SUBSCRIBED"}, "transactional": {"consent":
              "SUBSCRIBED"}}, "whatsapp": {"marketing": {"consent": "SUBSCRIBED"}}
            """)
        .expect(202);
    var id = shop.get("/api/profiles").ids().getFirst();

    people
        .unsubscribe("", PHONE, "\"sms\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}}")
        .expect(202);

    var told = people.subscriptions(id);
    assertThat(told.at("/sms/marketing/consent").stringValue()).isEqualTo("UNSUBSCRIBED");
    assertThat(told.at("/sms/transactional/consent").stringValue()).isEqualTo("SUBSCRIBED");
    assertThat(told.at("/whatsapp/marketing/consent").stringValue()).isEqualTo("SUBSCRIBED");
    assertThat(people.metrics(id))
        .containsExactlyInAnyOrder(
            "Subscribed to SMS Marketing", "Unsubscribed from SMS Marketing");
    people
        .unsubscribe(
            "", PHONE, "\"whatsapp\": {\"conversational\": {\"consent\": \"UNSUBSCRIBED\"}}")
        .expect(202);
    assertThat(people.subscriptions(id).at("/whatsapp/conversational/consent").stringValue())
        .isEqualTo("UNSUBSCRIBED");
  }

  @Test
  void aTextMessageKnowsNoListSoItsNoHoldsEverywhere() {
    var both = ADA + "," + PHONE;
    people
        .subscribe(list, both, IN + ", \"sms\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}")
        .expect(202);
    var ada = people.profileOf("ada@example.com");

    people
        .unsubscribe(
            list, both, OUT + ", \"sms\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}}")
        .expect(202);

    assertThat(people.subscriptions(ada).at("/sms/marketing/consent").stringValue())
        .isEqualTo("UNSUBSCRIBED");
    assertThat(people.subscriptions(ada).at("/email/marketing/consent").stringValue())
        .isEqualTo("SUBSCRIBED");
    assertThat(people.members(list)).isEmpty();
  }

  @Test
  void notBeingTrackedLeavesNobodyFromAList() {
    var ada = subscribed(list);
    people
        .unsubscribe(list, ADA, "\"email\": {\"open_tracking\": {\"consent\": \"UNSUBSCRIBED\"}}")
        .expect(202);
    assertThat(people.members(list)).containsExactly(ada);
    assertThat(people.subscriptions(ada).at("/email/open_tracking/consent").stringValue())
        .isEqualTo("UNSUBSCRIBED");
  }

  @Test
  void tokensThatAreNamedAreTakenFromTheProfile() {
    var device = "{\"token\": \"%s\", \"platform\": \"ios\", \"vendor\": \"apns\"}";
    people
        .subscribe(
            "",
            PHONE,
            "\"push\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}, \"tokens\": [%s, %s]}"
                .formatted(device.formatted("one"), device.formatted("two")))
        .expect(202);
    people
        .unsubscribe(
            "",
            PHONE,
            "\"push\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}, \"tokens\": [%s]}"
                .formatted(device.formatted("one")))
        .expect(202);

    var id = shop.get("/api/profiles").ids().getFirst();
    assertThat(shop.get("/api/profiles/" + id + "/push-tokens").expect(200).attributes("token"))
        .containsExactly("two");
    assertThat(people.subscriptions(id).at("/mobile_push/marketing/consent").stringValue())
        .isEqualTo("UNSUBSCRIBED");
  }

  @Test
  void whatCannotBeIsRefused() {
    refused(ADA, "\"email\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}");
    refused(ADA, "");
    refused(ADA, "\"email\": {}");
    refused("\"email\": null", OUT);
    refused("\"first_name\": \"Ada\"", OUT);
    assertThat(people.unsubscribe("NOPE01", ADA, OUT).expect(404).details())
        .containsExactly("A list with id `NOPE01` does not exist.");
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
    assertThat(people.unsubscribe("", ADA, "").text("/errors/0/source/pointer"))
        .isEqualTo(PROFILE + "/subscriptions");
  }

  @Test
  void everyChangeIsKeptAndTold() {
    var ada = subscribed(list);
    people.unsubscribe(list, ADA, OUT).expect(202);
    people.unsubscribe("", ADA, OUT).expect(202);
    people.subscribe(list, ADA, IN).expect(202);

    var path = "/carillon/profiles/" + ada + "/consent-history";
    var history = shop.get(path).expect(200);

    assertThat(history.attributes("status"))
        .containsExactly("SUBSCRIBED", "UNSUBSCRIBED", "SUPPRESSED", "SUBSCRIBED");
    var left = "/data/2/attributes/";
    assertThat(history.text(left + "reason")).isEqualTo("UNSUBSCRIBE");
    assertThat(history.text(left + "list_id")).isEqualTo(list);
    assertThat(history.text("/data/3/attributes/method")).isEqualTo("API_V3_SUBSCRIBE");
    assertThat(history.at("/data/3/attributes/double_optin").booleanValue()).isFalse();
    var page = shop.get(path + "?page[size]=3").expect(200);
    assertThat(shop.follow(page.text("/links/next")).expect(200).ids()).hasSize(1);
    shop.get("/carillon/profiles/NOPE/consent-history").expect(404);
  }

  @Test
  void aHundredAtOnceAndOneMoreIsRefused() {
    assertThat(many(100)).isEqualTo(202);
    assertThat(many(101)).isEqualTo(400);
  }

  private int many(int count) {
    var all =
        IntStream.range(0, count)
            .mapToObj(i ->
                """
                {"type": "profile", "attributes": {"email": "p%d@example.com", "subscriptions":
                  {"email": {"marketing": {"consent": "UNSUBSCRIBED"}}}}}
                """
                    .formatted(i))
            .collect(Collectors.joining(","));
    return shop.post(
            "/api/profile-subscription-bulk-delete-jobs",
            """
            {"data": {"type": "profile-subscription-bulk-delete-job",
              "attributes": {"profiles": {"data": [%s]}}}}
            """
                .formatted(all))
        .status();
  }

  private void refused(String identifiers, String subscriptions) {
    assertThat(people.unsubscribe("", identifiers, subscriptions).status())
        .as(identifiers + subscriptions)
        .isEqualTo(400);
  }

  private String subscribed(String to) {
    people.subscribe(to, ADA, IN).expect(202);
    assertThat(List.of("SUBSCRIBED"))
        .containsExactly(
            people
                .subscriptions(people.profileOf("ada@example.com"))
                .at("/email/marketing/consent")
                .stringValue());
    return people.profileOf("ada@example.com");
  }
}
