package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.hostile.AccountDigest;
import carillon.hostile.BrokenBodies;
import carillon.hostile.BrokenQueries;
import carillon.hostile.Fixtures;
import carillon.hostile.Probe;
import carillon.hostile.RawHttp;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Json;
import carillon.jsonapi.OpenApi;
import carillon.platform.Settings;
import carillon.testing.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks through all operations with generated wrong bodies, parameters, ids, encodings and sizes.
 * Each must be refused in the shape of the API and change nothing, unless it happens to be valid.
 * {@code -Dhostile.each=100000} sends all there are, {@code -Dhostile.seed} repeats a run.
 */
class HostileInputTest {

  private static final int EACH = Integer.getInteger("hostile.each", 45);
  private static final long SEED = Long.getLong("hostile.seed", System.nanoTime() % 1_000_000);

  private static final carillon.platform.db.Database DB = TestDatabase.create();
  private static final Carillon SERVER =
      Carillon.start(
          Settings.read(Map.of("CARILLON_PORT", "0", "CARILLON_RATE_LIMITS", "off"), Path.of(".")),
          DB,
          "a secret for tests only".getBytes(StandardCharsets.UTF_8),
          Clock.systemUTC(),
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private static final RawHttp HTTP = new RawHttp(SERVER.port(), account(), "HOST01");
  private static final AccountDigest DIGEST = new AccountDigest(DB);

  private static int sent;
  private static int refused;

  private static String account() {
    SERVER.accounts().create("HOST01", "Hostile");
    return SERVER.keys().create("HOST01", "full access", Set.of(Caller.EVERYTHING));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    System.out.printf("seed %d: %d hostile requests, %d refused%n", SEED, sent, refused);
  }

  @TestFactory
  Stream<DynamicTest> everyOperationRefusesWhatIsWrongAndChangesNothing() {
    var document = OpenApi.document(SERVER.api().operations(), "Carillon", SERVER.url());
    var fixtures = Fixtures.make(HTTP, document);
    return Probe.operations(document)
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> walk(operation, fixtures)));
  }

  private static void walk(Probe.Target operation, Fixtures fixtures) {
    var random = new Random(SEED + operation.id().hashCode());
    var probes = new ArrayList<Probe>();
    probes.addAll(some(new BrokenBodies(fixtures).of(operation), random));
    probes.addAll(some(new BrokenQueries(fixtures).of(operation), random));
    var faults = new ArrayList<String>();
    DIGEST.settle();
    for (var probe : probes) {
      var answer = HTTP.send(probe);
      sent++;
      faults.addAll(answer.faults().stream().map(fault -> fault + " after " + probe).toList());
      if (answer.status() >= 400) {
        refused++;
        var changed = DIGEST.changed();
        if (!changed.isEmpty()) {
          faults.add("refused with " + answer.status() + ", yet " + changed + " changed: " + probe);
        }
      } else {
        DIGEST.settle();
      }
    }
    assertThat(faults).as("seed %d", SEED).isEmpty();
    assertThat(probes).isNotEmpty();
  }

  private static List<Probe> some(List<Probe> all, Random random) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(EACH, shuffled.size()));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoRequestAtAllIsRefused() {
    return BrokenQueries.raw().stream()
        .map(text ->
            DynamicTest.dynamicTest(
                text.lines().findFirst().orElse("").strip(),
                () -> assertThat(HTTP.sendRaw(text)).isBetween(400, 499)));
  }

  @TestFactory
  Stream<DynamicTest> theShapeOfARefusalIsJson() {
    return Stream.of("/api/nowhere", "/api/tags/%00", "/api/", "/client/nowhere")
        .map(path ->
            DynamicTest.dynamicTest(
                path,
                () -> {
                  var answer = HTTP.send(Probe.get(path));
                  assertThat(answer.status()).isBetween(400, 499);
                  assertThat(Json.read(answer.body()).at("/errors/0/status").intValue())
                      .isEqualTo(answer.status());
                }));
  }
}
