package carillon.mail;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the relay is told: where bounces go (empty for nowhere) and who receives the message. The
 * first recipient is the one the message is for; when it is refused nobody gets the message.
 */
public record Envelope(String returnPath, List<String> recipients) {

  public Envelope {
    returnPath = returnPath.isEmpty() ? "" : Address.canonical(returnPath);
    recipients = recipients.stream().map(Address::canonical).distinct().toList();
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a message needs a recipient");
    }
  }

  /** Everybody named in {@code parties}, bounces going to {@code returnPath}. */
  public static Envelope to(Parties parties, String returnPath) {
    var all = Stream.of(parties.to(), parties.cc(), parties.bcc()).flatMap(List::stream);
    return new Envelope(returnPath, all.map(Mailbox::address).toList());
  }

  boolean needsUtf8() {
    return !Address.isAscii(returnPath) || !recipients.stream().allMatch(Address::isAscii);
  }
}
