package carillon.bench;

import carillon.platform.db.Tx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.postgresql.copy.CopyManager;

/**
 * Events in: single ones over 64 and 256 connections and bulk requests of 1,000 over 8, and beside
 * them COPY of the very same rows into the same table by one connection. With {@code --stored N}
 * the single rate is measured again over N million stored events.
 */
final class Intake {

  static final int SECONDS = 10;

  private static final int PEOPLE = 100_000;

  static final String SINGLE =
      """
      wrk.method = "POST"
      %s
      math.randomseed(os.time())
      local start = os.time() * 1000000
      local n = 0
      request = function()
        n = n + 1
        local person = math.random(1, %d)
        return wrk.format(nil, "/api/events", nil, string.format(
          '{"data":{"type":"event","attributes":{"properties":{"ProductName":"Fern %%d","Brand":"Acme","Price":%%d.5,"Categories":["Plants","Ferns"],"URL":"https://shop.example.org/p/%%d"},"value":%%d.5,"unique_id":"%%d-%%d","metric":{"data":{"type":"metric","attributes":{"name":"Viewed Product %%d"}}},"profile":{"data":{"type":"profile","attributes":{"email":"person%%d@example.org"}}}}}}',
          n %% 100, n %% 90, n %% 1000, n %% 90, start, n, n %% 20, person))
      end
      """;

  private static final String BULK =
      """
      wrk.method = "POST"
      %s
      math.randomseed(os.time())
      local start = os.time() * 1000000
      local n = 0
      request = function()
        local entries = {}
        for i = 1, 1000 do
          n = n + 1
          entries[i] = string.format('{"type":"event-bulk-create","attributes":{"profile":{"data":{"type":"profile","attributes":{"email":"person%%d@example.org"}}},"events":{"data":[{"type":"event","attributes":{"properties":{"ProductName":"Fern %%d","Brand":"Acme","Price":%%d.5,"Categories":["Plants","Ferns"],"URL":"https://shop.example.org/p/%%d"},"value":%%d.5,"unique_id":"b%%d-%%d","metric":{"data":{"type":"metric","attributes":{"name":"Viewed Product %%d"}}}}}]}}}',
            math.random(1, %d), n %% 100, n %% 90, n %% 1000, n %% 90, start, n, n %% 20)
        end
        return wrk.format(nil, "/api/event-bulk-create-jobs", nil,
          '{"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":[' .. table.concat(entries, ",") .. ']}}}}')
      end
      """;

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    try (var node =
        Node.start(Map.of("CARILLON_ROLES", System.getProperty("roles", "api,worker")))) {
      var single = SINGLE.formatted(Wrk.headers(), PEOPLE + PEOPLE / 10);
      var bulk = BULK.formatted(Wrk.headers(), PEOPLE);
      people(node);
      Wrk.warmUp(node.url(), 256, single);
      var limit = copy(node);
      Freshness.drain(node);
      measure(node, "single, 64 connections", 64, single);
      measure(node, "single, 256 connections", 256, single);
      measure(node, "single, 256 connections, pausing", 256, paced(single, limit / 4));
      Wrk.run(node.url(), 8, 5, bulk);
      measure(node, "bulk of 1,000, 8 connections", 8, bulk);
      if (args.length == 2 && args[0].equals("--stored")) {
        store(node, Integer.parseInt(args[1]));
        Wrk.warmUp(node.url(), 256, single);
        measure(node, "single, 256 connections, over " + args[1] + " million", 256, single);
      }
    }
  }

  /** People who are there already; a tenth of those in events are new. */
  static void people(Node node) {
    node.db()
        .sql(
            """
            insert into profile (profile_id, account_id, email, created_at, updated_at)
            select '01JBENCH' || lpad(n::text, 18, '0'), :account, 'person' || n || '@example.org', now(), now()
            from generate_series(1, :people) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", PEOPLE)
        .run();
    node.db()
        .sql(
            """
            insert into profile_identifier (account_id, kind, value, profile_id, created_at)
            select account_id, 'email', email, profile_id, now() from profile
            """)
        .run();
  }

  private static void measure(Node node, String name, int connections, String script) {
    var before = stored(node);
    var started = System.nanoTime();
    var wrk = Wrk.run(node.url(), connections, SECONDS, script);
    var seconds = (System.nanoTime() - started) / 1e9;
    var events = stored(node) - before;
    System.out.printf(
        "%-50s %,9.0f events/s durable  p50 %s  p99 %s  failures %s%n",
        name, events / seconds, wrk.p50(), wrk.p99(), wrk.failures());
  }

  static long stored(Node node) {
    return node.db().sql("select count(*) as n from event").one(row -> row.number("n"));
  }

  /**
   * Has each of 256 connections wait between its requests, so that together they make about so many
   * a second as long as an answer takes 10 ms.
   */
  private static String paced(String script, double rate) {
    var pause = 1000 * 256 / rate - 10;
    return script
        + "delay = function() return math.random(0, %d) end\n".formatted((int) (2 * pause));
  }

  /** The limit: the same rows into an equal table, by one connection; rows a second. */
  private static double copy(Node node) {
    node.db().sql("create table event_copy (like event including all)").run();
    var file = Shell.file(".copy", "");
    try (var connection = node.db().dataSource().getConnection()) {
      var copies = new CopyManager(connection.unwrap(org.postgresql.core.BaseConnection.class));
      try (var out = Files.newOutputStream(file)) {
        copies.copyOut("copy (select * from event order by random() limit 500000) to stdout", out);
      }
      var started = System.nanoTime();
      try (var in = Files.newInputStream(file)) {
        var rows = copies.copyIn("copy event_copy from stdin", in, 1 << 16);
        var rate = rows / ((System.nanoTime() - started) / 1e9);
        System.out.printf("%-50s %,9.0f rows/s%n", "COPY, one connection", rate);
        node.db().sql("drop table event_copy").run();
        return rate;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      file.toFile().delete();
    }
  }

  /** Indexes are made afterwards, in a tenth of the time that keeping them meanwhile takes. */
  static void store(Node node, int millions) {
    node.db()
        .transact(tx -> {
          var indexes =
              tx.sql("select indexname, indexdef from pg_indexes where tablename = 'event'")
                  .list(row -> Map.entry(row.text("indexname"), row.text("indexdef")));
          tx.sql("alter table event drop constraint event_pkey").run();
          indexes.forEach(index -> tx.sql("drop index if exists " + index.getKey()).run());
          for (int i = 0; i < millions; i++) {
            million(tx, i);
          }
          indexes.forEach(index -> tx.sql(index.getValue()).run());
          tx.sql("alter table event add primary key using index event_pkey").run();
        });
    node.db().sql("vacuum analyze event").run();
    Shell.pause(Duration.ofSeconds(5));
  }

  private static void million(Tx tx, int number) {
    tx.sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
            select :account, '01JBENCH' || lpad((1 + (n::bigint * 7919) % :people)::text, 18, '0'),
              now() - make_interval(secs => 30 + (random() * 7776000)::int), :base + n,
              (select id from metric where account_id = :account order by id offset n % 20 limit 1),
              's' || (:base + n), 9.5, '{"Brand": "Acme", "ProductName": "Fern", "Price": 9.5}'
            from generate_series(1, 1000000) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", PEOPLE)
        .bind("base", number * 1_000_000L)
        .run();
  }

  private Intake() {}
}
