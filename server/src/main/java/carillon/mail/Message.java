package carillon.mail;

import java.time.Instant;
import java.util.List;

/**
 * A mail ready to be written. {@code messageId} comes without angle brackets ({@code id@domain});
 * line breaks in the subject become spaces.
 */
public record Message(
    Envelope envelope,
    Parties parties,
    String subject,
    Instant date,
    String messageId,
    List<Header> headers,
    Content content) {
  private static final int LONGEST_ID = 400;

  public Message {
    subject = OneLine.of(subject);
    headers = List.copyOf(headers);
    if (!isMessageId(messageId)) {
      throw new IllegalArgumentException("not a message id: " + OneLine.of(messageId));
    }
  }

  private static boolean isMessageId(String id) {
    int at = id.indexOf('@');
    return id.length() <= LONGEST_ID
        && Alphabet.LOCAL.make(id, 0, at)
        && Alphabet.DOMAIN.make(id, at + 1, id.length());
  }
}
