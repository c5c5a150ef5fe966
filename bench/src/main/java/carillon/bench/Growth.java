package carillon.bench;

import carillon.accounts.Accounts;
import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.segments.Segments;
import carillon.tags.Tags;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What one change costs when there are more segments and more events: the time to look at the
 * segments it concerns, of which there are always five, among 10, 100 and 1,000 that it does not,
 * over 1 and 10 million events ({@code --millions 1,10}).
 */
final class Growth {

  private static final int PEOPLE = 100_000;
  private static final int CONCERNED = 5;
  private static final int CHANGES = 500;

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    var millions = args.length == 2 ? args[1].split(",") : new String[] {"1", "10"};
    try (var node = Node.start(Map.of("CARILLON_ROLES", "api"))) {
      Intake.people(node);
      metrics(node);
      int stored = 0;
      for (var wanted : millions) {
        for (; stored < Integer.parseInt(wanted); stored++) {
          store(node, stored);
        }
        node.db().sql("vacuum analyze").run();
        for (int segments : new int[] {10, 100, 1_000}) {
          segments(node, segments);
          measure(node, segments, stored);
        }
      }
    }
  }

  private static void metrics(Node node) {
    node.db()
        .sql(
            """
            insert into metric (account_id, id, name, integration_id, integration_key,
              integration_name, integration_category, created_at, updated_at)
            select :account, 'BENC' || lpad(n::text, 2, '0'), 'Metric ' || n, 'api', 'api', 'API', 'API',
              now(), now()
            from generate_series(0, 19) n
            """)
        .bind("account", Node.ACCOUNT)
        .run();
  }

  private static void store(Node node, int million) {
    node.db()
        .sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
            select :account, '01JBENCH' || lpad((1 + (n::bigint * 7919) % :people)::text, 18, '0'),
              now() - make_interval(secs => (random() * 7776000)::int), :base + n,
              'BENC' || lpad((n % 20)::text, 2, '0'), 's' || (:base + n), 9.5, '{"Brand": "Acme"}'
            from generate_series(1, 1000000) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", PEOPLE)
        .bind("base", million * 1_000_000L)
        .run();
  }

  /** Those that a change concerns ask for metric 0, the others for all the others. */
  private static void segments(Node node, int count) {
    node.db().sql("delete from segment_member").run();
    node.db().sql("delete from segment").run();
    for (int i = 0; i < count; i++) {
      var metric = "BENC%02d".formatted(i < CONCERNED ? 0 : 1 + i % 19);
      var condition =
          Freshness.did(
              metric,
              "greater-than-or-equal",
              3 + i % 3,
              "{\"type\": \"date\", \"operator\": \"in-the-last\", \"unit\": \"day\", \"quantity\":"
                  + " 30}");
      node.db()
          .sql(
              """
              insert into segment (account_id, id, name, definition, created_at, updated_at, generation)
              values (:account, :id, 'Growth', :definition, now(), now(), 1)
              """)
          .bind("account", Node.ACCOUNT)
          .bind("id", "G%05d".formatted(i))
          .bind(
              "definition",
              Json.read("{\"condition_groups\": [{\"conditions\": [%s]}]}".formatted(condition)))
          .run();
    }
    node.db()
        .sql(
            """
            insert into segment_upkeep as u (account_id, version, timed, announced_at, told_at,
              swept_at, sweep_at, zone)
            values (:account, 1, true, now(), now(), now(), now(), 'UTC')
            on conflict (account_id) do update set version = u.version + 1
            """)
        .bind("account", Node.ACCOUNT)
        .run();
  }

  private static void measure(Node node, int segments, int millions) {
    var clock = Clock.systemUTC();
    var ids = new Ids(clock, new SecureRandom());
    var outbox = new Outbox(clock);
    var following =
        new Segments(
                new Segments.Ground(node.db(), clock, ids, "bench"),
                new Segments.Partners(
                    new Accounts(node.db(), clock, ids, List.of()),
                    new Tags(node.db(), clock, ids, Map.of()),
                    new Identities(clock, ids, outbox, new KxTokens(new byte[32])),
                    outbox),
                Segments.CHUNK)
            .subscriber();
    var random = new Random(segments);
    var took = new long[CHANGES];
    for (int i = -CHANGES; i < CHANGES; i++) {
      var news = List.of(recorded(random));
      var started = System.nanoTime();
      node.db().transact(tx -> following.handler().take(tx, news));
      if (i >= 0) {
        took[i] = System.nanoTime() - started;
      }
    }
    java.util.Arrays.sort(took);
    System.out.printf(
        "%,6d segments, %2d million events: one change %.2f ms at the median, %.2f ms p99%n",
        segments, millions, took[CHANGES / 2] / 1e6, took[CHANGES * 99 / 100] / 1e6);
  }

  private static News recorded(Random random) {
    var profile = "01JBENCH%018d".formatted(1 + random.nextInt(PEOPLE));
    var payload = Json.object();
    payload.putArray("events").addArray().add(profile).add(0L).add(0L).add("BENC00").add(false);
    return new News(Node.ACCOUNT, Lanes.everybody(Lanes.of(profile)), "EventRecorded", payload);
  }

  private Growth() {}
}
