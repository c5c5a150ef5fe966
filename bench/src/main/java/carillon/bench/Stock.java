package carillon.bench;

import carillon.platform.db.Database;
import java.time.Instant;
import java.util.List;

/**
 * People and what they did in a year, straight into the tables: twenty metrics, the first with
 * three tenths of all events and the third with seven hundredths; people who do much more than
 * others.
 */
final class Stock {

  /** When the year ends. */
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  /** Makes an account with people. */
  static void people(Database db, long people) {
    db.sql("insert into account (id, name, created_at) values (:account, 'Bench', now())")
        .bind("account", Node.ACCOUNT)
        .run();
    db.sql(
            """
            insert into profile (profile_id, account_id, email, first_name, properties, created_at,
              updated_at)
            select '01JBENCH' || lpad(n::text, 18, '0'), :account, 'person' || n || '@example.org',
              'Ada', jsonb_build_object('plan',
                case when n % 10 = 0 then 'gold' else 'free' end, 'Points', n % 100,
                'Favorite plant', 'Fern'),
              timestamptz '2025-01-01' + make_interval(secs => n), now()
            from generate_series(1, :people) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", people)
        .run();
  }

  /** Adds events by number; indexes are built afterwards, which is several times faster. */
  static void events(Database db, long people, long from, long to) {
    var indexes =
        db.sql("select indexname, indexdef from pg_indexes where tablename = 'event'")
            .list(row -> List.of(row.text("indexname"), row.text("indexdef")));
    db.sql("alter table event drop constraint event_pkey").run();
    indexes.forEach(index -> db.sql("drop index if exists " + index.getFirst()).run());
    db.sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, value,
              properties)
            select :account,
              '01JBENCH' || lpad((1 + floor(:people * power(
                (hashint8extended(n, 1) & 1048575) / 1048576.0, 2)))::bigint::text, 18, '0'),
              timestamptz '2026-11-01' - make_interval(
                secs => 31536000.0 * (1 - (n - :from)::float / (:to - :from))),
              n,
              case when h < 300 then 'METR01' when h < 370 then 'METR03'
                when h < 470 then 'METR02' else 'METR' || lpad((4 + h % 17)::text, 2, '0') end,
              n::text, (h % 50) + 0.5,
              jsonb_build_object('Brand', case when h % 5 = 0 then 'Acme' else 'Other' end,
                'ProductName', 'Fern', 'Price', 9.5, 'URL', 'https://shop.example.org/p/' || h,
                'Categories', '["Plants", "Green", "Indoor"]'::jsonb)
            from (select n, (hashint8extended(n, 2) & 1048575) % 1000 as h
              from generate_series(:from + 1, :to) n) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", people)
        .bind("from", from)
        .bind("to", to)
        .run();
    indexes.forEach(index ->
        db.sql(
                index.getFirst().equals("event_pkey")
                    ? "alter table event add primary key (profile_id, at, seq)"
                    : index.getLast())
            .run());
    db.sql("vacuum analyze").run();
  }

  private Stock() {}
}
