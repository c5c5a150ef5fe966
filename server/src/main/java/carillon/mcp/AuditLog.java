package carillon.mcp;

import carillon.accounts.ApiKeys;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import carillon.profiles.Erased;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * What agents did: a row for every call of a tool, written before the call and completed after it.
 * Rows are kept for a time, and only the newest of an account.
 */
public final class AuditLog {

  /** Shorter identifiers stand in calls that are about anybody. */
  private static final int TELLING = 6;

  static final Duration KEPT = Duration.ofDays(90);
  static final int MOST = 100_000;

  /** A node tidies up after so many calls. */
  private static final int TIDY_EVERY = 500;

  private static final String CALLS =
      """
      select c.id, c.key_id, c.key_last4, c.tool, c.arguments, c.outcome, c.request_ids,
        c.called_at
      from agent_call c
      where c.account_id = :account\
      """;

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final AtomicLong calls = new AtomicLong();

  public AuditLog(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  /** How a call ended. */
  enum Outcome {
    /** Under way, or the node died over it. */
    STARTED,
    DONE,
    /** The API or the tool refused it. */
    REFUSED,
    /** A guard rail held it back. */
    BLOCKED,
    DRY_RUN,
    /** It asked for a confirmation. */
    UNCONFIRMED,
    FAILED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A call as it is told. */
  record Call(
      String id,
      String key,
      String last4,
      String tool,
      JsonNode arguments,
      String outcome,
      List<String> requestIds,
      Instant at) {}

  /** Notes a call that is about to be made; answers the id of its row. */
  String begin(ApiKeys.AgentKey key, String tool, JsonNode arguments) {
    var account = key.caller().account();
    var id = ids.ulid();
    db.sql(
            """
            insert into agent_call (account_id, id, key_id, key_last4, tool, arguments, outcome,
              called_at)
            values (:account, :id, :key, :last4, :tool, :arguments, :outcome, :now)
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("key", key.id().toString())
        .bind("last4", key.caller().key())
        .bind("tool", Discretion.name(tool))
        .bind("arguments", Discretion.of(arguments))
        .bind("outcome", Outcome.STARTED.word())
        .bind("now", clock.instant())
        .run();
    if (calls.incrementAndGet() % TIDY_EVERY == 0) {
      tidy(account);
    }
    return id;
  }

  /** Completes the row of a call. */
  void end(String account, String id, Outcome outcome, List<String> requestIds) {
    db.sql(
            """
            update agent_call set outcome = :outcome, request_ids = :requests
            where account_id = :account and id = :id
            """)
        .bind("outcome", outcome.word())
        .array("requests", "text", requestIds)
        .bind("account", account)
        .bind("id", id)
        .run();
  }

  /** Forgets what is too old, and the oldest of what is too much. */
  void tidy(String account) {
    db.sql(
            """
            delete from agent_call where account_id = :account and (called_at < :before
              or id <= (select id from agent_call where account_id = :account
                order by id desc offset :most limit 1))
            """)
        .bind("account", account)
        .bind("before", clock.instant().minus(KEPT))
        .bind("most", MOST)
        .run();
    db.sql("delete from agent_reach where account_id = :account and day < :before")
        .bind("account", account)
        .bind("before", LocalDate.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC))
        .run();
  }

  Slice<Call> page(String account, Select select) {
    return new Paged<>(CALLS, "c.id", "text", AuditLog::call)
        .bind("account", account)
        .page(db, select);
  }

  private static Call call(Row row) {
    return new Call(
        row.text("id"),
        row.text("key_id"),
        row.text("key_last4"),
        row.text("tool"),
        row.json("arguments"),
        row.text("outcome"),
        row.texts("request_ids"),
        row.instant("called_at"));
  }

  /** Forgets what calls said that named somebody; that they were made stays. */
  public static int forget(Tx tx, Erased person) {
    return tx.sql(
            """
            update agent_call set arguments = '{}'
            where account_id = :account and exists (
              select from unnest(:words) w where strpos(lower(arguments::text), lower(w)) > 0)
            """)
        .bind("account", person.account())
        .array(
            "words",
            "text",
            person.identifiers().stream().filter(word -> word.length() >= TELLING).toList())
        .run();
  }
}
