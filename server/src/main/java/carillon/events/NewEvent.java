package carillon.events;

import carillon.profiles.ProfilePart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event to be recorded.
 *
 * @param at when it happened; parts of a second are dropped
 * @param uniqueId the second event of a person and metric with the same one is dropped; when empty,
 *     the second it happened in stands for it
 * @param value money or any other number
 * @param backfill whether it is only for the record and must start nothing
 */
public record NewEvent(
    Subject subject,
    MetricName metric,
    Instant at,
    Optional<String> uniqueId,
    Optional<BigDecimal> value,
    ObjectNode properties,
    boolean backfill) {

  /** Whose event it is. */
  public sealed interface Subject {

    /** A profile that is there. */
    record Known(String profile) implements Subject {}

    /** Somebody described by identifiers and attributes, found or made when recorded. */
    record Described(ProfilePart part) implements Subject {}
  }

  /** An event of a metric of the server's own, happening to a known profile. */
  public static NewEvent internal(
      String profile, String metric, Instant at, String uniqueId, ObjectNode properties) {
    return new NewEvent(
        new Subject.Known(profile),
        MetricName.internal(metric),
        at,
        Optional.of(uniqueId),
        Optional.empty(),
        properties,
        false);
  }

  String effectiveUniqueId() {
    return uniqueId.orElseGet(() -> Long.toString(at.getEpochSecond()));
  }
}
