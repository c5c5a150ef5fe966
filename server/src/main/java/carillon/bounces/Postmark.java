package carillon.bounces;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import carillon.mail.Bounce;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The webhooks of Postmark, which carry the login that stands in their URL. */
final class Postmark implements Provider {

  private static final String VIA = "Postmark";

  private final String authorization;

  Postmark(String login) {
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Told> read(HttpRequest request) {
    if (!Signatures.same(authorization, request.header("Authorization").orElse(""))) {
      throw new Refused(401, "The login is wrong or missing.");
    }
    var event = Payload.of(request.body());
    return notice(event).map(notice -> List.of(told(event, notice))).orElse(List.of());
  }

  private static Told told(JsonNode event, Notice notice) {
    return new Told(List.of(Payload.text(event.path("Metadata"), "carillon")), notice);
  }

  private static Optional<Notice> notice(JsonNode event) {
    return switch (Payload.text(event, "RecordType")) {
      case "Bounce" -> bounce(event);
      case "SpamComplaint" -> Optional.of(new Notice.Complained(VIA));
      case "SubscriptionChange" -> changed(event);
      default -> Optional.empty();
    };
  }

  private static Optional<Notice> bounce(JsonNode event) {
    return switch (Payload.text(event, "Type")) {
      case "HardBounce", "BadEmailAddress", "ManuallyDeactivated" ->
          Optional.of(bounced(event, new Bounce(Bounce.Kind.HARD, "no such mailbox")));
      case "SoftBounce", "DnsError", "AddressChange" ->
          Optional.of(bounced(event, new Bounce(Bounce.Kind.SOFT, "mailbox trouble")));
      case "SpamNotification",
          "VirusNotification",
          "Blocked",
          "DMARCPolicy",
          "TemplateRenderingFailed" ->
          Optional.of(bounced(event, new Bounce(Bounce.Kind.POLICY, "refused by policy")));
      case "SpamComplaint" -> Optional.of(new Notice.Complained(VIA));
      case "Unsubscribe" -> Optional.of(new Notice.Unsubscribed(VIA));
      // Also Transient: Postmark tries again.
      default -> Optional.empty();
    };
  }

  private static Notice bounced(JsonNode event, Bounce bounce) {
    return new Notice.Bounced(
        bounce,
        Diagnosis.of(Payload.text(event, "Details"), ""),
        Payload.recipients(Payload.text(event, "Email")));
  }

  /** Only what the recipient asked for; the bounces behind other changes come as bounces. */
  private static Optional<Notice> changed(JsonNode event) {
    return event.path("SuppressSending").asBoolean(false)
            && Payload.text(event, "SuppressionReason").equals("ManualSuppression")
            && Payload.text(event, "Origin").equals("Recipient")
        ? Optional.of(new Notice.Unsubscribed(VIA))
        : Optional.empty();
  }
}
