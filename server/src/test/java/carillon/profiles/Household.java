package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.work.Outbox;
import carillon.server.Carillon;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A server whose database and consents a test can reach. It has no workers, so news stays. */
final class Household implements AutoCloseable {

  static final byte[] SECRET = "a secret for tests only".getBytes(StandardCharsets.UTF_8);

  final TestClock clock = new TestClock();
  final Database db = TestDatabase.create();
  final Ids ids = new Ids(clock, new SecureRandom());
  final Consents consents = new Consents(clock, ids, new Outbox(clock));
  private final Carillon server =
      Carillon.start(
          Settings.read(
              Map.of("CARILLON_PORT", "0", "CARILLON_RATE_LIMITS", "off", "CARILLON_ROLES", "api"),
              Path.of(".")),
          db,
          SECRET,
          clock,
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

  Shop shop() {
    return TestServer.shop(server);
  }

  static String create(Shop shop, String attributes) {
    return shop.post(
            "/api/profiles",
            "{\"data\": {\"type\": \"profile\", \"attributes\": %s}}"
                .formatted(attributes.replace('\'', '"')))
        .expect(201)
        .id();
  }

  /** The kinds and contents of the news of an account, oldest first. */
  List<String> news(String account) {
    return db.sql("select kind, payload from outbox where account_id = :account order by id")
        .bind("account", account)
        .list(row -> row.text("kind") + " " + Json.MAPPER.writeValueAsString(row.json("payload")));
  }

  @Override
  public void close() {
    server.close();
  }
}
