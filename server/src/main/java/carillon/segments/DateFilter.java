package carillon.segments;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** A question to a moment. Days and weeks are those of the account's time zone. */
sealed interface DateFilter extends ValueFilter {

  /** Later than a moment. */
  record After(Instant moment) implements DateFilter {}

  /** Earlier than a moment. */
  record Before(Instant moment) implements DateFilter {}

  /** From one moment to another, both included. */
  record Between(Instant start, Instant end) implements DateFilter {}

  /** Not longer ago than a span, and not in the future. */
  record InTheLast(Span span) implements DateFilter {}

  /** At least a span ago. */
  record AtLeast(Span span) implements DateFilter {}

  /** In the future, but not farther than a span. */
  record InTheNext(Span span) implements DateFilter {}

  /** Between two spans ago; {@code near} is the shorter. */
  record Ago(Span near, Span far) implements DateFilter {}

  /** In a month, 1 to 12, of any year. */
  record InMonth(int month) implements DateFilter {}

  /** Its day of the year is today. */
  record Anniversary() implements DateFilter {}

  /** Its month is this month. */
  record AnniversaryMonth() implements DateFilter {}

  /** An anniversary of it fell into the last span. */
  record AnniversaryInTheLast(Span span) implements DateFilter {}

  /** An anniversary of it falls into the next span. */
  record AnniversaryInTheNext(Span span) implements DateFilter {}

  /** Any moment. */
  record AllTime() implements DateFilter {}

  /** A length of time; days and weeks are as long as the clocks of the zone make them. */
  record Span(long quantity, ChronoUnit unit) {

    Instant before(Instant now, ZoneId zone) {
      return now.atZone(zone).minus(quantity, unit).toInstant();
    }

    Instant after(Instant now, ZoneId zone) {
      return now.atZone(zone).plus(quantity, unit).toInstant();
    }
  }

  /** The moments that pass at {@code now}. */
  default Moments moments(Instant now, ZoneId zone) {
    return Moments.of(this, now, zone);
  }
}
