package carillon.server;

import carillon.jsonapi.Caller;
import carillon.platform.Secret;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node and serves until told to stop. */
final class Serve {

  private static final Logger LOG = LoggerFactory.getLogger("carillon");

  static int run(Settings settings) {
    var node = start(settings);
    firstAccount(settings, node).ifPresent(Serve::announce);
    node.open();
    LOG.info("Carillon {} listens on {}", Main.VERSION, node.url());
    untilStopped(node);
    return 0;
  }

  /** Starts a node on the database of the settings; it is not ready before it is opened. */
  static Carillon start(Settings settings) {
    return start(settings, Database::open);
  }

  /** The same for a command, which may share the database of a running server. */
  static Carillon startBeside(Settings settings) {
    return start(settings, Database::openBeside);
  }

  private static Carillon start(
      Settings settings, BiFunction<Settings, MeterRegistry, Database> opening) {
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var db = Database.meanwhile(() -> opening.apply(settings, metrics));
    try {
      var secret = SecretFile.of(settings);
      return Carillon.prepare(settings, db, secret, Clock.systemUTC(), metrics);
    } catch (RuntimeException e) {
      db.close();
      throw e;
    }
  }

  /** A new account's public key and private key, which are told this one time. */
  record FirstAccount(String id, String key) {}

  /** Makes the first account of an empty database; empty when there is one. */
  static Optional<FirstAccount> firstAccount(Settings settings, Carillon node) {
    if (!node.accounts().all().isEmpty()) {
      return Optional.empty();
    }
    var account =
        settings
            .companyId()
            .map(id -> node.accounts().create(id, "My shop"))
            .orElseGet(() -> node.accounts().create("My shop"));
    var everything = Set.of(Caller.EVERYTHING);
    var key =
        settings
            .privateKey()
            .map(Secret::value)
            .map(given -> node.keys().create(account.id(), "first key", everything, given))
            .orElseGet(() -> node.keys().create(account.id(), "first key", everything));
    return Optional.of(new FirstAccount(account.id(), key));
  }

  static void announce(FirstAccount first) {
    System.out.println("A new account was made. Its keys are shown this one time:");
    System.out.println("  public key   " + first.id());
    System.out.println("  private key  " + first.key());
  }

  /**
   * Waits for SIGTERM or Ctrl-C, then drains: requests in flight are finished, leases given back.
   */
  static void untilStopped(Carillon node) {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  LOG.info("stopping");
                  node.close();
                  LOG.info("stopped");
                  stopped.countDown();
                }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Serve() {}
}
