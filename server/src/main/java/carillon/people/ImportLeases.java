package carillon.people;

import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who works on which bulk import. Any number of nodes may try; one gets it, for a while. */
final class ImportLeases {

  private static final Duration LENGTH = Duration.ofSeconds(15);

  private final Database db;
  private final Clock clock;
  private final String node;

  ImportLeases(Database db, Clock clock, String node) {
    this.db = db;
    this.clock = clock;
    this.node = node;
  }

  /** A job this node may work on for now. */
  record Lease(String account, String job) {}

  /** Takes the job that has waited longest; empty when none waits. */
  Optional<Lease> take() {
    var now = clock.instant();
    return db.sql(
            """
            update import_job j set leased_by = :node, leased_until = :until
            from (
              select account_id, id from import_job
              where status in ('queued', 'processing')
                and (leased_until is null or leased_until <= :now)
              order by created_at limit 1) due
            where j.account_id = due.account_id and j.id = due.id
              and (j.leased_until is null or j.leased_until <= :now)
            returning j.account_id, j.id
            """)
        .bind("node", node)
        .bind("until", now.plus(LENGTH))
        .bind("now", now)
        .first(row -> new Lease(row.text("account_id"), row.text("id")));
  }

  /** Makes the lease last; false when another node has it and nothing may be done any more. */
  boolean hold(Tx tx, Lease lease) {
    return tx.sql(
                """
                update import_job set leased_until = :until
                where account_id = :account and id = :id and leased_by = :node
                """)
            .bind("until", clock.instant().plus(LENGTH))
            .bind("account", lease.account())
            .bind("id", lease.job())
            .bind("node", node)
            .run()
        == 1;
  }

  /** Lets others have it, who need not look before a moment. */
  void release(Lease lease, Instant until) {
    db.sql(
            """
            update import_job set leased_by = null, leased_until = :until
            where account_id = :account and id = :id and leased_by = :node
            """)
        .bind("until", until)
        .bind("account", lease.account())
        .bind("id", lease.job())
        .bind("node", node)
        .run();
  }
}
