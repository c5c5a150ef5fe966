package carillon.bounces;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import carillon.mail.Bounce;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The webhooks of Mailgun. They sign a token, not what they tell; what stands for that is the mark
 * of the message, which only who got the mail could repeat.
 */
final class Mailgun implements Provider {

  private static final String VIA = "Mailgun";

  /** Replies of Mailgun itself, for mails it held back. */
  private static final String HELD_BACK_BOUNCED = "605";

  private static final String HELD_BACK_UNSUBSCRIBED = "606";
  private static final String HELD_BACK_COMPLAINED = "607";

  private final String key;

  Mailgun(String key) {
    this.key = key;
  }

  @Override
  public List<Told> read(HttpRequest request) {
    var payload = Payload.of(request.body());
    var signature = payload.path("signature");
    var signed = Payload.text(signature, "timestamp") + Payload.text(signature, "token");
    if (signed.isEmpty()
        || !Signatures.same(Signatures.hmac(key, signed), Payload.word(signature, "signature"))) {
      throw Refused.unverified();
    }
    var event = payload.path("event-data");
    return notice(event).map(notice -> List.of(told(event, notice))).orElse(List.of());
  }

  private static Told told(JsonNode event, Notice notice) {
    return new Told(
        List.of(
            Payload.text(event.path("user-variables"), "carillon"),
            Payload.text(event.path("message").path("headers"), "message-id")),
        notice);
  }

  private static Optional<Notice> notice(JsonNode event) {
    return switch (Payload.word(event, "event")) {
      case "failed" -> failed(event);
      case "complained" -> Optional.of(new Notice.Complained(VIA));
      case "unsubscribed" -> Optional.of(new Notice.Unsubscribed(VIA));
      default -> Optional.empty();
    };
  }

  /** A temporary failure is one that Mailgun tries again. */
  private static Optional<Notice> failed(JsonNode event) {
    if (!Payload.word(event, "severity").equals("permanent")) {
      return Optional.empty();
    }
    var status = event.path("delivery-status");
    var code = Payload.text(status, "code");
    return Optional.of(
        switch (code) {
          case HELD_BACK_UNSUBSCRIBED -> new Notice.Unsubscribed(VIA);
          case HELD_BACK_COMPLAINED -> new Notice.Complained(VIA);
          default -> bounced(event, status, code);
        });
  }

  private static Notice bounced(JsonNode event, JsonNode status, String code) {
    var said = Payload.text(status, "message");
    var words = said.isEmpty() ? Payload.text(status, "description") : said;
    var reply = Diagnosis.of(code + " " + words, Payload.text(status, "enhanced-code"));
    var held =
        code.equals(HELD_BACK_BOUNCED) || Payload.word(event, "reason").equals("suppress-bounce");
    return new Notice.Bounced(
        held ? new Bounce(Bounce.Kind.HARD, "address bounced before") : Bounce.of(reply),
        reply,
        Payload.recipients(Payload.text(event, "recipient")));
  }
}
