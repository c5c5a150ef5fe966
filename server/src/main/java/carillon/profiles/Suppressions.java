package carillon.profiles;

import carillon.platform.db.Queries;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rows of table suppression. */
final class Suppressions {

  static final String[] REASONS =
      Stream.of(Reason.values()).map(Reason::name).toArray(String[]::new);

  static List<Suppression> of(Queries db, String account, Collection<String> ids) {
    return db.sql(
            """
            select profile_id, reason, list_id, at from suppression
            where account_id = :account and profile_id = any(:ids)
            order by profile_id, list_id, at, reason
            """)
        .bind("account", account)
        .array("ids", "text", ids)
        .list(Suppression::read);
  }

  static Set<String> add(
      Tx tx, String account, Collection<String> ids, Reason reason, String listId, Instant at) {
    return ids.isEmpty()
        ? Set.of()
        : whose(
            tx.sql(
                    """
                    insert into suppression (account_id, profile_id, reason, list_id, at)
                    select :account, id, :reason, :list, :at from unnest(:ids) n (id)
                    on conflict do nothing
                    returning profile_id
                    """)
                .bind("reason", reason.name())
                .bind("list", listId)
                .bind("at", at),
            account,
            ids);
  }

  static void endBySubscribing(Tx tx, String account, Collection<String> ids) {
    if (!ids.isEmpty()) {
      whose(
          tx.sql(
              """
              delete from suppression
              where account_id = :account and profile_id = any(:ids) and list_id = ''
                and reason in ('UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED')
              returning profile_id
              """),
          account,
          ids);
    }
  }

  static Set<String> endByUser(Tx tx, String account, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : whose(
            tx.sql(
                """
                delete from suppression
                where account_id = :account and profile_id = any(:ids) and list_id = ''
                  and reason = 'USER_SUPPRESSED'
                returning profile_id
                """),
            account,
            ids);
  }

  static void endOnList(Tx tx, String account, Collection<String> ids, Collection<String> lists) {
    if (!ids.isEmpty()) {
      tx.sql(
              """
              delete from suppression s using unnest(:ids, :lists) n (id, list)
              where s.account_id = :account and s.profile_id = n.id and s.list_id = n.list
                and s.reason in ('UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED')
              """)
          .bind("account", account)
          .array("ids", "text", ids)
          .array("lists", "text", lists)
          .run();
    }
  }

  private static Set<String> whose(Statement statement, String account, Collection<String> ids) {
    return new TreeSet<>(
        statement
            .bind("account", account)
            .array("ids", "text", ids)
            .list(row -> row.text("profile_id")));
  }

  private Suppressions() {}
}
