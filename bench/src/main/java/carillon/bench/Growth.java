package carillon.bench;

import carillon.accounts.Accounts;
import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.EmbeddedPostgres;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxSubscriber;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.segments.PostalCodes;
import carillon.segments.Segments;
import carillon.tags.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What one change costs when there are more segments and more events: the time to look at the
 * segments it concerns, of which there are always five, among 10, 100 and 1,000, over 1 and 10
 * million events ({@code --millions 1,10}), or over what {@code bench/run segments --data FOLDER}
 * left ({@code --data FOLDER}).
 */
final class Growth {

  private static final int PEOPLE = 1_000_000;
  private static final int CONCERNED = 5;
  private static final int CHANGES = 1_000;

  /** The metric of the changes, with seven hundredths of all events. */
  private static final String CHANGED = "METR03";

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    var filled = args.length == 2 && args[0].equals("--data");
    var folder = filled ? Path.of(args[1]).toAbsolutePath() : Shell.folder();
    try (var postgres =
            EmbeddedPostgres.start(new EmbeddedPostgres.Options(folder, "2GB", 20, false));
        var db = Database.open(postgres.address(), 4, new SimpleMeterRegistry())) {
      if (filled) {
        measure(db, db.sql("select count(*) as n from event").one(row -> row.number("n")));
      } else {
        Stock.people(db, PEOPLE);
        long stored = 0;
        for (var wanted : args.length == 2 ? args[1].split(",") : new String[] {"1", "10"}) {
          var all = Long.parseLong(wanted) * 1_000_000;
          Stock.events(db, PEOPLE, stored, all);
          stored = all;
          measure(db, stored);
        }
      }
    }
    if (!filled) {
      Shell.delete(folder);
    }
  }

  private static void measure(Database db, long events) {
    for (int segments : new int[] {10, 100, 1_000}) {
      segments(db, segments);
      measure(db, segments, events);
    }
    segments(db, 0);
  }

  /** Those that a change concerns ask for its metric, the others for all the others. */
  private static void segments(Database db, int count) {
    db.sql("delete from segment_member").run();
    db.sql("delete from segment").run();
    for (int i = 0; i < count; i++) {
      var metric = i < CONCERNED ? CHANGED : "METR%02d".formatted(4 + i % 17);
      var condition =
          Freshness.did(
              metric,
              "greater-than-or-equal",
              1 + i % 3,
              "{\"type\": \"date\", \"operator\": \"in-the-last\", \"unit\": \"day\", \"quantity\":"
                  + " 30}");
      db.sql(
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
    db.sql(
            """
            insert into segment_upkeep as u (account_id, version, timed, announced_at, told_at,
              swept_at, sweep_at, zone)
            values (:account, 1, true, :now, :now, :now, :now, 'UTC')
            on conflict (account_id) do update set version = u.version + 1
            """)
        .bind("account", Node.ACCOUNT)
        .bind("now", Stock.NOW)
        .run();
  }

  private static void measure(Database db, int segments, long events) {
    var following = following(db);
    var random = new Random(segments);
    var took = new long[CHANGES];
    for (int i = -CHANGES; i < CHANGES; i++) {
      var news = List.of(recorded(random));
      var started = System.nanoTime();
      db.transact(tx -> following.handler().take(tx, news));
      if (i >= 0) {
        took[i] = System.nanoTime() - started;
      }
    }
    Arrays.sort(took);
    System.out.printf(
        "%,6d segments, %,11d events: one change %.2f ms at the median, %.2f ms p99%n",
        segments, events, took[CHANGES / 2] / 1e6, took[CHANGES * 99 / 100] / 1e6);
  }

  private static OutboxSubscriber following(Database db) {
    var clock = Clock.fixed(Stock.NOW, ZoneOffset.UTC);
    var ids = new Ids(clock, new SecureRandom());
    var outbox = new Outbox(clock);
    return new Segments(
            new Segments.Ground(db, clock, ids, "bench", PostalCodes.bundled()),
            new Segments.Partners(
                new Accounts(db, clock, ids, List.of()),
                new Tags(db, clock, ids, Map.of()),
                new Identities(clock, ids, outbox, new KxTokens(new byte[32])),
                outbox),
            Segments.CHUNK)
        .subscriber();
  }

  private static News recorded(Random random) {
    var profile = "01JBENCH%018d".formatted(1 + random.nextInt(PEOPLE));
    var payload = Json.object();
    payload.putArray("events").addArray().add(profile).add(0L).add(0L).add(CHANGED).add(false);
    return new News(Node.ACCOUNT, Lanes.everybody(profile), "EventRecorded", payload);
  }

  private Growth() {}
}
