package carillon.platform.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the workers of this node; many rings before anybody looks are one. */
public final class WakeUp {

  private final Semaphore rung = new Semaphore(0);

  /** Says that there is something to do. */
  public void ring() {
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  /** Waits for a ring, at most this long; answers whether there was one. */
  boolean await(Duration most) {
    try {
      var woken = rung.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
      rung.drainPermits();
      return woken;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
