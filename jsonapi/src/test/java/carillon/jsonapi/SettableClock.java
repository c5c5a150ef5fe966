package carillon.jsonapi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set. */
final class SettableClock extends Clock {

  private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

  void tick(Duration duration) {
    now = now.plus(duration);
  }

  void set(String moment) {
    now = Instant.parse(moment);
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
    return this;
  }
}
