package carillon.lists;

import carillon.platform.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job that suppresses people or ends that.
 *
 * @param completed how many it changed
 * @param skipped how many needed no change, or are not known
 * @param reached the last profile that was looked at
 */
record SuppressionJob(
    String account,
    String id,
    Action action,
    Whom whom,
    String status,
    long total,
    long completed,
    long skipped,
    String reached,
    Instant createdAt,
    Optional<Instant> completedAt) {

  static final String COLUMNS =
      """
      j.account_id, j.id, j.action, j.emails, j.list_id, j.segment_id, j.status, j.total,
        j.completed, j.skipped, j.reached, j.created_at, j.completed_at
      """
          .strip();

  /** What it does; the word stands in the database. */
  enum Action {
    SUPPRESS("suppress"),
    UNSUPPRESS("unsuppress");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Whom it is about: addresses, or a list, or a segment. */
  record Whom(List<String> emails, Optional<String> list, Optional<String> segment) {
    Whom {
      emails = List.copyOf(emails);
    }
  }

  static SuppressionJob read(Row row) {
    return new SuppressionJob(
        row.text("account_id"),
        row.text("id"),
        Action.valueOf(row.text("action").toUpperCase(java.util.Locale.ROOT)),
        new Whom(row.texts("emails"), row.maybeText("list_id"), row.maybeText("segment_id")),
        row.text("status"),
        row.number("total"),
        row.number("completed"),
        row.number("skipped"),
        row.text("reached"),
        row.instant("created_at"),
        row.maybeInstant("completed_at"));
  }
}
