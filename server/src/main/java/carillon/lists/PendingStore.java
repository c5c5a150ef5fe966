package carillon.lists;

import carillon.platform.Ids;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Subscriptions that wait to be confirmed, in the database. */
final class PendingStore {

  /** How long a confirmation link is good for. */
  static final Duration VALID = Duration.ofDays(7);

  /** Who asks again so soon has only lost the answer: the mail is already on its way. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  /** An address to ask, under an id that appears in the link. */
  record Asked(String id, String email) {}

  /** A subscription as it waits; confirmed ones wait for nothing any more. */
  record Pending(String email, JsonNode request, boolean confirmed) {}

  private final Ids ids;

  PendingStore(Ids ids) {
    this.ids = ids;
  }

  /** Keeps what is to be confirmed; answers whom to ask. */
  List<Asked> ask(Tx tx, Occasion occasion, List<Subscriber> subscribers, Instant now) {
    forgetExpired(tx, occasion.account(), now);
    var byEmail = new TreeMap<String, JsonNode>();
    subscribers.forEach(one -> byEmail.put(one.email().orElseThrow(), occasion.kept(one)));
    return tx
        .sql(
            """
            insert into pending_subscription as p
              (account_id, email, list_id, id, request, asked_at, expires_at)
            select :account, email, :list, id, request, :now, :expires
            from unnest(:emails, :ids, :requests) n (email, id, request)
            order by email
            on conflict (account_id, email, list_id) do update set
              request = excluded.request,
              expires_at = excluded.expires_at,
              id = case when p.confirmed_at is null then p.id else excluded.id end,
              asked_at = case when p.confirmed_at is null and p.asked_at > :quiet
                then p.asked_at else excluded.asked_at end,
              confirmed_at = null
            returning id, email, asked_at = :now as must_ask
            """)
        .bind("account", occasion.account())
        .bind("list", occasion.list().orElse(""))
        .bind("now", now)
        .bind("quiet", now.minus(QUIET))
        .bind("expires", now.plus(VALID))
        .array("emails", "text", byEmail.keySet())
        .array("ids", "text", byEmail.keySet().stream().map(_ -> ids.ulid()).toList())
        .array("requests", "jsonb", byEmail.values())
        .list(PendingStore::asked)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Asked> asked(Row row) {
    return row.bool("must_ask")
        ? Optional.of(new Asked(row.text("id"), row.text("email")))
        : Optional.empty();
  }

  private static void forgetExpired(Tx tx, String account, Instant now) {
    tx.sql("delete from pending_subscription where account_id = :account and expires_at < :now")
        .bind("account", account)
        .bind("now", now)
        .run();
  }

  static Optional<Pending> find(Queries queries, String account, String id, Instant now) {
    return find(queries, account, id, now, "");
  }

  /** The same, held against a second click until the transaction ends. */
  static Optional<Pending> hold(Tx tx, String account, String id, Instant now) {
    return find(tx, account, id, now, " for update");
  }

  private static Optional<Pending> find(
      Queries queries, String account, String id, Instant now, String lock) {
    return queries
        .sql(
            """
            select email, request, confirmed_at is not null as confirmed
            from pending_subscription
            where account_id = :account and id = :id and expires_at > :now
            """
                + lock)
        .bind("account", account)
        .bind("id", id)
        .bind("now", now)
        .first(row -> new Pending(row.text("email"), row.json("request"), row.bool("confirmed")));
  }

  static void confirm(Tx tx, String account, String id, Instant now) {
    tx.sql(
            """
            update pending_subscription set confirmed_at = :now
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("now", now)
        .run();
  }

  static int forget(Tx tx, String account, Collection<String> emails) {
    return tx.sql(
            "delete from pending_subscription where account_id = :account and email = any(:emails)")
        .bind("account", account)
        .array("emails", "text", emails)
        .run();
  }
}
