package carillon.reporting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** A stretch of time, from its start to just before its end. */
record Span(Instant from, Instant to) {

  /** From the start of one day to the start of another, on the calendar of a place. */
  static Span days(LocalDate first, LocalDate end, ZoneId zone) {
    return new Span(first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
  }

  /** Between two readings of the clock on the wall of a place. */
  static Span between(LocalDateTime start, LocalDateTime end, ZoneId zone) {
    return new Span(start.atZone(zone).toInstant(), end.atZone(zone).toInstant());
  }
}
