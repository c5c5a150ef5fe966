package carillon.bench;

import carillon.jsonapi.Json;
import carillon.segments.Computed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * How soon an event is a membership: 200 live segments, 500 events a second, and twice a second
 * somebody new to a segment, who is looked for from the moment the event was sent. Beside it what
 * 200 live segments cost the intake of events.
 */
final class Freshness {

  static final String ALL_TIME = "{\"type\": \"date\", \"operator\": \"alltime\"}";

  private static final int SEGMENTS = 200;
  private static final int METRICS = 20;
  private static final int RATE = 500;
  private static final int SECONDS = 60;
  private static final int PROBES_A_SECOND = 2;
  private static final int PEOPLE = 100_000;
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    try (var node = Node.start(Map.of())) {
      Intake.people(node);
      var script = Intake.SINGLE.formatted(Wrk.headers(), PEOPLE);
      Wrk.warmUp(node.url(), 64, script);
      var before = intake(node, script, "intake without segments");
      var segments = segments(node);
      Wrk.warmUp(node.url(), 64, script);
      drain(node);
      var with = intake(node, script, "intake with 200 live segments");
      drain(node);
      freshness(node, segments.getFirst());
      segments.forEach(id -> deactivate(node, id));
      drain(node);
      var after = intake(node, script, "intake without segments, again");
      System.out.printf("intake with segments: %.2f of without%n", 2 * with / (before + after));
    }
  }

  static double intake(Node node, String script, String name) {
    var before = Intake.stored(node);
    var started = System.nanoTime();
    var wrk = Wrk.run(node.url(), 64, Intake.SECONDS, script);
    var rate = (Intake.stored(node) - before) / ((System.nanoTime() - started) / 1e9);
    System.out.printf(
        "%-40s %,8.0f events/s  p50 %s  p99 %s  failures %s%n",
        name, rate, wrk.p50(), wrk.p99(), wrk.failures());
    return rate;
  }

  static void drain(Node node) {
    var started = System.nanoTime();
    while (count(node, "select count(*) as n from outbox") > 0) {
      Shell.pause(Duration.ofMillis(50));
    }
    System.out.printf(
        "%-40s %,.1f s%n", "news passed on after", (System.nanoTime() - started) / 1e9);
  }

  static long count(Node node, String sql) {
    return node.db().sql(sql).one(row -> row.number("n"));
  }

  /** The first asks for the metric of the probes. */
  private static List<String> segments(Node node) {
    var metrics = node.db().sql("select id from metric order by name").list(row -> row.text("id"));
    event(node, "probe@example.org", "Probed").run();
    var probed =
        node.db().sql("select id from metric where name = 'Probed'").one(row -> row.text("id"));
    var ids = new ArrayList<String>();
    ids.add(segment(node, did(probed, "greater-than-or-equal", 1, rolling(30, "day"))));
    for (int i = 1; i < SEGMENTS; i++) {
      var metric = metrics.get(i % Math.min(METRICS, metrics.size()));
      ids.add(segment(node, definition(i, metric)));
    }
    var started = System.nanoTime();
    Computed.now(node.db());
    awaitComputed(node);
    System.out.printf(
        "%-40s %,.0f s without rests%n",
        "200 segments of 100,000 people computed", (System.nanoTime() - started) / 1e9);
    return ids;
  }

  static void awaitComputed(Node node) {
    while (count(node, "select count(*) as n from segment where computing is not null") > 0) {
      Shell.pause(Duration.ofMillis(100));
    }
  }

  private static String definition(int i, String metric) {
    return switch (i % 5) {
      case 0 -> did(metric, "greater-than-or-equal", 3, rolling(30, "day"));
      case 1 -> did(metric, "equals", 0, ALL_TIME);
      case 2 -> did(metric, "greater-than", 10 + i, ALL_TIME);
      case 3 -> did(metric, "greater-than-or-equal", 1, rolling(1, "hour"));
      default ->
          "{\"type\": \"profile-property\", \"property\": \"properties['plan %d']\"".formatted(i)
              + ", \"filter\": {\"type\": \"string\", \"operator\": \"equals\", \"value\":"
              + " \"gold\"}}";
    };
  }

  static String rolling(int quantity, String unit) {
    return "{\"type\": \"date\", \"operator\": \"in-the-last\", \"unit\": \"%s\", \"quantity\": %d}"
        .formatted(unit, quantity);
  }

  static String did(String metric, String operator, int times, String time) {
    return """
    {"type": "profile-metric", "metric_id": "%s", "measurement": "count",
     "measurement_filter": {"type": "numeric", "operator": "%s", "value": %d},
     "timeframe_filter": %s}
    """
        .formatted(metric, operator, times, time);
  }

  static String segment(Node node, String condition) {
    var body =
        """
        {"data": {"type": "segment", "attributes": {"name": "Bench", "definition":
          {"condition_groups": [{"conditions": [%s]}]}}}}
        """
            .formatted(condition);
    return node.call("POST", "/api/segments", body).at("/data/id").asString();
  }

  private static void deactivate(Node node, String id) {
    node.call(
        "PATCH",
        "/api/segments/" + id,
        """
        {"data": {"type": "segment", "id": "%s", "attributes": {"is_active": false}}}
        """
            .formatted(id));
  }

  private static Runnable event(Node node, String email, String metric) {
    ObjectNode body = Json.object();
    var attributes = body.putObject("data").put("type", "event").putObject("attributes");
    attributes.putObject("properties").put("Brand", "Acme");
    attributes.put("unique_id", metric + System.nanoTime() + email);
    attributes
        .putObject("metric")
        .putObject("data")
        .put("type", "metric")
        .putObject("attributes")
        .put("name", metric);
    attributes
        .putObject("profile")
        .putObject("data")
        .put("type", "profile")
        .putObject("attributes")
        .put("email", email);
    return () -> node.call("POST", "/api/events", body.toString());
  }

  /** Events at an even rate, whatever the server makes of them; probes among them. */
  private static void freshness(Node node, String segment) {
    var late = new ArrayList<Long>();
    var sent = new AtomicLong();
    var stop = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> load(node, threads, sent, stop));
      for (int i = 0; System.nanoTime() < stop; i++) {
        late.add(probe(node, segment, "probe%d@example.org".formatted(i)));
        Shell.pause(Duration.ofMillis(1000 / PROBES_A_SECOND));
      }
    }
    late.sort(null);
    System.out.printf(
        "%-40s p50 %d ms  p99 %d ms  slowest %d ms  (%d probes, %d events/s)%n",
        "event in to member, 200 live segments",
        late.get(late.size() / 2),
        late.get((int) (late.size() * 0.99)),
        late.getLast(),
        late.size(),
        sent.get() / SECONDS);
  }

  private static void load(
      Node node, java.util.concurrent.ExecutorService threads, AtomicLong sent, long stop) {
    var gap = Duration.ofSeconds(1).toNanos() / RATE;
    var next = System.nanoTime();
    while (next < stop) {
      var wait = next - System.nanoTime();
      if (wait > 0) {
        Shell.pause(Duration.ofNanos(wait));
      }
      var number = sent.incrementAndGet();
      var person = "person%d@example.org".formatted(1 + number * 7919 % PEOPLE);
      threads.submit(event(node, person, "Viewed Product " + number % METRICS));
      next += gap;
    }
  }

  private static long probe(Node node, String segment, String email) {
    var started = System.nanoTime();
    event(node, email, "Probed").run();
    while (!isMember(node, segment, email)) {
      if (System.nanoTime() - started > PATIENCE) {
        throw new IllegalStateException(email + " has not become a member");
      }
      Shell.pause(LOOK);
    }
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }

  private static boolean isMember(Node node, String segment, String email) {
    return node.db()
        .sql(
            """
            select m.profile_id from profile_identifier i
            join segment s on s.account_id = i.account_id and s.id = :segment
            join segment_member m on m.account_id = i.account_id and m.segment_id = s.id
              and m.generation = s.generation and m.profile_id = i.profile_id
            where i.account_id = :account and i.kind = 'email' and i.value = :email
            """)
        .bind("account", Node.ACCOUNT)
        .bind("segment", segment)
        .bind("email", email)
        .first(row -> row.text("profile_id"))
        .isPresent();
  }

  private Freshness() {}
}
