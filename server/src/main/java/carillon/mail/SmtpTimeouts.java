package carillon.mail;

import java.time.Duration;

/**
 * How long to wait for the relay.
 *
 * @param connect to open a connection
 * @param reply for the whole answer to a command, and for the relay to take what is written
 * @param content for the answer to the final dot; short patience here means mails sent twice
 * @param idle after which a kept connection is not used again
 */
public record SmtpTimeouts(Duration connect, Duration reply, Duration content, Duration idle) {

  public static SmtpTimeouts standard() {
    return new SmtpTimeouts(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        Duration.ofSeconds(60));
  }
}
