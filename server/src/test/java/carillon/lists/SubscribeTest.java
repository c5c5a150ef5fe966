package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscribeTest {

  private static final String EMAIL = "\"email\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}";
  private static final String SMS = "\"sms\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}";
  private static final String PROFILE = "/data/attributes/profiles/data/0/attributes";
  private static final String SENT = "\"email\": \"ada@example.com\"";

  private final Shop shop = TestServer.shop();
  private final String list = create("single_opt_in");

  @Test
  void whoSubscribesToASingleOptInListIsOnItAtOnce() {
    var answer = subscribe(list, "\"custom_source\": \"Till 3\",", person(SENT, EMAIL));

    assertThat(answer.expect(202).body()).isEmpty();
    var ada = find("ada@example.com");
    var consent = "/data/attributes/subscriptions/email/marketing/";
    assertThat(ada.text(consent + "consent")).isEqualTo("SUBSCRIBED");
    assertThat(ada.text(consent + "method")).isEqualTo("API_V3_SUBSCRIBE");
    assertThat(ada.text(consent + "method_detail"))
        .isEqualTo(shop.key().substring(shop.key().length() - 4));
    assertThat(ada.text(consent + "custom_method_detail")).isEqualTo("Till 3");
    assertThat(ada.at(consent + "double_optin").booleanValue()).isFalse();
    assertThat(ada.text("/data/attributes/properties/$source")).isEqualTo("Till 3");
    assertThat(members(list)).containsExactly(ada.id());
  }

  @Test
  void whatHappenedIsRecordedOnce() {
    subscribe(list, "", person(SENT, EMAIL)).expect(202);
    subscribe(list, "", person(SENT, EMAIL)).expect(202);

    var events = events(find("ada@example.com").id());

    assertThat(metrics(events))
        .containsExactlyInAnyOrder("Subscribed to List", "Subscribed to Email Marketing");
    var properties = "/data/0/attributes/event_properties/";
    assertThat(events.text(properties + "list_id")).isEqualTo(list);
    assertThat(events.text(properties + "list_name")).isEqualTo("Newsletter");
    assertThat(events.text(properties + "email_address")).isEqualTo("ada@example.com");
    assertThat(events.text(properties + "method")).isEqualTo("API_V3_SUBSCRIBE");
    assertThat(events.at(properties + "double_optin").booleanValue()).isFalse();
  }

  @Test
  void aThousandSubscribeAtOnceAndOneMoreIsRefused() {
    var all = people(0, 1000);
    subscribe(list, "", all).expect(202);
    assertThat(
            shop.get("/api/lists/" + list + "?additional-fields[list]=profile_count")
                .at("/data/attributes/profile_count")
                .intValue())
        .isEqualTo(1000);
    subscribe(list, "", people(0, 1001)).expect(400);
    subscribe(list, "", "").expect(400);
  }

  @Test
  void theSamePersonTwiceInOneRequestIsOnePerson() {
    subscribe(
            list, "", person(SENT, EMAIL) + "," + person("\"email\": \" Ada@Example.com\"", EMAIL))
        .expect(202);
    assertThat(members(list)).hasSize(1);
    assertThat(metrics(events(members(list).getFirst()))).hasSize(2);
  }

  @Test
  void aChannelNeedsItsIdentifier() {
    refused(person("\"phone_number\": \"+4915112345678\"", EMAIL), PROFILE + "/email");
    refused(person(SENT, SMS), PROFILE + "/phone_number");
    refused(
        person(SENT, "\"whatsapp\": {\"transactional\": {\"consent\": \"SUBSCRIBED\"}}"),
        PROFILE + "/phone_number");
    refused(
        person("\"email\": null", "\"push\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}"),
        PROFILE);
    refused(person(SENT, ""), PROFILE + "/subscriptions");
    refused(person(SENT, "\"email\": {}"), PROFILE + "/subscriptions");
  }

  @Test
  void onlyWhatIsPublishedIsTaken() {
    refused(person(SENT + ", \"properties\": {}", EMAIL), PROFILE + "/properties");
    refused(person(SENT + ", \"first_name\": \"Ada\"", EMAIL), PROFILE + "/first_name");
    refused(
        person(SENT, "\"email\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}}"),
        PROFILE + "/subscriptions/email/marketing/consent");
    refused(
        person(SENT, "\"pigeon\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}"),
        PROFILE + "/subscriptions/pigeon");
    refused(person("\"email\": \"not an address\"", EMAIL), PROFILE + "/email");
    refused(person("\"phone_number\": \"12345\"", SMS), PROFILE + "/phone_number");
    refused(
        person(SENT + ", \"age_gated_date_of_birth\": \"2999-01-01\"", EMAIL),
        PROFILE + "/age_gated_date_of_birth");
    assertThat(subscribe(list, "", person(SENT + ", \"properties\": {}", EMAIL)).details())
        .containsExactly("'properties' is not a valid field for the resource 'profile'.");
  }

  @Test
  void allFaultsAreToldTogether() {
    var answer = subscribe(list, "", person(SENT, SMS) + "," + person("\"email\": null", EMAIL));
    assertThat(answer.expect(400).details()).hasSize(3);
    assertThat(members(list)).isEmpty();
  }

  @Test
  void pastConsentNeedsItsMomentAndOnlyPastConsentHasOne() {
    var at = PROFILE + "/subscriptions/email/marketing/consented_at";
    refused("\"historical_import\": true,", person(SENT, EMAIL), at);
    refused("\"historical_import\": true,", person(SENT, consented("2999-01-01T00:00:00Z")), at);
    refused("", person(SENT, consented("2020-01-01T00:00:00Z")), at);
    refused("\"historical_import\": false,", person(SENT, consented("2020-01-01T00:00:00Z")), at);
  }

  @Test
  void pastConsentIsTakenWithoutConfirmation() {
    var careful = create("double_opt_in");

    subscribe(
            careful,
            "\"historical_import\": true,",
            person(SENT, consented("2020-02-03T04:05:06+00:00")))
        .expect(202);

    var ada = find("ada@example.com");
    var consent = "/data/attributes/subscriptions/email/marketing/";
    assertThat(ada.text(consent + "consent")).isEqualTo("SUBSCRIBED");
    assertThat(ada.text(consent + "consent_timestamp")).isEqualTo("2020-02-03T04:05:06+00:00");
    assertThat(members(careful)).containsExactly(ada.id());
  }

  @Test
  void anUnknownListRefusesTheJob() {
    var answer = subscribe("nope", "", person(SENT, EMAIL)).expect(404);
    assertThat(answer.details()).containsExactly("A list with id `nope` does not exist.");
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void anUnknownProfileIdRefusesTheJob() {
    var known = person(SENT, EMAIL);
    var unknown =
        """
        {"type": "profile", "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "attributes": {"subscriptions":
          {"push": {"marketing": {"consent": "SUBSCRIBED"}}}}}
        """;
    subscribe(list, "", known + "," + unknown).expect(404);
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void textsAndMessengersAreRememberedToo() {
    var phone = "\"phone_number\": \"+4915112345678\"";
    var other = "\"whatsapp\": {\"marketing\": {\"consent\": \"SUBSCRIBED\"}}";
    subscribe(list, "", person(phone, SMS + "," + other)).expect(202);

    var read =
        shop.get(
            "/api/profiles/"
                + members(list).getFirst()
                + "?additional-fields[profile]=subscriptions");
    assertThat(read.text("/data/attributes/subscriptions/sms/marketing/consent"))
        .isEqualTo("SUBSCRIBED");
    assertThat(read.text("/data/attributes/subscriptions/sms/transactional/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    assertThat(read.text("/data/attributes/subscriptions/whatsapp/marketing/consent"))
        .isEqualTo("SUBSCRIBED");
  }

  @Test
  void openTrackingAloneDoesNotPutAnybodyOnTheList() {
    subscribe(
            list, "", person(SENT, "\"email\": {\"open_tracking\": {\"consent\": \"SUBSCRIBED\"}}"))
        .expect(202);

    var ada = find("ada@example.com");
    assertThat(ada.text("/data/attributes/subscriptions/email/open_tracking/consent"))
        .isEqualTo("SUBSCRIBED");
    assertThat(ada.text("/data/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    assertThat(members(list)).isEmpty();
  }

  @Test
  void aChannelOrKindThatIsNullIsNotAskedFor() {
    var nulls =
        """
        "email": {"marketing": {"consent": "SUBSCRIBED"}, "open_tracking": null}, "sms": null,
        "whatsapp": {"marketing": null, "transactional": null}, "push": {"marketing": {"consent":
          "SUBSCRIBED"}, "tokens": [{"token": "device-1", "platform": "ios", "vendor": "apns",
          "device_metadata": null}]}
        """;
    subscribe(list, "", person(SENT, nulls)).expect(202);

    var told = find("ada@example.com").at("/data/attributes/subscriptions");
    assertThat(told.at("/email/marketing/consent").stringValue()).isEqualTo("SUBSCRIBED");
    for (var place : List.of("/email/open_tracking", "/sms/marketing", "/whatsapp/marketing")) {
      assertThat(told.at(place + "/consent").stringValue()).isEqualTo("NEVER_SUBSCRIBED");
    }
    refused(person(SENT, "\"email\": {\"marketing\": null}"), PROFILE + "/subscriptions");
    refused(person(SENT, "\"email\": null, \"push\": null"), PROFILE + "/subscriptions");
  }

  @Test
  void aDeviceBelongsToWhoBroughtItLast() {
    var push =
        """
        "push": {"marketing": {"consent": "SUBSCRIBED"}, "tokens": [{"token": "device-1",
          "platform": "ios", "vendor": "apns", "device_metadata": {"os_name": "ios"}}]}
        """;
    subscribe(list, "", person(SENT, push)).expect(202);
    subscribe(list, "", person("\"email\": \"bo@example.com\"", push)).expect(202);

    var filter = Shop.encoded("equals(push_token,\"device-1\")");
    assertThat(shop.get("/api/lists/" + list + "/profiles?filter=" + filter).attributes("email"))
        .containsExactly("bo@example.com");
  }

  @Test
  void theDateOfBirthIsKept() {
    subscribe(list, "", person(SENT + ", \"age_gated_date_of_birth\": \"1990-05-06\"", EMAIL))
        .expect(202);
    assertThat(find("ada@example.com").text("/data/attributes/properties/$age_gated_date_of_birth"))
        .isEqualTo("1990-05-06");
  }

  private void refused(String person, String pointer) {
    refused("", person, pointer);
  }

  private void refused(String more, String person, String pointer) {
    var answer = subscribe(list, more, person).expect(400);
    assertThat(answer.text("/errors/0/source/pointer")).as(answer.body()).isEqualTo(pointer);
  }

  private static String consented(String at) {
    return "\"email\": {\"marketing\": {\"consent\": \"SUBSCRIBED\", \"consented_at\": \"%s\"}}"
        .formatted(at);
  }

  private static String people(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> person("\"email\": \"p%04d@example.com\"".formatted(i), EMAIL))
        .collect(Collectors.joining(","));
  }

  private static String person(String identifiers, String subscriptions) {
    return """
    {"type": "profile", "attributes": {%s, "subscriptions": {%s}}}
    """
        .formatted(identifiers, subscriptions);
  }

  private Answer subscribe(String to, String more, String people) {
    return shop.post(
        "/api/profile-subscription-bulk-create-jobs",
        """
        {"data": {"type": "profile-subscription-bulk-create-job",
          "attributes": {%s "profiles": {"data": [%s]}},
          "relationships": {"list": {"data": {"type": "list", "id": "%s"}}}}}
        """
            .formatted(more, people, to));
  }

  private Answer find(String email) {
    var filter = Shop.encoded("equals(email,\"" + email + "\")");
    var id = shop.get("/api/profiles?filter=" + filter).expect(200).ids().getFirst();
    return shop.get("/api/profiles/" + id + "?additional-fields[profile]=subscriptions");
  }

  private List<String> members(String of) {
    return shop.get("/api/lists/" + of + "/relationships/profiles").expect(200).ids();
  }

  private Answer events(String profile) {
    return shop.get(
            "/api/events?include=metric&filter="
                + Shop.encoded("equals(profile_id,\"" + profile + "\")"))
        .expect(200);
  }

  private static List<String> metrics(Answer events) {
    var names = new ArrayList<String>();
    events
        .at("/included")
        .forEach(metric -> names.add(metric.at("/attributes/name").stringValue()));
    return names;
  }

  private String create(String process) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list",
              "attributes": {"name": "Newsletter", "opt_in_process": "%s"}}}
            """
                .formatted(process))
        .expect(201)
        .id();
  }
}
