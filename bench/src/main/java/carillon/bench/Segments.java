package carillon.bench;

import carillon.platform.db.Database;
import carillon.platform.db.EmbeddedPostgres;
import carillon.platform.db.Statement;
import carillon.segments.Compiled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole segments of six kinds: the SQL that definitions are compiled to, beside SQL written by hand
 * for the same answer, in turns. {@code --people N} and {@code --events N} change the size, {@code
 * --data FOLDER} keeps what was filled for the next run, {@code --explain} prints the plans.
 */
final class Segments {

  private static final int TURNS = 7;

  private static final String GOLD =
      """
      {"conditions": [{"type": "profile-property", "property": "properties['plan']",
        "filter": {"type": "string", "operator": "equals", "value": "gold"}}]}\
      """;
  private static final String NOT_ON_THE_LIST =
      """
      {"conditions": [{"type": "profile-group-membership", "is_member": false,
        "group_ids": ["LIST01"]}]}\
      """;
  private static final String LAST_30_DAYS =
      """
      {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 30}\
      """;

  private record Kind(String name, List<String> groups, String byHand) {
    String definition() {
      return "{\"condition_groups\": [" + String.join(",", groups) + "]}";
    }
  }

  private static final String THREE_TIMES =
      """
      select p.profile_id
      from (select profile_id from event
        where account_id = :account and metric_id = '%s'
          and at > timestamptz '2026-10-02T00:00:00Z' and at <= timestamptz '2026-11-01T00:00:00Z'
        group by profile_id having count(*) >= 3) e
      join profile p on p.profile_id = e.profile_id
      where p.account_id = :account and p.properties ->> 'plan' = 'gold'
        and not exists (select from list_member l where l.account_id = :account
          and l.list_id = 'LIST01' and l.profile_id = p.profile_id)\
      """;

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "a property",
              List.of(GOLD),
              """
              select profile_id from profile
              where account_id = :account and properties ->> 'plan' = 'gold'\
              """),
          new Kind(
              "3 times in 30 days, a property, not on a list",
              List.of(did("METR03", "count", ">= 3", LAST_30_DAYS), GOLD, NOT_ON_THE_LIST),
              THREE_TIMES.formatted("METR03")),
          new Kind(
              "the same on the hottest metric",
              List.of(did("METR01", "count", ">= 3", LAST_30_DAYS), GOLD, NOT_ON_THE_LIST),
              THREE_TIMES.formatted("METR01")),
          new Kind(
              "a sum over all time",
              List.of(did("METR03", "sum", "> 40", alltime())),
              """
              select p.profile_id
              from (select profile_id from event where account_id = :account and metric_id = 'METR03'
                group by profile_id having sum(value) > 40) e
              join profile p on p.profile_id = e.profile_id
              where p.account_id = :account\
              """),
          new Kind(
              "never did",
              List.of(did("METR03", "count", "= 0", alltime())),
              """
              select p.profile_id from profile p
              where p.account_id = :account and not exists (select from event e
                where e.account_id = :account and e.metric_id = 'METR03'
                  and e.profile_id = p.profile_id)\
              """),
          new Kind(
              "a funnel of two steps within a week",
              List.of(
                  """
                  {"conditions": [{"type": "profile-metric-funnel", "timeframe_filter": %s,
                    "completion_window_seconds": "WEEKS_1",
                    "steps": [{"metric_exists": true, "metric_id": "METR02"},
                      {"metric_exists": true, "metric_id": "METR03"}]}]}\
                  """
                      .formatted(LAST_30_DAYS)),
              """
              select p.profile_id from profile p
              where p.account_id = :account and p.profile_id in (
                select a.profile_id from event a
                join event b on b.profile_id = a.profile_id
                  and (b.at, b.seq) > (a.at, a.seq) and b.at <= a.at + interval '7 days'
                where a.account_id = :account and a.metric_id = 'METR02'
                  and a.at > timestamptz '2026-10-02T00:00:00Z'
                  and a.at <= timestamptz '2026-11-01T00:00:00Z'
                  and b.account_id = :account and b.metric_id = 'METR03'
                  and b.at > timestamptz '2026-10-02T00:00:00Z'
                  and b.at <= timestamptz '2026-11-01T00:00:00Z')\
              """));

  public static void main(String[] args) {
    var options = Options.of(args);
    System.out.println(Shell.machine());
    var folder = options.folder();
    try (var postgres =
            EmbeddedPostgres.start(new EmbeddedPostgres.Options(folder, "2GB", 20, false));
        var db = Database.open(postgres.address(), 4, new SimpleMeterRegistry())) {
      if (db.sql("select count(*) as n from account").one(row -> row.number("n")) == 0) {
        fill(db, options);
      }
      for (var kind : KINDS) {
        if (options.explain()) {
          explain(db, kind);
        }
        measure(db, kind);
      }
    }
    if (!options.keep()) {
      Shell.delete(folder);
    }
  }

  private record Options(long people, long events, Path folder, boolean keep, boolean explain) {
    static Options of(String[] args) {
      long people = 1_000_000;
      long events = 10_000_000;
      Path folder = null;
      var explain = false;
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--people" -> people = Long.parseLong(args[++i]);
          case "--events" -> events = Long.parseLong(args[++i]);
          case "--data" -> folder = Path.of(args[++i]).toAbsolutePath();
          case "--explain" -> explain = true;
          default -> throw new IllegalArgumentException("there is no option " + args[i]);
        }
      }
      return new Options(
          people, events, folder == null ? Shell.folder() : folder, folder != null, explain);
    }
  }

  private static String did(String metric, String measurement, String comparison, String when) {
    var words = comparison.split(" ");
    var operator =
        switch (words[0]) {
          case ">=" -> "greater-than-or-equal";
          case ">" -> "greater-than";
          default -> "equals";
        };
    return """
    {"conditions": [{"type": "profile-metric", "metric_id": "%s", "measurement": "%s",
      "measurement_filter": {"type": "numeric", "operator": "%s", "value": %s},
      "timeframe_filter": %s}]}\
    """
        .formatted(metric, measurement, operator, words[1], when);
  }

  private static String alltime() {
    return "{\"type\": \"date\", \"operator\": \"alltime\"}";
  }

  private static void fill(Database db, Options options) {
    var began = System.nanoTime();
    Stock.people(db, options.people());
    db.sql(
            """
            insert into list_member (account_id, list_id, profile_id, joined_at)
            select :account, 'LIST01', profile_id, created_at from profile
            where account_id = :account and (properties ->> 'Points')::int % 3 = 0
            """)
        .bind("account", Node.ACCOUNT)
        .run();
    Stock.events(db, options.people(), 0, options.events());
    System.out.printf(
        "filled %,d people and %,d events in %d s%n",
        options.people(), options.events(), (System.nanoTime() - began) / 1_000_000_000);
  }

  private static Statement compiled(Database db, Kind kind, String before, String after) {
    return Compiled.members(db, Node.ACCOUNT, Stock.NOW, kind.definition(), before, after);
  }

  private static Statement byHand(Database db, Kind kind, String before, String after) {
    return db.sql(before + kind.byHand() + after).bind("account", Node.ACCOUNT);
  }

  private static void measure(Database db, Kind kind) {
    var compiled = new ArrayList<Double>();
    var byHand = new ArrayList<Double>();
    var found = 0L;
    for (int turn = 0; turn < TURNS; turn++) {
      var count = time(compiled(db, kind, "select count(*) as n from (", ") q"), compiled);
      found = time(byHand(db, kind, "select count(*) as n from (", ") q"), byHand);
      if (found != count) {
        throw new IllegalStateException(kind.name() + ": " + count + " and " + found + " members");
      }
    }
    System.out.printf(
        "%-48s %,9d members  compiled %,7.0f ms  by hand %,7.0f ms  %.2f ×%n",
        kind.name(), found, median(compiled), median(byHand), median(compiled) / median(byHand));
  }

  private static long time(Statement statement, List<Double> times) {
    var began = System.nanoTime();
    var count = statement.one(row -> row.number("n"));
    times.add((System.nanoTime() - began) / 1e6);
    return count;
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static void explain(Database db, Kind kind) {
    var words = "explain (analyze, buffers) ";
    System.out.println("== " + kind.name() + ", compiled");
    compiled(db, kind, words, "").list(row -> row.text("QUERY PLAN")).forEach(System.out::println);
    System.out.println("== by hand");
    byHand(db, kind, words, "").list(row -> row.text("QUERY PLAN")).forEach(System.out::println);
  }

  private Segments() {}
}
