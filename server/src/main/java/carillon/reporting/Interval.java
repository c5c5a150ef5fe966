package carillon.reporting;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The steps that a stretch of time is counted in, on the calendar of a place. */
enum Interval {
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /** As the API spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] words() {
    return Arrays.stream(values()).map(Interval::word).toArray(String[]::new);
  }

  static Interval of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The starts of all steps that the span touches; the first may lie before it. */
  List<Instant> starts(Span span, ZoneId zone) {
    var first = span.from().atZone(zone);
    var day = first.toLocalDate();
    var all =
        switch (this) {
          case HOUR ->
              Stream.iterate(
                  first.truncatedTo(ChronoUnit.HOURS).toInstant(),
                  start -> start.plus(Duration.ofHours(1)));
          case DAY -> days(day, ChronoUnit.DAYS, zone);
          case WEEK ->
              days(
                  day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                  ChronoUnit.WEEKS,
                  zone);
          case MONTH -> days(day.withDayOfMonth(1), ChronoUnit.MONTHS, zone);
        };
    return all.takeWhile(start -> start.isBefore(span.to())).toList();
  }

  private static Stream<Instant> days(LocalDate first, ChronoUnit step, ZoneId zone) {
    return Stream.iterate(first, day -> day.plus(1, step))
        .map(day -> day.atStartOfDay(zone).toInstant());
  }
}
