package carillon.profiles;

import carillon.platform.db.Row;
import java.time.Instant;

/**
 * A reason not to write to somebody.
 *
 * @param listId empty for the whole e-mail channel
 */
record Suppression(String profileId, String reason, String listId, Instant at) {

  static Suppression read(Row row) {
    return new Suppression(
        row.text("profile_id"), row.text("reason"), row.text("list_id"), row.instant("at"));
  }
}
