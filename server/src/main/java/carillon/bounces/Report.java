package carillon.bounces;

import carillon.mail.Reply;
import java.util.List;
import java.util.Set;

/** What a mail that came back says. Names are texts that may tell which message it is about. */
sealed interface Report {

  /** A delivery status report (RFC 3464); without failures when it only tells of a delay. */
  record Failures(List<Failure> failures, List<String> names) implements Report {}

  /**
   * An abuse report (RFC 5965).
   *
   * @param type in lower case
   */
  record Feedback(String type, List<String> names) implements Report {}

  /** No report at all. */
  record Other() implements Report {}

  /**
   * Somebody whom a message did not reach.
   *
   * @param recipients as they were written to, and as they turned out to be, in lower case
   */
  record Failure(Set<String> recipients, Reply reply) {}
}
