package carillon.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told to. */
public final class SteppingClock extends Clock {
  private volatile Instant now;

  /** Stands at {@code start}. */
  public SteppingClock(Instant start) {
    this.now = start;
  }

  /** Moves on by {@code step}. */
  public void tick(Duration step) {
    now = now.plus(step);
  }

  /** Moves to {@code time}, also back. */
  public void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("all clocks here show UTC");
  }
}
