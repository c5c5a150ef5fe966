package carillon.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Sends through one relay over kept connections. A kept connection that turns out dead before the
 * relay agreed to anything is replaced once by a fresh one; any other trouble is the outcome.
 */
public final class SmtpRelay implements MailTransport {
  private final SmtpOptions options;
  private final MimeWriter writer;
  private final Clock clock;
  private final SmtpDialer dialer;
  private final Watchdog watchdog = new Watchdog();
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Kept> kept = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  private record Kept(SmtpConnection connection, Instant since) {}

  public SmtpRelay(SmtpUrl url, SmtpOptions options, MimeWriter writer, Clock clock) {
    this.options = options;
    this.writer = writer;
    this.clock = clock;
    this.dialer = new SmtpDialer(url, options, watchdog);
    this.places = new Semaphore(options.connections(), true);
  }

  @Override
  public Outcome send(Message message) {
    var raw = writer.write(message);
    try {
      places.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Deferred(Stage.CONNECT, Reply.none("interrupted"));
    }
    try {
      return closed
          ? new Outcome.Deferred(Stage.CONNECT, Reply.none("the relay is closed"))
          : deliver(message.envelope(), raw);
    } catch (SmtpFailure e) {
      return e.outcome();
    } finally {
      places.release();
    }
  }

  /** Returns when the sends in progress are done. */
  @Override
  public void close() {
    closed = true;
    places.acquireUninterruptibly(options.connections());
    for (var next = kept.poll(); next != null; next = kept.poll()) {
      next.connection().quit();
    }
    places.release(options.connections());
    watchdog.close();
  }

  private Outcome deliver(Envelope envelope, RawMessage raw) throws SmtpFailure {
    var reused = takeKept();
    if (reused.isPresent()) {
      var result = attempt(reused.get(), envelope, raw);
      if (!result.untouched()) {
        return result.outcome();
      }
    }
    return attempt(dialer.dial(), envelope, raw).outcome();
  }

  // The one used last first: it is the least likely to have been closed by the relay.
  private Optional<SmtpConnection> takeKept() {
    var oldest = clock.instant().minus(options.timeouts().idle());
    for (var next = kept.pollFirst(); next != null; next = kept.pollFirst()) {
      if (next.connection().quiet() && next.since().isAfter(oldest)) {
        return Optional.of(next.connection());
      }
      next.connection().close();
    }
    return Optional.empty();
  }

  private Transaction.Result attempt(SmtpConnection connection, Envelope envelope, RawMessage raw) {
    boolean reusable = false;
    try {
      var result = connection.deliver(envelope, raw);
      reusable = result.reusable();
      return result;
    } finally {
      release(connection, reusable);
    }
  }

  private void release(SmtpConnection connection, boolean reusable) {
    if (!reusable) {
      connection.close();
    } else if (connection.messages() >= options.messagesPerConnection()) {
      connection.quit();
    } else {
      kept.addFirst(new Kept(connection, clock.instant()));
    }
  }
}
