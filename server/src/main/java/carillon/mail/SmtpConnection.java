package carillon.mail;

import java.io.IOException;
import java.time.Duration;

/** An open, logged-in connection, for one thread at a time. */
final class SmtpConnection implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private final Wire wire;
  private final Capabilities offers;
  private final SmtpTimeouts timeouts;
  private int messages;

  SmtpConnection(Wire wire, Capabilities offers, SmtpTimeouts timeouts) {
    this.wire = wire;
    this.offers = offers;
    this.timeouts = timeouts;
  }

  Transaction.Result deliver(Envelope envelope, RawMessage message) {
    messages++;
    return new Transaction(wire, offers, timeouts, envelope, message).run();
  }

  int messages() {
    return messages;
  }

  /** False when it spoke unasked: a goodbye, or replies out of step with our commands. */
  boolean quiet() {
    return !wire.hasUnread();
  }

  /** Says goodbye first; a relay that does not answer is left all the same. */
  void quit() {
    try (wire) {
      wire.write("QUIT\r\n");
      wire.read(FAREWELL);
    } catch (IOException _) {
      // it hung up first
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
