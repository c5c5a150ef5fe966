package carillon.lists;

import carillon.profiles.Consents.Topic;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody known who says yes or no to something.
 *
 * @param topics what to
 * @param email for the events, if known
 * @param phoneNumber for the events, if known
 */
record Person(
    String profile, Set<Topic> topics, Optional<String> email, Optional<String> phoneNumber) {

  private static final Set<Topic> MARKETING =
      Set.of(
          Topic.EMAIL_MARKETING,
          Topic.SMS_MARKETING,
          Topic.PUSH_MARKETING,
          Topic.WHATSAPP_MARKETING);

  /** To be told apart who opens a mail, and receipts, have nothing to do with lists. */
  boolean speaksOfMarketing() {
    return topics.stream().anyMatch(MARKETING::contains);
  }
}
