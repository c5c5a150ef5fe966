package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stranger with nothing but the company id tries, and is answered 202 to. */
class HijackTest {

  private final Shop shop = TestServer.shop();
  private final Browser stranger = Browser.of(TestServer.shared().url(), shop.account());
  private final String victim = create("{'email': 'victim@example.com', 'first_name': 'Vera'}");

  @Test
  void aKnownAddressWithANewPhoneNumberOrExternalIdChangesNoIdentifier() {
    var claim =
        "{'email': 'victim@example.com', 'phone_number': '+12015550199', 'external_id': 'x'}";
    stranger.identify(claim).expect(202);
    stranger.track("Ran", claim).expect(202);

    assertThat(attribute(victim, "phone_number")).isEmpty();
    assertThat(attribute(victim, "external_id")).isEmpty();
    assertThat(found("equals(phone_number,\"+12015550199\")")).isEmpty();
    assertThat(found("equals(external_id,\"x\")")).isEmpty();
  }

  @Test
  void anIdentifierIsNotReplacedWhateverElseNamesTheProfile() {
    var full = create("{'external_id': 'e1', 'phone_number': '+12015550142'}");
    for (var claim :
        List.of(
            "{'external_id': 'e1', 'email': 'stranger@example.com'}",
            "{'phone_number': '+12015550142', 'email': 'stranger@example.com'}",
            "{'phone_number': '+12015550142', 'external_id': 'e2'}")) {
      stranger.identify(claim).expect(202);
    }
    stranger
        .post(
            "/client/profiles",
            Browser.quoted(
                "{'data': {'type': 'profile', 'id': '"
                    + full
                    + "', 'attributes': {'email': 'stranger@example.com'}}}"))
        .expect(202);

    assertThat(attribute(full, "email")).isEmpty();
    assertThat(attribute(full, "external_id")).isEqualTo("e1");
    assertThat(attribute(full, "phone_number")).isEqualTo("+12015550142");
  }

  @Test
  void secondaryAddressesAndReservedPropertiesAreNotForStrangers() {
    stranger
        .post(
            "/client/profiles",
            Browser.quoted(
                """
                {'data': {'type': 'profile', 'attributes': {'email': 'victim@example.com',
                  'properties': {'$source': 'evil', 'colour': 'red'}},
                  'meta': {'patch_identifiers': {'append': {'email': 'mine@example.com'}},
                    'patch_properties': {'append': {'$consent': 'sms'}}}}}
                """))
        .expect(202);

    assertThat(found("equals(email,\"mine@example.com\")")).isEmpty();
    assertThat(read(victim).at("/data/attributes/properties").toString())
        .isEqualTo("{\"colour\":\"red\"}");
  }

  @Test
  void twoKnownPeopleNamedInOneClaimStayTwo() {
    var other = create("{'external_id': 'e9'}");
    stranger.identify("{'email': 'victim@example.com', 'external_id': 'e9'}").expect(202);
    stranger.track("Ran", "{'email': 'victim@example.com', 'external_id': 'e9'}").expect(202);

    assertThat(attribute(victim, "external_id")).isEmpty();
    assertThat(attribute(other, "email")).isEmpty();
    assertThat(shop.get("/api/profiles").ids()).containsExactlyInAnyOrder(victim, other);
  }

  @Test
  void theDeviceOfSomebodyKnownStaysTheirsWhoeverClaimsIt() {
    stranger.identify("{'email': 'victim@example.com', 'anonymous_id': 'laptop'}").expect(202);
    create("{'email': 'thief@example.com'}");

    stranger.identify("{'email': 'thief@example.com', 'anonymous_id': 'laptop'}").expect(202);
    stranger.track("Ran", "{'anonymous_id': 'laptop'}").expect(202);

    assertThat(
            shop.get("/api/events?filter=" + Shop.encoded("equals(profile_id,\"" + victim + "\")"))
                .ids())
        .hasSize(1);
  }

  @Test
  void whetherAnIdOrATokenIsRealIsNotTold() {
    var events = shop.get("/api/events").ids().size();
    for (var resource : List.of("'id': '01ARZ3NDEKTSV4RRFFQ69G5FAV'", "'id': '" + victim + "'")) {
      var answer =
          stranger.post(
              "/client/profiles",
              Browser.quoted("{'data': {'type': 'profile', " + resource + ", 'attributes': {}}}"));
      assertThat(answer.expect(202).body()).isEmpty();
    }
    assertThat(stranger.track("Ran", "{'_kx': 'nonsense'}").expect(202).body()).isEmpty();
    assertThat(shop.get("/api/events").ids()).hasSize(events);
  }

  @Test
  void nothingCanBeReadWithoutAKey() {
    for (var path : List.of("/client/profiles", "/client/events", "/client/subscriptions")) {
      assertThat(stranger.get(path).status()).isBetween(400, 405);
    }
    assertThat(stranger.get("/api/profiles").status()).isEqualTo(401);
  }

  private String create(String attributes) {
    return shop.post(
            "/api/profiles",
            Browser.quoted("{'data': {'type': 'profile', 'attributes': " + attributes + "}}"))
        .expect(201)
        .id();
  }

  private Answer read(String id) {
    return shop.get("/api/profiles/" + id).expect(200);
  }

  private String attribute(String id, String name) {
    return read(id).at("/data/attributes/" + name).asString("");
  }

  private List<String> found(String filter) {
    return shop.get("/api/profiles?filter=" + Shop.encoded(filter)).expect(200).ids();
  }
}
