package carillon.people;

import carillon.platform.db.Database;
import carillon.platform.work.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes bulk imports that have expired, with all that belongs to them. */
final class ImportPruning implements Task {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Database db;
  private final Clock clock;
  private Instant next = Instant.MIN;

  ImportPruning(Database db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  @Override
  public boolean attempt() {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(BETWEEN);
    db.transact(
        Database.Repeat.SAFE,
        tx ->
            tx.sql(
                    """
                    with gone as (
                      delete from import_job where expires_at <= :now returning account_id, id),
                    chunks as (
                      delete from import_chunk c using gone
                      where c.account_id = gone.account_id and c.job_id = gone.id),
                    errors as (
                      delete from import_error e using gone
                      where e.account_id = gone.account_id and e.job_id = gone.id)
                    delete from import_profile p using gone
                    where p.account_id = gone.account_id and p.job_id = gone.id
                    """)
                .bind("now", now)
                .run());
    return false;
  }
}
