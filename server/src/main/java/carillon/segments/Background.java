package carillon.segments;

import carillon.platform.db.DatabaseUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of this node that goes on without requests, on a thread of its own. */
abstract class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final String name;
  private final Duration look;
  private final Semaphore bell;
  private Optional<Thread> worker = Optional.empty();
  private volatile boolean stopping;

  /**
   * Prepares the work; {@link #start} begins.
   *
   * @param look how long to rest when there was nothing to do
   * @param bell ends the rest
   */
  Background(String name, Duration look, Semaphore bell) {
    this.name = name;
    this.look = look;
    this.bell = bell;
  }

  /** Does some work; false when there is nothing to do now. */
  abstract boolean work();

  Background start() {
    worker = Optional.of(Thread.ofVirtual().name(name).start(this::run));
    return this;
  }

  boolean isStopping() {
    return stopping;
  }

  /** Waits, but not for the end of the node. */
  void pause(Duration time) {
    try {
      for (var left = time.toMillis(); left > 0 && !stopping; left -= 100) {
        Thread.sleep(Math.min(left, 100));
      }
    } catch (InterruptedException _) {
      stopping = true;
    }
  }

  private void run() {
    while (!stopping) {
      if (!attempt()) {
        rest();
      }
    }
  }

  private boolean attempt() {
    try {
      return work();
    } catch (DatabaseUnavailable _) {
      LOG.warn("{}: the database is away", name);
      return false;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("{}: failed", name);
      return false;
    }
  }

  private void rest() {
    try {
      var _ = bell.tryAcquire(look.toMillis(), TimeUnit.MILLISECONDS);
      bell.drainPermits();
    } catch (InterruptedException _) {
      stopping = true;
    }
  }

  @Override
  public void close() {
    stopping = true;
    bell.release();
    worker.ifPresent(Background::await);
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
