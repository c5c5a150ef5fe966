package carillon.delivery;

import carillon.delivery.Verdict.Reason;
import carillon.jsonapi.Json;
import carillon.mail.Bounce;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The events that tell what became of a message when it was sent, or was not. */
final class SentSignals {

  static Optional<Signals.Signal> of(Settled settled, Instant now) {
    return switch (settled.verdict()) {
      case Verdict.Sent sent ->
          Optional.of(signal(settled, "Received Email", now, about(settled, sent.mail())));
      case Verdict.Bounced bounced -> {
        var properties = about(settled, bounced.mail());
        putBounce(properties, bounced.bounce());
        yield Optional.of(signal(settled, "Bounced Email", now, properties));
      }
      case Verdict.Expired expired -> {
        var properties = about(settled, expired.mail());
        properties.put("Bounce Type", "Soft");
        properties.put("Bounce Reason", "not accepted within 72 hours");
        yield Optional.of(signal(settled, "Bounced Email", now, properties));
      }
      case Verdict.Skipped skipped -> Optional.of(skipped(settled, skipped, now));
      case Verdict.Later _, Verdict.Untouched _ -> Optional.empty();
    };
  }

  private static Signals.Signal skipped(Settled settled, Verdict.Skipped skipped, Instant now) {
    var row = settled.row();
    var properties = about(settled.mailing(), row.message(), row.recipient());
    if (skipped.reason() == Reason.NOT_ALLOWED) {
      properties.put("Drop Reason", skipped.detail());
      return signal(settled, "Dropped Email", now, properties);
    }
    properties.put("Skip Reason", skipped.reason().label());
    return signal(settled, "Skipped Send", now, properties);
  }

  private static Signals.Signal signal(
      Settled settled, String metric, Instant at, ObjectNode properties) {
    var message = settled.row().message();
    return new Signals.Signal(message.profile(), metric, at, message.source(), properties);
  }

  private static ObjectNode about(Settled settled, Verdict.Made mail) {
    return about(settled.mailing(), settled.row().message(), mail.recipient())
        .put("Subject", mail.subject());
  }

  static void putBounce(ObjectNode properties, Bounce bounce) {
    properties.put(
        "Bounce Type",
        switch (bounce.kind()) {
          case HARD -> "Hard";
          case SOFT -> "Soft";
          case POLICY -> "Policy";
        });
    properties.put("Bounce Reason", bounce.reason());
  }

  /** What all events of a message say. */
  static ObjectNode about(Optional<Mailing> mailing, MessageRef message, String recipient) {
    var properties = Json.object();
    properties.put("$message", message.source());
    mailing
        .map(Mailing::campaign)
        .ifPresent(campaign -> {
          properties.put("$campaign", campaign.id());
          properties.put("Campaign Name", campaign.name());
          properties.put("Message Name", campaign.label());
        });
    properties.put("Recipient Email Address", recipient);
    properties.put("Email Domain", Envelopes.domain(recipient));
    return properties;
  }

  private SentSignals() {}
}
