package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.db.Tx;
import java.util.List;
import java.util.Set;

/**
 * The rows of all features that belong to a profile: those of every table that has a profile_id.
 * Because no row ever changes its profile, they move by being copied; what the destination has
 * already stays as it is. Queues are not moved from here: whoever owns one hears of the merge, and
 * news that waits in the outbox is told as it was left.
 */
final class Belongings {

  /** Not deleted with a profile: what counts, and the request itself. */
  private static final Set<String> COUNTED = Set.of("event", "attribution", "erasure");

  static void move(Tx tx, String account, String from, String to) {
    for (var table : tables(tx)) {
      if (table.equals("attribution")) {
        forgetAttributionsOfDuplicates(tx, account, from, to);
      }
      copy(tx, table, account, from, to);
      tx.sql("delete from %s where account_id = :account and profile_id = :from".formatted(table))
          .bind("account", account)
          .bind("from", from)
          .run();
    }
  }

  /** What is counted stays, under another id; who keeps it sees to that. */
  static void delete(Tx tx, String account, String profile) {
    for (var table : tables(tx)) {
      if (!COUNTED.contains(table)) {
        tx.sql(
                "delete from %s where account_id = :account and profile_id = :profile"
                    .formatted(table))
            .bind("account", account)
            .bind("profile", profile)
            .run();
      }
    }
  }

  /** Attributions come last, because they say something about events. */
  private static List<String> tables(Tx tx) {
    return tx.sql(
            """
            select t.relname as name
            from pg_class t
            join pg_attribute p on p.attrelid = t.oid and p.attname = 'profile_id'
            where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
              and t.relname not in ('profile', 'profile_identifier')
              and not exists (
                select from pg_attribute l where l.attrelid = t.oid and l.attname = 'lane')
            order by t.relname = 'attribution', t.relname
            """)
        .list(row -> row.text("name"));
  }

  private static void copy(Tx tx, String table, String account, String from, String to) {
    tx.sql(
            """
            insert into %1$s
            select n.* from %1$s t cross join lateral jsonb_populate_record(t, :changes) n
            where t.account_id = :account and t.profile_id = :from
            on conflict do nothing
            """
                .formatted(table))
        .bind("changes", Json.object().put("profile_id", to))
        .bind("account", account)
        .bind("from", from)
        .run();
  }

  /** An event that the destination had already was dropped, and what is said about it with it. */
  private static void forgetAttributionsOfDuplicates(
      Tx tx, String account, String from, String to) {
    tx.sql(
            """
            delete from attribution a
            where a.account_id = :account and a.profile_id = :from and not exists (
              select from event e
              where e.profile_id = :to and e.at = a.event_at and e.seq = a.event_seq)
            """)
        .bind("account", account)
        .bind("from", from)
        .bind("to", to)
        .run();
  }

  private Belongings() {}
}
