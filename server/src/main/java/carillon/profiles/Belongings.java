package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of all features that belong to a profile: those of every table that has a profile_id.
 * Because no row ever changes its profile, they move by being copied; what the destination has
 * already stays as it is. News waiting in the outbox stays in the lane it was left in.
 */
final class Belongings {

  private record Table(String name, boolean hasLane) {}

  static void move(Tx tx, String account, String from, String to) {
    for (var table : tables(tx)) {
      if (table.name().equals("attribution")) {
        forgetAttributionsOfDuplicates(tx, account, from, to);
      }
      copy(tx, table, account, from, to);
      tx.sql(
              "delete from %s where account_id = :account and profile_id = :from"
                  .formatted(table.name()))
          .bind("account", account)
          .bind("from", from)
          .run();
    }
  }

  /** Attributions come last, because they say something about events. */
  private static List<Table> tables(Tx tx) {
    return tx.sql(
            """
            select t.relname as name, exists (
                select from pg_attribute l where l.attrelid = t.oid and l.attname = 'lane') as laned
            from pg_class t
            join pg_attribute p on p.attrelid = t.oid and p.attname = 'profile_id'
            where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
              and t.relname not in ('profile', 'profile_identifier', 'outbox', 'outbox_set_aside')
            order by t.relname = 'attribution', t.relname
            """)
        .list(row -> new Table(row.text("name"), row.bool("laned")));
  }

  private static void copy(Tx tx, Table table, String account, String from, String to) {
    tx.sql(
            """
            insert into %1$s
            select n.* from %1$s t cross join lateral jsonb_populate_record(t, :changes) n
            where t.account_id = :account and t.profile_id = :from
            on conflict do nothing
            """
                .formatted(table.name()))
        .bind("changes", changes(table, to))
        .bind("account", account)
        .bind("from", from)
        .run();
  }

  private static ObjectNode changes(Table table, String to) {
    var changes = Json.object().put("profile_id", to);
    return table.hasLane() ? changes.put("lane", Lanes.of(to)) : changes;
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
