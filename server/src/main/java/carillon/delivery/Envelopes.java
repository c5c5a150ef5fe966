package carillon.delivery;

import java.util.Optional;

/** Addresses on the outside of mails: where bounces go, and what a mail is known by. */
final class Envelopes {

  /** Longest part before the at sign that every server takes. */
  private static final int LONGEST_LOCAL = 64;

  private static final String PREFIX = "b-";

  private final Optional<String> bounceDomain;
  private final Marks marks;

  Envelopes(Optional<String> bounceDomain, Marks marks) {
    this.bounceDomain = bounceDomain;
    this.marks = marks;
  }

  /**
   * Where bounces of a message go: to an address of its own, so that a bounce tells which message
   * it is about, or to the sender when no domain takes bounces.
   */
  String returnPath(MessageRef message, String sender) {
    var local = PREFIX + marks.of(message);
    return bounceDomain
        .filter(_ -> local.length() <= LONGEST_LOCAL)
        .map(domain -> local + "@" + domain)
        .orElse(sender);
  }

  /** The message whose bounces go to an address; empty for addresses that are not ours. */
  Optional<Mark> ofReturnPath(String address) {
    var at = address.lastIndexOf('@');
    return bounceDomain
        .filter(domain -> at > 0 && domain.equalsIgnoreCase(address.substring(at + 1)))
        .filter(_ -> address.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
        .flatMap(_ -> marks.read(address.substring(PREFIX.length(), at)));
  }

  /** The same for every attempt, so that a mail sent twice can be known for one. */
  String messageId(MessageRef message, String sender) {
    return marks.of(message) + "@" + domain(sender);
  }

  /** The message of a Message-ID, in angle brackets or not, or of a bare mark. */
  Optional<Mark> named(String text) {
    var bare = text.strip().replaceAll("^<|>$", "");
    var at = bare.indexOf('@');
    return marks.read(at < 0 ? bare : bare.substring(0, at));
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
