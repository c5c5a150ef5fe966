package carillon.catalogs;

import carillon.catalogs.CatalogJob.Action;
import carillon.catalogs.CatalogJob.Kind;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Values;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs in the database. */
final class JobStore {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int MOST_OPEN = 500;
  private static final int MOST_ATTEMPTS = 5;

  private static final String JOBS =
      "select "
          + CatalogJob.COLUMNS
          + " from catalog_job j"
          + " where j.account_id = :account and j.kind = :kind and j.action = :action";

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  JobStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  /** A job that is worked on, for a while. */
  record Lease(String account, String job) {}

  /** What there is to do. */
  record Work(Kind kind, Action action, List<Values> rows) {}

  CatalogJob create(Tx tx, String account, Kind kind, Action action, JsonNode rows) {
    refuseMore(tx, account);
    var now = now();
    return tx.sql(
            """
            insert into catalog_job as j (account_id, id, kind, action, status, rows, total, due_at,
              created_at, expires_at)
            values (:account, :id, :kind, :action, 'queued', :rows, :total, :now, :now, :expires)
            returning
            """
                + CatalogJob.COLUMNS)
        .bind("account", account)
        .bind("id", ids.ulid())
        .bind("kind", kind.one())
        .bind("action", action.word())
        .bind("rows", rows)
        .bind("total", rows.size())
        .bind("now", now)
        .bind("expires", now.plus(KEPT))
        .one(CatalogJob::read);
  }

  private static void refuseMore(Tx tx, String account) {
    var open =
        tx.sql(
                """
                select count(*) as jobs from catalog_job
                where account_id = :account and status in ('queued', 'processing')
                """)
            .bind("account", account)
            .one(row -> row.number("jobs"));
    if (open >= MOST_OPEN) {
      throw ApiError.of(
          Fault.Code.INVALID, "At most " + MOST_OPEN + " jobs can be in progress at once.");
    }
  }

  CatalogJob get(String account, Kind kind, Action action, String id) {
    return db.sql(JOBS + " and j.id = :id")
        .bind("account", account)
        .bind("kind", kind.one())
        .bind("action", action.word())
        .bind("id", id)
        .first(CatalogJob::read)
        .orElseThrow(() -> ApiError.missing("A", "job", id));
  }

  Slice<CatalogJob> page(String account, Kind kind, Action action, Select select) {
    return new Paged<>(JOBS, "j.id", "text", CatalogJob::read)
        .bind("account", account)
        .bind("kind", kind.one())
        .bind("action", action.word())
        .page(db, select);
  }

  /** Takes the job that has waited longest; one that was tried too often is given up. */
  Optional<Lease> take() {
    var now = now();
    return db.sql(
            """
            update catalog_job j set attempts = attempts + 1, due_at = :until,
              status = case when attempts < :most then 'processing' else 'cancelled' end,
              rows = case when attempts < :most then rows else '[]' end,
              completed_at = case when attempts < :most then null else :now end
            from (
              select account_id, id from catalog_job
              where status in ('queued', 'processing') and due_at <= :now
              order by due_at limit 1 for update skip locked) due
            where j.account_id = due.account_id and j.id = due.id
            returning j.account_id, j.id
            """)
        .bind("until", now.plus(LEASE))
        .bind("most", MOST_ATTEMPTS)
        .bind("now", now)
        .first(row -> new Lease(row.text("account_id"), row.text("id")));
  }

  /** What a job asks for; empty when another node has done it. */
  Optional<Work> work(Tx tx, Lease lease) {
    return tx.sql(
            """
            select kind, action, rows from catalog_job
            where account_id = :account and id = :id and status = 'processing' for update
            """)
        .bind("account", lease.account())
        .bind("id", lease.job())
        .first(row ->
            new Work(
                Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                Action.valueOf(row.text("action").toUpperCase(Locale.ROOT)),
                rows(row.json("rows"))));
  }

  private static List<Values> rows(JsonNode rows) {
    var all = new ArrayList<Values>();
    rows.forEach(row -> all.add(new Values((ObjectNode) row)));
    return all;
  }

  void complete(Tx tx, Lease lease, List<String> done, JsonNode errors) {
    tx.sql(
            """
            update catalog_job set status = 'complete', rows = '[]', done = :done,
              errors = :errors, completed_at = :now
            where account_id = :account and id = :id
            """)
        .bind("account", lease.account())
        .bind("id", lease.job())
        .array("done", "text", done)
        .bind("errors", errors)
        .bind("now", now())
        .run();
  }

  void prune() {
    db.sql("delete from catalog_job where expires_at <= :now").bind("now", now()).run();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
