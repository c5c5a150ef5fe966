package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.hostile.AccountDigest;
import carillon.hostile.BrokenBodies;
import carillon.hostile.Fixtures;
import carillon.hostile.Probe;
import carillon.hostile.RawHttp;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Dispatcher;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.OpenApi;
import carillon.jsonapi.Operation;
import carillon.jsonapi.RateLimiter;
import carillon.platform.db.Database;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A dry run of every writing operation, with good and broken bodies: it changes nothing, and is
 * refused exactly when the request itself is.
 */
class TrialTest {

  private static final int EACH = 12;

  /** What is larger is refused by the web server, which dry runs do not pass. */
  private static final int LARGEST = 1_000_000;

  private static final long SEED = Long.getLong("trial.seed", System.nanoTime() % 1_000_000);
  private static final String COMPANY = "TRIAL1";

  private static final TestClock CLOCK = new TestClock();
  private static final Database DB = TestDatabase.create();
  private static final Carillon SERVER = TestServer.start(Map.of(), DB, CLOCK);
  private static final String KEY = key();
  private static final RawHttp HTTP = new RawHttp(SERVER.port(), KEY, COMPANY);
  private static final AccountDigest DIGEST = new AccountDigest(DB);

  /** They act on what they fetch, so that a dry run cannot know how they end. */
  private static final Set<String> UNTRIED =
      SERVER.api().operations().stream()
          .filter(one -> one.has(Operation.Effect.FETCHES))
          .map(Operation::id)
          .collect(Collectors.toSet());

  private static final Dispatcher DISPATCHER =
      new Dispatcher(
          SERVER.api().operations(),
          SERVER.keys(),
          new RateLimiter(CLOCK, 0),
          CLOCK,
          SERVER.url(),
          "a secret for tests only".getBytes(StandardCharsets.UTF_8),
          () -> UUID.randomUUID().toString(),
          (_, failure) -> {
            throw failure;
          },
          DB::tryOut);

  private static String key() {
    SERVER.accounts().create(COMPANY, "Tried");
    return SERVER.keys().create(COMPANY, "full access", Set.of(Caller.EVERYTHING));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> aDryRunKnowsWhatWouldBeRefusedAndChangesNothing() {
    var document = OpenApi.document(SERVER.api().operations(), "Carillon", SERVER.url());
    var fixtures = Fixtures.make(HTTP, document);
    var writing =
        SERVER.api().operations().stream()
            .filter(one -> !one.readsOnly())
            .map(Operation::id)
            .collect(Collectors.toSet());
    return Probe.operations(document)
        .filter(operation -> writing.contains(operation.id()) && !operation.multipart())
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.id(), () -> walk(operation, new BrokenBodies(fixtures))));
  }

  private static void walk(Probe.Target operation, BrokenBodies bodies) {
    var random = new Random(SEED + operation.id().hashCode());
    var probes = new ArrayList<>(bodies.of(operation));
    probes.removeIf(probe -> probe.body().length > LARGEST);
    Collections.shuffle(probes, random);
    probes.subList(Math.min(EACH, probes.size()), probes.size()).clear();
    probes.add(bodies.good(operation));
    var faults = new ArrayList<String>();
    for (var probe : probes) {
      DIGEST.settle();
      var tried = check(probe);
      DIGEST.changed().forEach(table -> faults.add(table + " changed in a dry run of " + probe));
      var answer = HTTP.send(probe);
      var known = answer.status() < 300 ? tried == 200 : tried == answer.status();
      if (!known && !UNTRIED.contains(operation.id())) {
        faults.add("a dry run answers %d, yet %s".formatted(tried, answer) + " to " + probe);
      }
    }
    assertThat(faults).as("seed %d", SEED).isEmpty();
  }

  private static int check(Probe probe) {
    var parts = probe.path().split("\\?", 2);
    var query = parts.length > 1 ? parts[1] : "";
    var client = parts[0].startsWith("/client/");
    return DISPATCHER
        .check(
            new HttpRequest(
                probe.method(),
                parts[0],
                client ? "company_id=" + COMPANY : query,
                name ->
                    switch (name.toLowerCase(java.util.Locale.ROOT)) {
                      case "authorization" -> "Klaviyo-API-Key " + KEY;
                      case "revision" -> "2026-04-15";
                      case "content-type" -> probe.contentType().orElse(null);
                      default -> null;
                    },
                probe.body()))
        .status();
  }
}
