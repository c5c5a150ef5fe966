package carillon.delivery;

import java.util.Optional;

/** Addresses on the outside of mails: where bounces go, and what a mail is known by. */
final class Envelopes {

  /** Longest part before the at sign that every server takes. */
  private static final int LONGEST_LOCAL = 64;

  private final Optional<String> bounceDomain;

  Envelopes(Optional<String> bounceDomain) {
    this.bounceDomain = bounceDomain;
  }

  /**
   * Where bounces of a message go: to an address of its own, so that a bounce tells which message
   * it is about, or to the sender when no domain takes bounces.
   */
  String returnPath(MessageRef message, String sender) {
    var local = "b-" + message.profile() + "-" + message.source();
    return bounceDomain
        .filter(_ -> local.length() <= LONGEST_LOCAL)
        .map(domain -> local + "@" + domain)
        .orElse(sender);
  }

  /** The same for every attempt, so that a mail sent twice can be known for one. */
  static String messageId(MessageRef message, String sender) {
    return message.profile() + "." + message.source() + "@" + domain(sender);
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
