package carillon.bounces;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import carillon.mail.Bounce;
import carillon.platform.fetch.FetchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What Amazon SES tells through Amazon SNS. Anybody can have SNS sign messages, so only topics the
 * operator named are listened to.
 */
final class AmazonSes implements Provider {

  private static final String VIA = "Amazon SES";
  private static final Set<String> HEADERS = Set.of("message-id", "x-ses-message-tags");

  private final Set<String> topics;
  private final SnsSignature signature;
  private final Function<String, FetchResult> fetch;

  AmazonSes(Set<String> topics, SnsSignature signature, Function<String, FetchResult> fetch) {
    this.topics = topics;
    this.signature = signature;
    this.fetch = fetch;
  }

  @Override
  public List<Told> read(HttpRequest request) {
    var message = Payload.of(request.body());
    if (!topics.contains(Payload.text(message, "TopicArn")) || !signature.valid(message)) {
      throw Refused.unverified();
    }
    return switch (Payload.text(message, "Type")) {
      case "Notification" -> notices(Payload.within(Payload.text(message, "Message")));
      case "SubscriptionConfirmation" -> {
        confirm(Payload.text(message, "SubscribeURL"));
        yield List.of();
      }
      default -> List.of();
    };
  }

  private void confirm(String url) {
    if (!SnsSignature.isOfAmazon(url)) {
      throw Refused.unverified();
    }
    switch (fetch.apply(url)) {
      case FetchResult.Fetched fetched when fetched.successful() -> {}
      case FetchResult.Fetched fetched ->
          throw new IllegalStateException("not confirmed: status " + fetched.status());
      case FetchResult.Failed failed ->
          throw new IllegalStateException("not confirmed: " + failed.detail());
    }
  }

  /** Feedback notifications and published events differ in one name only. */
  private static List<Told> notices(JsonNode notice) {
    var type = Payload.text(notice, "notificationType");
    var names = names(notice.path("mail"));
    return switch (type.isEmpty() ? Payload.text(notice, "eventType") : type) {
      case "Bounce" ->
          Payload.elements(notice.path("bounce").path("bouncedRecipients")).stream()
              .map(recipient -> new Told(names, bounced(notice.path("bounce"), recipient)))
              .toList();
      case "Complaint" -> complained(notice.path("complaint"), names);
      default -> List.of();
    };
  }

  private static List<String> names(JsonNode mail) {
    var names = new ArrayList<String>();
    names.add(Payload.text(mail, "source"));
    Payload.elements(mail.path("tags").path("carillon"))
        .forEach(tag -> names.add(tag.asString("")));
    names.add(Payload.text(mail.path("commonHeaders"), "messageId"));
    Payload.elements(mail.path("headers")).stream()
        .filter(header -> HEADERS.contains(Payload.word(header, "name")))
        .forEach(header -> names.add(Payload.text(header, "value").replace("carillon=", "")));
    return names;
  }

  private static Notice bounced(JsonNode bounce, JsonNode recipient) {
    var reply =
        Diagnosis.of(Payload.text(recipient, "diagnosticCode"), Payload.text(recipient, "status"));
    return new Notice.Bounced(
        switch (Payload.text(bounce, "bounceType")) {
          case "Permanent" -> permanent(bounce, Bounce.of(reply));
          case "Transient" -> passing(Payload.text(bounce, "bounceSubType"));
          default -> new Bounce(Bounce.Kind.POLICY, "refused without a reason");
        },
        reply,
        Payload.recipients(Payload.text(recipient, "emailAddress")));
  }

  /** SES keeps addresses that bounced from being sent to; and not every reply says what it is. */
  private static Bounce permanent(JsonNode bounce, Bounce told) {
    return switch (Payload.text(bounce, "bounceSubType")) {
      case "Suppressed", "OnAccountSuppressionList" ->
          new Bounce(Bounce.Kind.HARD, "address bounced before");
      case "NoEmail" -> new Bounce(Bounce.Kind.HARD, "no such mailbox");
      default -> told;
    };
  }

  private static Bounce passing(String kind) {
    return switch (kind) {
      case "MailboxFull" -> new Bounce(Bounce.Kind.SOFT, "mailbox full");
      case "MessageTooLarge", "ContentRejected", "AttachmentRejected" ->
          new Bounce(Bounce.Kind.POLICY, "content refused");
      default -> new Bounce(Bounce.Kind.SOFT, "mailbox trouble");
    };
  }

  private static List<Told> complained(JsonNode complaint, List<String> names) {
    return switch (Payload.text(complaint, "complaintFeedbackType")) {
      case "not-spam", "auth-failure" -> List.of();
      default -> List.of(new Told(names, new Notice.Complained(VIA)));
    };
  }
}
