package carillon.testing;

import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.fetch.AddressPolicy;
import carillon.server.Carillon;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole server on a real database, one for all tests of a JVM. Tests take a {@link #shop} each,
 * so that they can run beside each other without cleaning up.
 */
public final class TestServer {

  private static final AtomicInteger SHOPS = new AtomicInteger();

  /** The clock of the shared server; only to be moved by tests that no other test can feel. */
  public static final TestClock CLOCK = new TestClock();

  /** A new account without rate limits. */
  public static Shop shop() {
    return shop(Shared.SERVER);
  }

  /** A new account on a server. */
  public static Shop shop(Carillon server) {
    var id = "T%05d".formatted(SHOPS.incrementAndGet());
    return new Shop(server.url(), id, server.createAccount(id, "Test shop " + id));
  }

  /** The shared server. */
  public static Carillon shared() {
    return Shared.SERVER;
  }

  /** Another server with settings of its own, to be closed by who asked for it. */
  public static Carillon start(Map<String, String> settings, TestClock clock) {
    return start(settings, TestDatabase.create(), clock, AddressPolicy.publicOnly());
  }

  /** The same on a database that the test looks into. */
  public static Carillon start(Map<String, String> settings, Database db, TestClock clock) {
    return start(settings, db, clock, AddressPolicy.publicOnly());
  }

  /** The same, fetching from the addresses a policy allows. */
  public static Carillon start(Map<String, String> settings, TestClock clock, AddressPolicy reach) {
    return start(settings, TestDatabase.create(), clock, reach);
  }

  private static Carillon start(
      Map<String, String> settings, Database db, TestClock clock, AddressPolicy reach) {
    var all = new java.util.HashMap<>(Map.of("CARILLON_PORT", "0", "CARILLON_RATE_LIMITS", "off"));
    all.putAll(settings);
    return Carillon.start(
        Settings.read(all, Path.of(".")),
        db,
        "a secret for tests only".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        clock,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        reach);
  }

  private static final class Shared {
    static final Carillon SERVER = start(Map.of(), CLOCK);
  }

  private TestServer() {}
}
