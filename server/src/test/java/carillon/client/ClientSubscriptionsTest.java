package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClientSubscriptionsTest {

  private static final Pattern MAIL = Pattern.compile("/outbox/[0-9A-Z]{26}");
  private static final Pattern LINK = Pattern.compile("/confirm/[\\w-]+");
  private static final String EMAIL = "'email': {'marketing': {'consent': 'SUBSCRIBED'}}";
  private static final String SMS = "'sms': {'marketing': {'consent': 'SUBSCRIBED'}}";
  private static final String BOTH = "'email': 'ada@example.com', 'phone_number': '+12015550150'";

  private static Carillon server;

  private final Shop shop = TestServer.shop(server);
  private final Browser browser = Browser.of(server.url(), shop.account());

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), new TestClock());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoNamesNoChannelSubscribesToAllByWhichTheyCanBeReached() {
    var list = list("single_opt_in");
    var answer = subscribe(list, BOTH + ", 'first_name': 'Ada'", "");

    assertThat(answer.expect(202).body()).isEmpty();
    var ada = only(list);
    assertThat(consent(ada, "email")).isEqualTo("SUBSCRIBED");
    assertThat(consent(ada, "sms")).isEqualTo("SUBSCRIBED");
    var profile = read(ada);
    assertThat(profile.text("/data/attributes/first_name")).isEqualTo("Ada");
    assertThat(profile.text("/data/attributes/properties/$source")).isEqualTo("Footer");
    var marketing = "/data/attributes/subscriptions/email/marketing/";
    assertThat(profile.text(marketing + "method")).isEqualTo("CLIENT_SUBSCRIBE");
    assertThat(profile.text(marketing + "custom_method_detail")).isEqualTo("Footer");
  }

  @Test
  void whoNamesChannelsSubscribesToThoseOnly() {
    var list = list("single_opt_in");
    subscribe(list, BOTH, EMAIL).expect(202);

    assertThat(consent(only(list), "email")).isEqualTo("SUBSCRIBED");
    assertThat(consent(only(list), "sms")).isEqualTo("NEVER_SUBSCRIBED");
  }

  @Test
  void aDoubleOptInListShowsNothingBeforeTheClick() {
    var list = list("double_opt_in");
    subscribe(list, "'email': 'ada@example.com', 'first_name': 'Ada'", "").expect(202);
    assertThat(shop.get("/api/profiles").ids()).isEmpty();

    page("POST", link()).expect(200);

    var ada = only(list);
    assertThat(consent(ada, "email")).isEqualTo("SUBSCRIBED");
    assertThat(read(ada).text("/data/attributes/first_name")).isEqualTo("Ada");
  }

  @Test
  void aKnownAddressWithTheNumberOfAStrangerSubscribesTwoAndChangesNeither() {
    var list = list("single_opt_in");
    var ada = create("{'email': 'ada@example.com', 'phone_number': '+12015550111'}");

    subscribe(list, BOTH, "").expect(202);

    assertThat(read(ada).text("/data/attributes/phone_number")).isEqualTo("+12015550111");
    assertThat(consent(ada, "email")).isEqualTo("SUBSCRIBED");
    assertThat(consent(ada, "sms")).isEqualTo("NEVER_SUBSCRIBED");
    var other = found("equals(phone_number,\"+12015550150\")");
    assertThat(consent(other, "sms")).isEqualTo("SUBSCRIBED");
    assertThat(members(list)).containsExactlyInAnyOrder(ada, other);
  }

  @Test
  void nobodyIsSubscribedByTheirExternalId() {
    var list = list("single_opt_in");
    var victim = create("{'email': 'victim@example.com', 'external_id': 'v1'}");

    subscribe(list, "'email': 'ada@example.com', 'external_id': 'v1'", "").expect(202);

    assertThat(consent(victim, "email")).isEqualTo("NEVER_SUBSCRIBED");
    assertThat(members(list)).doesNotContain(victim).hasSize(1);
    assertThat(read(victim).text("/data/attributes/email")).isEqualTo("victim@example.com");
  }

  @Test
  void whatIsMissingIsTold() {
    var list = list("single_opt_in");
    assertThat(subscribe(list, "'first_name': 'Ada'", "").expect(400).details())
        .containsExactly("An email or a phone_number is required.");
    subscribe(list, "'email': 'ada@example.com'", SMS).expect(400);
    subscribe("NONE00", "'email': 'ada@example.com'", "").expect(404);
    subscribe(
            list,
            "'email': 'ada@example.com'",
            "'email': {'marketing': {'consent': 'SUBSCRIBED', 'consented_at':"
                + " '2020-01-01T00:00:00Z'}}")
        .expect(400);
    var without =
        "{'data': {'type': 'subscription', 'attributes': {'profile': {'data': {'type': 'profile',"
            + " 'attributes': {'email': 'ada@example.com'}}}}, 'relationships': {'list': {}}}}";
    assertThat(browser.post("/client/subscriptions", Browser.quoted(without)).expect(400).details())
        .containsExactly("A list is required.");
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void aDeviceIsRegisteredMovesToWhoBringsItLastAndIsForgotten() {
    token("push-tokens", "t1", "'email': 'ada@example.com'").expect(202);
    assertThat(owners()).containsExactly("ada@example.com");

    token("push-tokens", "t1", "'email': 'bob@example.com'").expect(202);
    assertThat(owners()).containsExactly("bob@example.com");

    token("push-token-unregister", "t1", "'email': 'ada@example.com'").expect(202);
    token("push-token-unregister", "t1", "'email': 'nobody@example.com'").expect(202);
    token("push-token-unregister", "none", "'email': 'bob@example.com'").expect(202);
    assertThat(owners()).containsExactly("bob@example.com");
    assertThat(shop.get("/api/profiles").ids()).hasSize(2);

    token("push-token-unregister", "t1", "'email': 'bob@example.com'").expect(202);
    assertThat(owners()).isEmpty();
    token("push-tokens", "t2", "'first_name': 'Nobody'").expect(400);
    token("push-tokens", "t2", "'_kx': 'nonsense'").expect(202);
    assertThat(owners()).isEmpty();
  }

  @Test
  void aDeviceChangesNoIdentifierOfItsPerson() {
    var ada = create("{'email': 'ada@example.com'}");
    token("push-tokens", "t1", "'email': 'ada@example.com', 'external_id': 'x'").expect(202);

    assertThat(read(ada).at("/data/attributes/external_id").isNull()).isTrue();
    assertThat(owners()).containsExactly("ada@example.com");
  }

  private Answer token(String path, String token, String profile) {
    var type = path.equals("push-tokens") ? "push-token" : path;
    return browser.post(
        "/client/" + path,
        Browser.quoted(
            """
            {'data': {'type': '%s', 'attributes': {'token': '%s', 'platform': 'ios',
              'vendor': 'apns', 'profile': {'data': {'type': 'profile', 'attributes': {%s}}}}}}
            """
                .formatted(type, token, profile)));
  }

  private List<String> owners() {
    var all = new ArrayList<String>();
    shop.get("/api/push-tokens?include=profile")
        .expect(200)
        .at("/included")
        .forEach(profile -> all.add(profile.at("/attributes/email").stringValue()));
    return all;
  }

  private Answer subscribe(String list, String profile, String channels) {
    return browser.post(
        "/client/subscriptions",
        Browser.quoted(
            """
            {'data': {'type': 'subscription', 'attributes': {'custom_source': 'Footer',
              'profile': {'data': {'type': 'profile', 'attributes': {%s%s}}}},
              'relationships': {'list': {'data': {'type': 'list', 'id': '%s'}}}}}
            """
                .formatted(
                    profile,
                    channels.isEmpty() ? "" : ", 'subscriptions': {" + channels + "}",
                    list)));
  }

  private String list(String optIn) {
    return shop.post(
            "/api/lists",
            Browser.quoted(
                "{'data': {'type': 'list', 'attributes': {'name': 'News', 'opt_in_process': '"
                    + optIn
                    + "'}}}"))
        .expect(201)
        .id();
  }

  private String create(String attributes) {
    return shop.post(
            "/api/profiles",
            Browser.quoted("{'data': {'type': 'profile', 'attributes': " + attributes + "}}"))
        .expect(201)
        .id();
  }

  private List<String> members(String list) {
    return shop.get("/api/lists/" + list + "/profiles").expect(200).ids();
  }

  private String only(String list) {
    var members = members(list);
    assertThat(members).hasSize(1);
    return members.getFirst();
  }

  private Answer read(String id) {
    return shop.get("/api/profiles/" + id + "?additional-fields[profile]=subscriptions")
        .expect(200);
  }

  private String consent(String id, String channel) {
    return read(id).text("/data/attributes/subscriptions/" + channel + "/marketing/consent");
  }

  private String found(String filter) {
    return shop.get("/api/profiles?filter=" + Shop.encoded(filter)).expect(200).ids().getFirst();
  }

  /** The link in the only mail to this address on this server. */
  private static String link() {
    var found = new ArrayList<String>();
    Eventually.check(() -> {
      MAIL.matcher(page("GET", "/outbox").body())
          .results()
          .forEach(mail -> found.add(mail.group()));
      assertThat(found).isNotEmpty();
    });
    var link = LINK.matcher(page("GET", found.getFirst() + "/html").expect(200).body());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private static Answer page(String method, String path) {
    return Shop.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.noBody())
            .build());
  }
}
