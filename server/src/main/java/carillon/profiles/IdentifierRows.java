package carillon.profiles;

import carillon.platform.db.Queries;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The rows of table profile_identifier: who owns which identifier. */
final class IdentifierRows {

  static Map<Identifier, String> owners(
      Queries db, String account, Collection<Identifier> identifiers) {
    return identifiers.isEmpty()
        ? Map.of()
        : bound(
                db.sql(
                    """
                    select i.kind, i.value, i.profile_id
                    from unnest(:kinds, :values) k (kind, value)
                    join profile_identifier i on i.account_id = :account
                      and i.kind = k.kind and i.value = k.value
                    """),
                account,
                identifiers)
            .list(row ->
                Map.entry(
                    new Identifier(Identifier.Kind.of(row.text("kind")), row.text("value")),
                    row.text("profile_id")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Which of the profiles have an identifier that tells who somebody is. */
  static Set<String> personal(Queries db, String account, Collection<String> profiles) {
    return profiles.isEmpty()
        ? Set.of()
        : Set.copyOf(
            db.sql(
                    """
                    select p.id from unnest(:ids) p (id)
                    where exists (
                      select from profile_identifier i
                      where i.account_id = :account and i.profile_id = p.id
                        and i.kind in ('email', 'phone_number', 'external_id'))
                    """)
                .bind("account", account)
                .array("ids", "text", Set.copyOf(profiles))
                .list(row -> row.text("id")));
  }

  /**
   * Takes identifiers for profiles, in an order that all transactions keep, so that none waits for
   * one that waits for it. Answers whether all were free.
   */
  static boolean claim(Tx tx, String account, SortedMap<Identifier, String> claims, Instant now) {
    return claims.isEmpty()
        || bound(
                    tx.sql(
                        """
                        insert into profile_identifier
                          (account_id, kind, value, profile_id, created_at)
                        select :account, kind, value, id, :now
                        from unnest(:kinds, :values, :ids) with ordinality
                          n (kind, value, id, place)
                        order by place
                        on conflict do nothing
                        """),
                    account,
                    claims.keySet())
                .array("ids", "text", claims.values())
                .bind("now", now)
                .run()
            == claims.size();
  }

  static void release(Tx tx, String account, Collection<Identifier> identifiers) {
    if (!identifiers.isEmpty()) {
      bound(
              tx.sql(
                  """
                  delete from profile_identifier i
                  using unnest(:kinds, :values) k (kind, value)
                  where i.account_id = :account and i.kind = k.kind and i.value = k.value
                  """),
              account,
              identifiers)
          .run();
    }
  }

  /** All that stands for a profile, ids of profiles merged into it among them. */
  static List<Identifier> of(Queries db, String account, String profile) {
    return db.sql(
            """
            select kind, value from profile_identifier
            where account_id = :account and profile_id = :profile
            order by kind, value
            """)
        .bind("account", account)
        .bind("profile", profile)
        .list(row -> new Identifier(Identifier.Kind.of(row.text("kind")), row.text("value")));
  }

  static void releaseAll(Tx tx, String account, String profile) {
    tx.sql("delete from profile_identifier where account_id = :account and profile_id = :profile")
        .bind("account", account)
        .bind("profile", profile)
        .run();
  }

  /** Gives all that stood for one profile to another. */
  static void move(Tx tx, String account, String from, String to) {
    tx.sql(
            """
            update profile_identifier set profile_id = :to
            where account_id = :account and profile_id = :from
            """)
        .bind("account", account)
        .bind("from", from)
        .bind("to", to)
        .run();
  }

  private static Statement bound(
      Statement statement, String account, Collection<Identifier> identifiers) {
    return statement
        .bind("account", account)
        .array("kinds", "text", kinds(identifiers))
        .array("values", "text", identifiers.stream().map(Identifier::value).toList());
  }

  private static List<String> kinds(Collection<Identifier> identifiers) {
    return identifiers.stream().map(one -> one.kind().word()).toList();
  }

  private IdentifierRows() {}
}
