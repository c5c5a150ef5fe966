package carillon.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * What computing segments takes from intake and sending: the same load with and without segments
 * that are redefined over and over, in turns, with 100,000 people and more than a million events.
 */
final class Aside {

  private static final int PEOPLE = 100_000;
  private static final int RECIPIENTS = 20_000;
  private static final int TURNS = 2;

  private final Node node;
  private final List<String> metrics;
  private final List<String> segments;

  /** Over a node that has events. */
  private Aside(Node node) {
    this.node = node;
    this.metrics =
        node.db()
            .sql("select id from metric where name like 'Viewed Product%' order by name")
            .list(row -> row.text("id"));
    this.segments =
        IntStream.range(0, 5).mapToObj(i -> Freshness.segment(node, definition(i, 0))).toList();
    Freshness.awaitComputed(node);
  }

  private interface Load {
    double rate();
  }

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    var sink =
        Shell.start(
            List.of(
                "/usr/sbin/smtp-sink",
                "-u",
                "nobody",
                "-c",
                "127.0.0.1:" + Sending.SINK_PORT,
                "1000"));
    var smtp = "smtp://127.0.0.1:" + Sending.SINK_PORT + "?starttls=none";
    try (var node = Node.start(Map.of("CARILLON_SMTP_URL", smtp))) {
      Intake.people(node);
      var list = list(node);
      var script = Intake.SINGLE.formatted(Wrk.headers(), PEOPLE);
      Wrk.warmUp(node.url(), 64, script);
      Intake.store(node, 1);
      send(node, list);
      var aside = new Aside(node);
      aside.compare(
          "intake, events/s",
          () -> Freshness.intake(node, script, "single events, 64 connections"));
      aside.compare("sending, mails/s", () -> send(node, list));
    } finally {
      sink.destroy();
    }
  }

  private void compare(String name, Load load) {
    double without = 0;
    double with = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      Freshness.drain(node);
      without += load.rate();
      Freshness.drain(node);
      with += beside(load);
    }
    System.out.printf(
        "%-40s %,.0f without, %,.0f while segments are computed: %.2f%n",
        name, without / TURNS, with / TURNS, with / without);
  }

  /** The rate while segments are redefined as soon as they are computed. */
  private double beside(Load load) {
    var ending = new AtomicBoolean();
    var redefining = Thread.ofVirtual().start(() -> redefine(ending));
    try {
      return load.rate();
    } finally {
      ending.set(true);
      join(redefining);
    }
  }

  private void redefine(AtomicBoolean ending) {
    int round = 1;
    for (; !ending.get(); round++) {
      for (int i = 0; i < segments.size(); i++) {
        redefine(segments.get(i), definition(i, round));
      }
      Freshness.awaitComputed(node);
    }
    System.out.printf("%-40s %d%n", "segments computed meanwhile", (round - 1) * segments.size());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String definition(int i, int round) {
    var month = Freshness.rolling(30, "day");
    var turn = round % 2;
    return switch (i) {
      case 0 -> Freshness.did(metrics.get(0), "greater-than-or-equal", 3 + turn, month);
      case 1 -> Freshness.did(metrics.get(1), "equals", turn, Freshness.ALL_TIME);
      case 2 -> Freshness.did(metrics.get(2), "greater-than", 1 + turn, Freshness.ALL_TIME);
      case 3 ->
          """
          {"type": "profile-metric-funnel", "timeframe_filter": %s,
           "completion_window_seconds": "%s", "steps": [
             {"metric_exists": true, "metric_id": "%s"}, {"metric_exists": true, "metric_id": "%s"}]}
          """
              .formatted(month, turn == 0 ? "WEEKS_1" : "DAYS_1", metrics.get(3), metrics.get(4));
      default ->
          """
          {"type": "profile-property", "property": "email",
           "filter": {"type": "string", "operator": "contains", "value": "%d"}}
          """
              .formatted(turn);
    };
  }

  private void redefine(String id, String condition) {
    node.call(
        "PATCH",
        "/api/segments/" + id,
        """
        {"data": {"type": "segment", "id": "%s", "attributes": {"definition":
          {"condition_groups": [{"conditions": [%s]}]}}}}
        """
            .formatted(id, condition));
  }

  private static String list(Node node) {
    var list = Sending.list(node);
    node.db()
        .sql(
            """
            insert into list_member (account_id, list_id, profile_id, joined_at)
            select account_id, :list, profile_id, now() from profile
            order by profile_id limit :recipients
            """)
        .bind("list", list)
        .bind("recipients", RECIPIENTS)
        .run();
    return list;
  }

  private static double send(Node node, String list) {
    var campaign = Sending.create(node, list);
    var started = System.nanoTime();
    node.call(
        "POST",
        "/api/campaign-send-jobs",
        Sending.identified("campaign-send-job", campaign).toString());
    var rate = RECIPIENTS / Sending.waitUntilSent(node, campaign, started);
    System.out.printf("%-40s %,8.0f mails/s%n", "campaign of 20,000", rate);
    return rate;
  }
}
