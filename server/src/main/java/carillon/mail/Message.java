package carillon.mail;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

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
  private static final Pattern MESSAGE_ID =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9._-]{1,200}");

  public Message {
    subject = OneLine.of(subject);
    headers = List.copyOf(headers);
    if (!MESSAGE_ID.matcher(messageId).matches()) {
      throw new IllegalArgumentException("not a message id: " + OneLine.of(messageId));
    }
  }
}
