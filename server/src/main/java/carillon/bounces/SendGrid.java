package carillon.bounces;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import carillon.mail.Bounce;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The signed event webhook of Twilio SendGrid. */
final class SendGrid implements Provider {

  private static final String VIA = "SendGrid";
  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

  private final PublicKey key;

  SendGrid(PublicKey key) {
    this.key = key;
  }

  @Override
  public List<Told> read(HttpRequest request) {
    var timestamp = request.header(TIMESTAMP).orElse("").getBytes(StandardCharsets.UTF_8);
    var signed = Arrays.copyOf(timestamp, timestamp.length + request.body().length);
    System.arraycopy(request.body(), 0, signed, timestamp.length, request.body().length);
    var signature = request.header(SIGNATURE).orElse("");
    if (!Signatures.valid("SHA256withECDSA", key, signed, signature)) {
      throw Refused.unverified();
    }
    return Payload.elements(Payload.of(request.body())).stream()
        .flatMap(event -> notice(event).map(notice -> told(event, notice)).stream())
        .toList();
  }

  private static Told told(JsonNode event, Notice notice) {
    return new Told(
        List.of(Payload.text(event, "carillon"), Payload.text(event, "smtp-id")), notice);
  }

  private static Optional<Notice> notice(JsonNode event) {
    return switch (Payload.word(event, "event")) {
      case "bounce" -> Optional.of(bounced(event));
      case "dropped" -> dropped(event);
      case "spamreport" -> Optional.of(new Notice.Complained(VIA));
      case "unsubscribe", "group_unsubscribe" -> Optional.of(new Notice.Unsubscribed(VIA));
      default -> Optional.empty();
    };
  }

  /** What was blocked may get through another time. */
  private static Notice bounced(JsonNode event) {
    var reply = Diagnosis.of(Payload.text(event, "reason"), Payload.text(event, "status"));
    var bounce = Bounce.of(reply);
    var blocked = Payload.word(event, "type").equals("blocked");
    return new Notice.Bounced(
        blocked && bounce.suppresses()
            ? new Bounce(Bounce.Kind.SOFT, "blocked for the time being")
            : bounce,
        reply,
        recipients(event));
  }

  /** Mails that were held back for what is known of the address, in the words of SendGrid. */
  private static Optional<Notice> dropped(JsonNode event) {
    var reason = Payload.text(event, "reason");
    return switch (reason) {
      case "Bounced Address", "Invalid" ->
          Optional.of(
              new Notice.Bounced(
                  new Bounce(Bounce.Kind.HARD, "address bounced before"),
                  Diagnosis.of(reason, ""),
                  recipients(event)));
      case "Spam Reporting Address" -> Optional.of(new Notice.Complained(VIA));
      case "Unsubscribed Address" -> Optional.of(new Notice.Unsubscribed(VIA));
      default -> Optional.empty();
    };
  }

  private static Set<String> recipients(JsonNode event) {
    return Payload.recipients(Payload.text(event, "email"));
  }
}
