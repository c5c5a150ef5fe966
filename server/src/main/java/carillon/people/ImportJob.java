package carillon.people;

import carillon.platform.db.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A bulk import; moments are told in whole seconds.
 *
 * @param status queued, processing or complete
 * @param completed rows that made or changed a profile
 * @param failed rows that were refused
 */
record ImportJob(
    String id,
    Optional<String> list,
    String status,
    int total,
    int completed,
    int failed,
    Times times) {

  static final String COLUMNS =
      "j.id, j.list_id, j.status, j.total, j.completed, j.failed, j.created_at, j.started_at,"
          + " j.completed_at, j.expires_at";

  record Times(
      Instant created, Optional<Instant> started, Optional<Instant> completed, Instant expires) {

    private static Times read(Row row) {
      return new Times(
          whole(row.instant("created_at")),
          row.maybeInstant("started_at").map(Times::whole),
          row.maybeInstant("completed_at").map(Times::whole),
          whole(row.instant("expires_at")));
    }

    private static Instant whole(Instant moment) {
      return moment.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  static ImportJob read(Row row) {
    return new ImportJob(
        row.text("id"),
        row.maybeText("list_id"),
        row.text("status"),
        row.integer("total"),
        row.integer("completed"),
        row.integer("failed"),
        Times.read(row));
  }
}
