package carillon.delivery;

import carillon.mail.Bounce;
import carillon.mail.Message;
import carillon.mail.Reply;
import java.time.Instant;

/** What became of a message that was due. */
sealed interface Verdict {

  /** What is to be known of a mail that was made: all but its content, which is large. */
  record Made(String recipient, String subject, Instant date) {
    static Made of(Message mail) {
      return new Made(mail.envelope().recipients().getFirst(), mail.subject(), mail.date());
    }
  }

  /** The relay took it. */
  record Sent(Made mail) implements Verdict {}

  /** The relay refused it for good. */
  record Bounced(Made mail, Bounce bounce, Reply reply) implements Verdict {}

  /** It could not leave for so long that it is given up. */
  record Expired(Made mail, Reply reply) implements Verdict {}

  /** It is to be tried again. */
  record Later(Instant at, Reply reply) implements Verdict {}

  /** It is not to be sent to this person. */
  record Skipped(Reason reason, String detail) implements Verdict {}

  /** Nothing was done about it: the node stops, or lost the lane. */
  record Untouched() implements Verdict {}

  /** Why a message is not sent. */
  enum Reason {
    NOT_ALLOWED("Not Allowed"),
    SMART_SENDING("Smart Sending"),
    TEMPLATE_ERROR("Template Error"),
    NO_ADDRESS("No Address"),
    MESSAGE_GONE("Message Gone");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /** As it stands in the ledger and in events. */
    String label() {
      return label;
    }
  }
}
