package carillon.profiles;

import carillon.platform.db.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * How a person stands on a channel for a kind of message.
 *
 * @param status SUBSCRIBED or UNSUBSCRIBED
 */
record Standing(
    String profileId,
    String channel,
    String kind,
    String status,
    Optional<Instant> consentedAt,
    Instant updatedAt,
    Consents.How how) {

  static Standing read(Row row) {
    return new Standing(
        row.text("profile_id"),
        row.text("channel"),
        row.text("kind"),
        row.text("status"),
        row.maybeInstant("consented_at"),
        row.instant("updated_at"),
        new Consents.How(
            row.maybeText("method"),
            row.maybeText("method_detail"),
            row.maybeText("custom_method_detail"),
            row.maybeBool("double_optin")));
  }
}
