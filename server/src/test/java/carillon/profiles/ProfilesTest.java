package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProfilesTest {

  private final Shop shop = TestServer.shop();

  @Test
  void aNewProfileTellsAllItsAttributes() {
    var made =
        create(
                "{'email': ' Ada@Example.COM', 'phone_number': '+1 (201) 555-0123', 'external_id':"
                    + " 7, 'first_name': 'Ada', 'location': {'city': 'London', 'latitude': 51.5,"
                    + " 'longitude': '-0.1'}, 'properties': {'vip': true, 'n': [1, {'a': null}]}}")
            .expect(201);

    var ada = shop.get("/api/profiles/" + made.id()).expect(200);
    assertThat(ada.at("/data/attributes")).isEqualTo(made.at("/data/attributes"));
    assertThat(ada.text("/data/attributes/email")).isEqualTo("ada@example.com");
    assertThat(ada.text("/data/attributes/phone_number")).isEqualTo("+12015550123");
    assertThat(ada.text("/data/attributes/external_id")).isEqualTo("7");
    assertThat(ada.at("/data/attributes/last_name").isNull()).isTrue();
    assertThat(ada.at("/data/attributes/location").propertyNames())
        .containsExactly(
            "address1",
            "address2",
            "city",
            "country",
            "latitude",
            "longitude",
            "region",
            "zip",
            "timezone",
            "ip");
    assertThat(ada.at("/data/attributes/location/latitude").decimalValue())
        .isEqualByComparingTo("51.5");
    assertThat(ada.at("/data/attributes/properties"))
        .isEqualTo(Json.read("{\"vip\": true, \"n\": [1, {\"a\": null}]}"));
    assertThat(ada.at("/data/attributes").propertyNames())
        .doesNotContain("subscriptions", "predictive_analytics");
    assertThat(ada.at("/data/relationships").propertyNames())
        .containsExactly("lists", "segments", "push-tokens");
    assertThat(ada.text("/data/links/self")).endsWith("/api/profiles/" + made.id() + "/");
  }

  @Test
  void aTakenIdentifierIsAConflictThatNamesItsOwnerAndChangesNothing() {
    var ada = create("{'email': 'ada@example.com', 'first_name': 'Ada'}").id();
    var bob = create("{'phone_number': '+12015550123'}").id();

    var answer =
        create("{'email': 'ADA@example.com', 'phone_number': '+12015550123', 'first_name': 'X'}")
            .expect(409);

    assertThat(answer.text("/errors/0/code")).isEqualTo("duplicate_profile");
    assertThat(answer.text("/errors/0/meta/duplicate_profile_id")).isEqualTo(ada);
    assertThat(answer.details())
        .containsExactly("A profile already exists with one of these identifiers.");
    assertThat(answer.text("/errors/0/source/pointer")).isEqualTo("/data/attributes");
    assertThat(attribute(ada, "first_name")).isEqualTo("Ada");
    assertThat(attribute(bob, "first_name")).isEmpty();
  }

  @Test
  void aProfileNeedsAnIdentifier() {
    create("{'first_name': 'Nobody'}").expect(400);
    create("{'email': null}").expect(400);
    importing("{'attributes': {'first_name': 'Nobody'}}").expect(400);
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ada", "ada@", "@example.com", "a b@example.com", "ada@example", "a@b@c.com"})
  void whatIsNoEmailAddressIsRefused(String email) {
    var answer = create("{'email': '" + email + "'}").expect(400);
    assertThat(answer.details()).containsExactly("Invalid email address");
    assertThat(answer.text("/errors/0/source/pointer")).isEqualTo("/data/attributes/email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2015550123", "+1555", "+15551234567", "+999999999999", "phone"})
  void whatIsNoPhoneNumberIsRefused(String number) {
    assertThat(create("{'phone_number': '" + number + "'}").expect(400).details())
        .containsExactly("Invalid phone number format (Example of a valid format: +12345678901)");
  }

  @Test
  void theExampleOfAValidPhoneNumberIsValid() {
    create("{'phone_number': '+12345678901'}").expect(201);
  }

  @Test
  void unknownAndWrongMembersAreAllTold() {
    var answer =
        create("{'email': 'x', 'nickname': 'a', 'location': {'planet': 'Mars'}, 'title': 3}")
            .expect(400);
    assertThat(answer.details())
        .containsExactlyInAnyOrder(
            "'nickname' is not a valid field for the resource 'profile'.",
            "Invalid email address",
            "'planet' is not a valid field for the resource 'location'.",
            "'title' must be a string.");
  }

  @Test
  void aProfileMayHaveOneHundredKilobytes() {
    create("{'email': 'big@example.com', 'properties': {'a': '" + "x".repeat(90_000) + "'}}")
        .expect(201);
    create("{'email': 'huge@example.com', 'properties': {'a': '" + "x".repeat(110_000) + "'}}")
        .expect(400);
    create("{'external_id': '" + "x".repeat(5000) + "'}").expect(400);
    create("{'email': '" + "x".repeat(500) + "@example.com'}").expect(400);
    create("{'external_id': 'a\\u0000b'}").expect(400);
  }

  @Test
  void inAnUpdateNullClearsAndWhatIsAbsentStays() {
    var id =
        create(
                "{'email': 'ada@example.com', 'external_id': 'a1', 'first_name': 'Ada',"
                    + " 'last_name': 'L', 'location': {'city': 'London', 'zip': '1'},"
                    + " 'properties': {'a': 1, 'b': 2}}")
            .id();

    var answer =
        update(
                id,
                "{'external_id': null, 'last_name': null, 'location': {'zip': null, 'region':"
                    + " 'X'}, 'properties': {'b': null, 'c': 3}}",
                "{}")
            .expect(200);

    assertThat(answer.text("/data/attributes/first_name")).isEqualTo("Ada");
    assertThat(answer.at("/data/attributes/external_id").isNull()).isTrue();
    assertThat(answer.at("/data/attributes/last_name").isNull()).isTrue();
    assertThat(answer.text("/data/attributes/location/city")).isEqualTo("London");
    assertThat(answer.text("/data/attributes/location/region")).isEqualTo("X");
    assertThat(answer.at("/data/attributes/location/zip").isNull()).isTrue();
    assertThat(answer.at("/data/attributes/properties"))
        .isEqualTo(Json.read("{\"a\": 1, \"b\": null, \"c\": 3}"));
    create("{'external_id': 'a1'}").expect(201);
  }

  @Test
  void aLocationThatIsNullIsClearedAndAMetaThatIsNullSaysNothing() {
    var id =
        create(
                "{'email': 'ada@example.com', 'location': {'city': 'London'}, 'properties':"
                    + " {'a': 1}}")
            .id();

    var changed =
        update(id, "{'location': null}", "{'patch_properties': null, 'patch_identifiers': null}")
            .expect(200);
    importing("{'attributes': {'email': 'ada@example.com', 'title': 'Dr'}, 'meta': null}")
        .expect(200);

    assertThat(changed.at("/data/attributes/location")).hasSize(10).allMatch(JsonNode::isNull);
    assertThat(attribute(id, "title")).isEqualTo("Dr");
    assertThat(shop.get("/api/profiles/" + id).at("/data/attributes/properties/a").intValue())
        .isEqualTo(1);
    create("{'email': 'bob@example.com', 'location': null}").expect(201);
  }

  @Test
  void theLastIdentifierCannotBeCleared() {
    var id = create("{'email': 'ada@example.com'}").id();
    update(id, "{'email': null}", "{}").expect(400);
    assertThat(attribute(id, "email")).isEqualTo("ada@example.com");
    create("{'email': 'ada@example.com'}").expect(409);
  }

  @Test
  void anUpdatedIdentifierFindsTheProfileAndTheOldOneIsFree() {
    var ada = create("{'email': 'old@example.com'}").id();
    create("{'email': 'taken@example.com'}");

    update(ada, "{'email': 'new@example.com'}", "{}").expect(200);

    assertThat(found("equals(email,'NEW@example.com')")).containsExactly(ada);
    assertThat(found("equals(email,'old@example.com')")).isEmpty();
    update(ada, "{'email': 'taken@example.com'}", "{}").expect(409);
    assertThat(attribute(ada, "email")).isEqualTo("new@example.com");
  }

  @Test
  void theIdInBodyAndPathMustAgree() {
    var id = create("{'email': 'ada@example.com'}").id();
    var body = "{'data': {'type': 'profile', 'id': 'other', 'attributes': {}}}";
    assertThat(
            shop.patch("/api/profiles/" + id, quoted(body))
                .expect(400)
                .text("/errors/0/source/pointer"))
        .isEqualTo("/data/id");
  }

  @Test
  void propertiesArePatchedBelowTheTopLevel() {
    var id = create("{'email': 'ada@example.com', 'properties': {'tags': ['a'], 'n': 1}}").id();

    var answer =
        update(
                id,
                "{'properties': {'m': 2}}",
                "{'patch_properties': {'append': {'tags': ['a', 'b'], 'new': 'x', 'n': 2},"
                    + " 'unappend': {'tags': 'a', 'gone': 'y'}, 'unset': ['m']}}")
            .expect(200);

    assertThat(answer.at("/data/attributes/properties"))
        .isEqualTo(Json.read("{\"tags\": [\"b\"], \"n\": [1, 2], \"new\": [\"x\"]}"));
    assertThat(
            update(id, "{}", "{'patch_properties': {'unset': 'tags'}}")
                .at("/data/attributes/properties")
                .has("tags"))
        .isFalse();
  }

  @Test
  void aSecondaryAddressFindsTheProfileAndMayBecomeTheFirst() {
    var id = create("{'email': 'ada@example.com'}").id();
    update(id, "{}", "{'patch_identifiers': {'append': {'email': ['two@example.com']}}}")
        .expect(200);
    assertThat(attribute(id, "email")).isEqualTo("ada@example.com");
    assertThat(found("equals(email,'two@example.com')")).containsExactly(id);

    update(id, "{'email': 'two@example.com'}", "{}").expect(200);

    assertThat(attribute(id, "email")).isEqualTo("two@example.com");
    assertThat(found("equals(email,'ada@example.com')")).isEmpty();
    update(id, "{}", "{'patch_identifiers': {'append': {'email': ['nonsense']}}}").expect(400);
  }

  @Test
  void updatingMarksTheProfileOnlyWhenSomethingChanged() {
    var clock = new TestClock();
    try (var server = TestServer.start(Map.of(), clock)) {
      var own = TestServer.shop(server);
      var made = own.post("/api/profiles", body("{'email': 'ada@example.com'}")).expect(201);
      clock.tick(java.time.Duration.ofMinutes(1));

      var same = own.patch("/api/profiles/" + made.id(), patch(made.id(), "{}", "{}"));
      var other =
          own.patch("/api/profiles/" + made.id(), patch(made.id(), "{'title': 'Dr'}", "{}"));

      assertThat(same.text("/data/attributes/updated"))
          .isEqualTo(made.text("/data/attributes/updated"));
      assertThat(other.text("/data/attributes/updated"))
          .isGreaterThan(made.text("/data/attributes/updated"));
      assertThat(other.text("/data/attributes/created"))
          .isEqualTo(made.text("/data/attributes/created"));
    }
  }

  @Test
  void importingMakesAProfileAndThenUpdatesIt() {
    var made =
        importing("{'attributes': {'external_id': 'x', 'email': 'a@example.com', 'title': 'Dr'}}")
            .expect(201);
    var same =
        importing(
                "{'attributes': {'external_id': 'x', 'email': 'b@example.com'}, 'meta':"
                    + " {'patch_properties': {'append': {'seen': 1}}}}")
            .expect(200);

    assertThat(same.id()).isEqualTo(made.id());
    assertThat(same.text("/data/attributes/email")).isEqualTo("b@example.com");
    assertThat(same.text("/data/attributes/title")).isEqualTo("Dr");
    assertThat(same.at("/data/attributes/properties/seen/0").intValue()).isEqualTo(1);
    importing("{'id': '" + made.id() + "', 'attributes': {'title': null}}").expect(200);
    assertThat(attribute(made.id(), "title")).isEmpty();
  }

  @Test
  void importingForAnUnknownIdIsNotFound() {
    var answer =
        importing("{'id': 'NOBODY', 'attributes': {'email': 'a@example.com'}}").expect(404);
    assertThat(answer.details()).containsExactly("A profile with id NOBODY does not exist.");
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void importingDoesNotTakeIdentifiersFromOthers() {
    var ada = create("{'email': 'ada@example.com'}").id();
    var bob = create("{'external_id': 'bob'}").id();

    importing("{'id': '" + bob + "', 'attributes': {'email': 'ada@example.com'}}").expect(404);
    var conflict =
        importing("{'attributes': {'external_id': 'bob', 'email': 'ada@example.com'}}").expect(409);

    assertThat(conflict.text("/errors/0/meta/duplicate_profile_id")).isEqualTo(ada);
    assertThat(attribute(bob, "email")).isEmpty();
  }

  @Test
  void anExchangeTokenOfNobodyIsRefused() {
    importing("{'attributes': {'_kx': 'nonsense'}}").expect(400);
    assertThat(found("equals(_kx,'nonsense')")).isEmpty();
  }

  @Test
  void profilesAreFoundByEachIdentifier() {
    var a = create("{'email': 'a+b@example.com', 'external_id': '100%'}").id();
    var b = create("{'phone_number': '+12015550123', 'external_id': 'x_y'}").id();
    create("{'email': 'c@example.com', 'external_id': '100x'}");

    assertThat(found("equals(email,\"a+b@example.com\")")).containsExactly(a);
    assertThat(found("equals(phone_number,'+12015550123')")).containsExactly(b);
    assertThat(found("any(external_id,['100%','x_y'])")).containsExactly(a, b);
    assertThat(found("equals(external_id,'%')")).isEmpty();
    assertThat(found("any(id,['" + b + "','nope'])")).containsExactly(b);
    assertThat(found("equals(id,'" + a + "'),equals(email,'c@example.com')")).isEmpty();
    assertThat(found("equals(email,'') ")).isEmpty();
    assertThat(found("equals(external_id,'''; drop table profile; --')".replace("'''", "'")))
        .isEmpty();
  }

  @Test
  void filtersThatAreNotOfferedAreRefused() {
    assertThat(filtered("contains(email,'a')").expect(400).details().getFirst())
        .startsWith("'contains' is not an allowed filter operator for email.");
    filtered("greater-or-equal(created,2026-01-01T00:00:00Z)").expect(400);
    filtered("equals(first_name,'a')").expect(400);
    filtered("equals(email,'a\u0000')").expect(400);
  }

  @Test
  void profilesAreBoundedByTimeOfMakingAndChange() {
    var clock = new TestClock();
    try (var server = TestServer.start(Map.of(), clock)) {
      var own = TestServer.shop(server);
      own.post("/api/profiles", body("{'email': 'a@example.com'}"));
      clock.tick(java.time.Duration.ofHours(1));
      var between = clock.instant();
      clock.tick(java.time.Duration.ofHours(1));
      own.post("/api/profiles", body("{'email': 'b@example.com'}"));

      for (var field : new String[] {"created", "updated"}) {
        assertThat(emails(own, "greater-than(%s,%s)".formatted(field, between)))
            .containsExactly("b@example.com");
        assertThat(emails(own, "less-than(%s,%s)".formatted(field, between)))
            .containsExactly("a@example.com");
      }
    }
  }

  @Test
  void everySortLeadsThroughAllPagesAndBack() {
    var ids =
        IntStream.range(0, 25)
            .mapToObj(n ->
                n % 5 == 0
                    ? create("{'external_id': 'x" + n + "'}").id()
                    : create("{'email': 'p" + (50 - n) + "@example.com'}").id())
            .toList();

    for (var field :
        new String[] {
          "id", "created", "updated", "email", "subscriptions.email.marketing.suppression.timestamp"
        }) {
      for (var sign : new String[] {"", "-"}) {
        var seen = new ArrayList<String>();
        var page = shop.get("/api/profiles?page[size]=7&sort=" + sign + field).expect(200);
        seen.addAll(page.ids());
        while (!page.at("/links/next").isNull()) {
          var next = shop.follow(page.text("/links/next")).expect(200);
          assertThat(shop.follow(next.text("/links/prev")).ids()).isEqualTo(page.ids());
          seen.addAll(next.ids());
          page = next;
        }
        assertThat(seen).as(sign + field).doesNotHaveDuplicates().containsAll(ids).hasSize(25);
      }
    }
    var byEmail = shop.get("/api/profiles?page[size]=100&sort=email").attributes("email");
    assertThat(byEmail.subList(0, 20)).isSorted();
    assertThat(byEmail.subList(20, 25)).containsOnly("");
    assertThat(shop.get("/api/profiles").ids()).isEqualTo(ids.subList(0, 20));
  }

  @Test
  void subscriptionsAndPredictionsAreToldWhenAskedFor() {
    var id = create("{'email': 'ada@example.com', 'phone_number': '+12015550123'}").id();

    var ada =
        shop.get(
                "/api/profiles/"
                    + id
                    + "?additional-fields[profile]=subscriptions,predictive_analytics")
            .expect(200);

    var email = ada.at("/data/attributes/subscriptions/email/marketing");
    assertThat(email.get("can_receive_email_marketing").booleanValue()).isTrue();
    assertThat(email.get("consent").stringValue()).isEqualTo("NEVER_SUBSCRIBED");
    assertThat(email.get("suppression")).isEmpty();
    assertThat(
            ada.at("/data/attributes/subscriptions/sms/marketing/can_receive_sms_marketing")
                .booleanValue())
        .isFalse();
    assertThat(ada.at("/data/attributes/predictive_analytics")).hasSize(10);
    assertThat(ada.at("/data/attributes/predictive_analytics/historic_clv").isNull()).isTrue();
    assertThat(
            shop.get("/api/profiles?fields[profile]=email&additional-fields[profile]=subscriptions")
                .expect(200)
                .at("/data/0/attributes")
                .propertyNames())
        .containsExactly("email", "subscriptions");
  }

  @Test
  void askingForPredictionsOrGroupsCostsMoreOfTheLimit() {
    var clock = new TestClock();
    try (var server = TestServer.start(Map.of("CARILLON_RATE_LIMITS", "on"), clock)) {
      var own = TestServer.shop(server);
      var id = own.post("/api/profiles", body("{'email': 'a@example.com'}")).id();
      assertThat(limit(own.get("/api/profiles"))).startsWith("75,");
      assertThat(limit(own.get("/api/profiles?additional-fields[profile]=predictive_analytics")))
          .startsWith("10,");
      assertThat(limit(own.get("/api/profiles/" + id))).startsWith("75,");
      assertThat(limit(own.get("/api/profiles/" + id + "?include=segments"))).startsWith("1,");
    }
  }

  @Test
  void relationsThatAreEmptyAreIncludedAsEmpty() {
    var id = create("{'email': 'ada@example.com'}").id();
    var ada =
        shop.get("/api/profiles/" + id + "?include=push-tokens,segments,conversation").expect(200);
    assertThat(ada.at("/included").isArray()).isTrue();
    assertThat(ada.at("/included")).isEmpty();
    assertThat(ada.at("/data/relationships/push-tokens/data").isArray()).isTrue();
    assertThat(ada.at("/data/relationships/segments/data")).isEmpty();
    shop.get("/api/profiles?include=push-tokens,conversation").expect(200);
    shop.get("/api/profiles?include=segments").expect(400);
    assertThat(shop.get("/api/profiles/" + id + "/segments").expect(200).ids()).isEmpty();
    assertThat(shop.get("/api/profiles/" + id + "/relationships/segments").expect(200).ids())
        .isEmpty();
    shop.get("/api/profiles/nobody/segments").expect(404);
    shop.get("/api/profiles/nobody/relationships/segments").expect(404);
  }

  @Test
  void sparseFieldsReachIntoTheLocation() {
    var id = create("{'email': 'ada@example.com', 'location': {'city': 'London'}}").id();
    var ada = shop.get("/api/profiles/" + id + "?fields[profile]=email,location.city");
    assertThat(ada.at("/data/attributes"))
        .isEqualTo(
            Json.read("{\"email\": \"ada@example.com\", \"location\": {\"city\": \"London\"}}"));
    shop.get("/api/profiles/" + id + "?fields[profile]=nickname").expect(400);
  }

  @Test
  void aProfileOfAnotherAccountIsNotThere() {
    var id = create("{'email': 'ada@example.com'}").id();
    var other = TestServer.shop();
    assertThat(other.get("/api/profiles/" + id).expect(404).details())
        .containsExactly("A profile with id " + id + " does not exist.");
    other.patch("/api/profiles/" + id, patch(id, "{}", "{}")).expect(404);
    other.post("/api/profiles", body("{'email': 'ada@example.com'}")).expect(201);
    assertThat(shop.get("/api/profiles").ids()).containsExactly(id);
  }

  @Test
  void writersThatMeetMakeOneProfile() {
    var answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(_ -> create("{'email': 'same@example.com'}"))
            .toList();
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(7);
    assertThat(Stream.of(shop.get("/api/profiles").ids()).flatMap(all -> all.stream())).hasSize(1);
  }

  private static String limit(Answer answer) {
    return answer.expect(200).headers().firstValue("RateLimit-Limit").orElseThrow();
  }

  private static java.util.List<String> emails(Shop shop, String filter) {
    return shop.get("/api/profiles?filter=" + Shop.encoded(filter)).expect(200).attributes("email");
  }

  private Answer filtered(String filter) {
    return shop.get("/api/profiles?filter=" + Shop.encoded(filter));
  }

  private java.util.List<String> found(String filter) {
    return filtered(filter).expect(200).ids();
  }

  private String attribute(String id, String name) {
    return shop.get("/api/profiles/" + id).expect(200).text("/data/attributes/" + name);
  }

  private Answer create(String attributes) {
    return shop.post("/api/profiles", body(attributes));
  }

  private Answer update(String id, String attributes, String meta) {
    return shop.patch("/api/profiles/" + id, patch(id, attributes, meta));
  }

  private Answer importing(String members) {
    return shop.post(
        "/api/profile-import",
        quoted("{'data': {'type': 'profile', " + members.substring(1) + "}"));
  }

  private static String body(String attributes) {
    return quoted("{'data': {'type': 'profile', 'attributes': " + attributes + "}}");
  }

  private static String patch(String id, String attributes, String meta) {
    return quoted(
        "{'data': {'type': 'profile', 'id': '%s', 'attributes': %s, 'meta': %s}}"
            .formatted(id, attributes, meta));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
