package carillon.catalogs;

import static carillon.catalogs.Shelf.VARIANTS;
import static carillon.catalogs.Shelf.id;
import static carillon.catalogs.Shelf.json;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackInStockTest {

  private static final String SERVER = "/api/back-in-stock-subscriptions";
  private static final String CLIENT = "/client/back-in-stock-subscriptions";
  private static final String ADA = "'attributes': {'email': 'ada@example.com'}";

  private static final String BOTH =
      "'attributes': {'email': 'ada@example.com', 'phone_number': '+12015550142'}";

  private final TestClock clock = new TestClock();
  private final Database db = TestDatabase.create();
  private final Carillon server = TestServer.start(Map.of(), db, clock);
  private Shop shop;
  private Shelf shelf;
  private String red;

  @BeforeEach
  void open() {
    shop = TestServer.shop(server);
    shelf = new Shelf(shop);
    red = shelf.variant("red", shelf.item("mug"));
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void whoWaitsIsRememberedAndAnEventTellsOfIt() {
    var answer = shop.post(SERVER, body("'EMAIL', 'PUSH'", ADA, red)).expect(202);
    assertThat(answer.body()).isEmpty();
    var ada = onlyProfile();
    assertThat(waiting()).containsExactly(ada + " red EMAIL", ada + " red PUSH");

    var event = shop.get("/api/events?include=metric,profile").expect(200);
    assertThat(event.ids()).hasSize(1);
    var properties = event.at("/data/0/attributes/event_properties");
    assertThat(properties.get("ProductID").stringValue()).isEqualTo("mug");
    assertThat(properties.get("ProductName").stringValue()).isEqualTo("Mug mug");
    assertThat(properties.get("VariantID").stringValue()).isEqualTo("red");
    assertThat(properties.get("VariantName").stringValue()).isEqualTo("Red mug red");
    assertThat(properties.get("SKU").stringValue()).isEqualTo("sku-red");
    assertThat(properties.get("Channels").toString()).isEqualTo("[\"EMAIL\",\"PUSH\"]");
    assertThat(event.body()).contains("Subscribed to Back in Stock").contains("\"Klaviyo\"");
  }

  @Test
  void waitingIsNoConsent() {
    shop.post(SERVER, body("'EMAIL', 'SMS'", BOTH, red)).expect(202);
    var profile =
        shop.get("/api/profiles/" + onlyProfile() + "?additional-fields[profile]=subscriptions")
            .expect(200);
    assertThat(profile.text("/data/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    assertThat(profile.text("/data/attributes/subscriptions/sms/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
  }

  @Test
  void whoAsksAgainWaitsSinceTheFirstTime() {
    shop.post(SERVER, body("'EMAIL'", ADA, red)).expect(202);
    var since = since();
    clock.tick(Duration.ofMinutes(5));
    shop.post(SERVER, body("'EMAIL'", ADA, red)).expect(202);
    assertThat(since()).isEqualTo(since);
    assertThat(shop.get("/api/events").ids()).hasSize(2);
  }

  @Test
  void anUnknownVariantIsToldInItsOwnWords() {
    for (var path : List.of(SERVER, CLIENT)) {
      var answer = send(path, body("'EMAIL'", ADA, id("green"))).expect(404);
      assertThat(answer.text("/errors/0/code")).isEqualTo("variant_not_found");
      assertThat(answer.text("/errors/0/title"))
          .isEqualTo("The variant in your relationship payload does not exist");
      assertThat(answer.text("/errors/0/detail"))
          .isEqualTo("The variant in your relationship payload does not exist");
      assertThat(answer.text("/errors/0/source/pointer"))
          .isEqualTo("/data/relationships/variant/data/id");
    }
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void aChannelNeedsItsAddress() {
    for (var path : List.of(SERVER, CLIENT)) {
      var answer = send(path, body("'EMAIL', 'SMS'", ADA, red)).expect(400);
      assertThat(answer.text("/errors/0/source/pointer"))
          .isEqualTo("/data/attributes/profile/data/attributes/phone_number");
      send(path, body("'EMAIL'", "'attributes': {}", red)).expect(400);
      send(path, body("", ADA, red)).expect(400);
      send(path, body("'FAX'", ADA, red)).expect(400);
      send(path, body("'EMAIL'", ADA, red).replace("\"id\"", "\"di\"")).expect(400);
    }
    var nobody =
        "{'data': {'type': 'back-in-stock-subscription', 'attributes': {'channels': ['EMAIL']},"
            + " 'relationships': {'variant': {'data': {'type': 'catalog-variant', 'id': '%s'}}}}}";
    shop.post(SERVER, json(nobody.formatted(red))).expect(400);
    shop.post(SERVER, body("'EMAIL'", "'id': '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'attributes': {}", red))
        .expect(404);
    assertThat(waiting()).isEmpty();
    assertThat(shop.get("/api/profiles").ids()).isEmpty();
  }

  @Test
  void aPageAsksForAVisitor() {
    assertThat(claim("'EMAIL'", ADA).expect(202).body()).isEmpty();
    assertThat(waiting()).containsExactly(onlyProfile() + " red EMAIL");
    assertThat(shop.get("/api/events").ids()).hasSize(1);
  }

  @Test
  void aStrangerLearnsAndChangesNothing() {
    var ada =
        shop.post(
                "/api/profiles",
                json("{'data': {'type': 'profile', 'attributes': {'email': 'ada@example.com'}}}"))
            .expect(201)
            .id();
    claim("'EMAIL', 'SMS'", BOTH).expect(202);
    var read = shop.get("/api/profiles/" + ada).expect(200);
    assertThat(read.at("/data/attributes/phone_number").isNull()).isTrue();
    assertThat(waiting()).containsExactly(ada + " red EMAIL", ada + " red SMS");

    for (var reference :
        List.of(
            "'id': '" + ada + "', 'attributes': {}",
            "'id': '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'attributes': {}")) {
      assertThat(claim("'PUSH'", reference).expect(202).body()).isEmpty();
    }
    assertThat(shop.get("/api/profiles").ids()).containsExactly(ada);
    assertThat(waiting()).hasSize(3);
  }

  @Test
  void nobodyWaitsForWhatIsNoLongerThere() {
    var blue = shelf.variant("blue", id("mug"));
    shop.post(SERVER, body("'EMAIL'", ADA, red)).expect(202);
    shop.post(SERVER, body("'EMAIL'", ADA, blue)).expect(202);
    shop.delete(VARIANTS + "/" + blue).expect(204);
    assertThat(waiting()).hasSize(1);
    shop.delete("/api/catalog-items/" + id("mug")).expect(204);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoIsMergedOrForgottenTakesTheirWaitingAlong() {
    shop.post(SERVER, body("'EMAIL'", ADA, red)).expect(202);
    var ada = onlyProfile();
    shop.post(SERVER, body("'SMS'", "'attributes': {'phone_number': '+12015550143'}", red))
        .expect(202);
    var other =
        shop.get("/api/profiles").ids().stream().filter(id -> !id.equals(ada)).findFirst().get();
    shop.post(
            "/api/profile-merge",
            json(
                """
                {'data': {'type': 'profile-merge', 'id': '%s', 'relationships': {'profiles':
                  {'data': [{'type': 'profile', 'id': '%s'}]}}}}
                """
                    .formatted(ada, other)))
        .expect(201);
    shop.eventually(() -> shop.get("/api/profiles"), answer -> answer.ids().size() == 1);
    assertThat(waiting()).containsExactly(ada + " red EMAIL", ada + " red SMS");

    shop.post(
            "/api/data-privacy-deletion-jobs",
            json(
                """
                {'data': {'type': 'data-privacy-deletion-job', 'attributes': {'profile': {'data':
                  {'type': 'profile', 'id': '%s', 'attributes': {}}}}}}
                """
                    .formatted(ada)))
        .expect(202);
    shop.eventually(() -> shop.get("/api/profiles"), answer -> answer.ids().isEmpty());
    assertThat(waiting()).isEmpty();
  }

  private Answer send(String path, String body) {
    return path.equals(SERVER) ? shop.post(path, body) : client(body);
  }

  private Answer claim(String channels, String profile) {
    return client(body(channels, profile, red));
  }

  private Answer client(String body) {
    return Shop.send(
        HttpRequest.newBuilder(URI.create(server.url() + CLIENT + "?company_id=" + shop.account()))
            .header("revision", "2026-04-15")
            .header("Content-Type", "application/vnd.api+json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String body(String channels, String profile, String variant) {
    return json(
        """
        {'data': {'type': 'back-in-stock-subscription',
          'attributes': {'channels': [%s], 'profile': {'data': {'type': 'profile', %s}}},
          'relationships': {'variant': {'data': {'type': 'catalog-variant', 'id': '%s'}}}}}
        """
            .formatted(channels, profile, variant));
  }

  private String onlyProfile() {
    var all = shop.get("/api/profiles").ids();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<String> waiting() {
    return db.sql(
            """
            select profile_id || ' ' || split_part(variant_id, ':::', 3) || ' ' || channel as row
            from back_in_stock_subscription where account_id = :account order by 1
            """)
        .bind("account", shop.account())
        .list(row -> row.text("row"));
  }

  private String since() {
    return db.sql(
            """
            select max(created_at)::text as at from back_in_stock_subscription
            where account_id = :account
            """)
        .bind("account", shop.account())
        .one(row -> row.text("at"));
  }
}
