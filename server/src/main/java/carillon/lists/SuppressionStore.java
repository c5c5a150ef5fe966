package carillon.lists;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.lists.SuppressionJob.Action;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The rows of table suppression_job. */
final class SuppressionStore {

  private static final String ALL =
      "select "
          + SuppressionJob.COLUMNS
          + """

          from suppression_job j where j.account_id = :account and j.action = :action
          """;

  private final Database db;

  SuppressionStore(Database db) {
    this.db = db;
  }

  void add(SuppressionJob job) {
    db.sql(
            """
            insert into suppression_job (account_id, id, action, emails, list_id, segment_id,
              status, total, created_at)
            values (:account, :id, :action, :emails, :list, :segment, :status, :total, :now)
            """)
        .bind("account", job.account())
        .bind("id", job.id())
        .bind("action", job.action().word())
        .array("emails", "text", job.whom().emails())
        .bind("list", job.whom().list())
        .bind("segment", job.whom().segment())
        .bind("status", job.status())
        .bind("total", job.total())
        .bind("now", job.createdAt())
        .run();
  }

  SuppressionJob get(String account, Action action, String id) {
    return db.sql(ALL + "and j.id = :id")
        .bind("account", account)
        .bind("action", action.word())
        .bind("id", id)
        .first(SuppressionJob::read)
        .orElseThrow(() -> ApiError.missing("A", "job", id));
  }

  Slice<SuppressionJob> page(String account, Action action, Select select) {
    return new Paged<>(ALL, "j.id", "text", SuppressionJob::read)
        .bind("account", account)
        .bind("action", action.word())
        .page(db, select);
  }

  /** Takes the oldest job nobody works on. */
  Optional<SuppressionJob> take(String node, Instant now, Duration lease) {
    return db.sql(
            """
            update suppression_job j set leased_by = :node, leased_until = :until
            from (
              select account_id, id from suppression_job
              where status = 'processing' and (leased_until is null or leased_until <= :now)
              order by created_at limit 1) due
            where j.account_id = due.account_id and j.id = due.id and j.status = 'processing'
              and (j.leased_until is null or j.leased_until <= :now)
            returning
            """
                + SuppressionJob.COLUMNS)
        .bind("node", node)
        .bind("until", now.plus(lease))
        .bind("now", now)
        .first(SuppressionJob::read);
  }

  /** The job as it is, held until the transaction ends; empty when another node has taken it. */
  static Optional<SuppressionJob> hold(Tx tx, SuppressionJob job, String node) {
    return tx.sql(
            "select "
                + SuppressionJob.COLUMNS
                + """

                from suppression_job j
                where j.account_id = :account and j.id = :id and j.leased_by = :node
                  and j.status = 'processing'
                for update
                """)
        .bind("account", job.account())
        .bind("id", job.id())
        .bind("node", node)
        .first(SuppressionJob::read);
  }

  static void advance(
      Tx tx, SuppressionJob job, long completed, long skipped, String reached, Instant until) {
    tx.sql(
            """
            update suppression_job set completed = completed + :completed,
              skipped = skipped + :skipped, reached = :reached, leased_until = :until
            where account_id = :account and id = :id
            """)
        .bind("account", job.account())
        .bind("id", job.id())
        .bind("completed", completed)
        .bind("skipped", skipped)
        .bind("reached", reached)
        .bind("until", until)
        .run();
  }

  /** Groups change while they are walked through: in the end the total is what was looked at. */
  static void finish(Tx tx, SuppressionJob job, Instant now) {
    tx.sql(
            """
            update suppression_job set status = 'complete', completed_at = :now,
              total = completed + skipped, leased_by = null, leased_until = null
            where account_id = :account and id = :id
            """)
        .bind("account", job.account())
        .bind("id", job.id())
        .bind("now", now)
        .run();
  }

  /** Lets others have their turn, and any node go on with this one. */
  void release(SuppressionJob job, String node, Instant now) {
    db.sql(
            """
            update suppression_job set leased_until = :now
            where account_id = :account and id = :id and leased_by = :node
            """)
        .bind("account", job.account())
        .bind("id", job.id())
        .bind("node", node)
        .bind("now", now)
        .run();
  }

  /** Takes addresses out of jobs that are done. */
  static int forget(Tx tx, String account, Collection<String> emails) {
    return tx.sql(
            """
            update suppression_job set emails = array(
              select e from unnest(emails) with ordinality u (e, place)
              where lower(e) <> all(:emails) order by place)
            where account_id = :account and status <> 'processing'
              and exists (select from unnest(emails) e where lower(e) = any(:emails))
            """)
        .bind("account", account)
        .array("emails", "text", emails)
        .run();
  }
}
