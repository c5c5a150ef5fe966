package carillon.delivery;

import carillon.platform.db.Row;
import java.time.Instant;

/**
 * A row of the ledger that is being sent.
 *
 * @param attempts this one included
 * @param triedAt when the first attempt was made
 */
record MessageRow(
    MessageRef message,
    String campaign,
    String recipient,
    boolean marketing,
    int attempts,
    Instant triedAt) {

  static MessageRow of(Row row) {
    return new MessageRow(
        new MessageRef(row.text("account_id"), row.text("profile_id"), row.text("source_id")),
        row.text("campaign_id"),
        row.text("recipient"),
        row.bool("marketing"),
        row.integer("attempts"),
        row.instant("tried_at"));
  }
}
