package carillon.reporting;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;

/**
 * The timeframes that have names. Weeks begin on Monday. Those counted in days hold that many days
 * and today; those counted in weeks, months or years hold whole ones of the calendar and not the
 * one under way.
 */
enum Timeframe {
  TODAY,
  YESTERDAY,
  THIS_WEEK,
  LAST_7_DAYS,
  LAST_WEEK,
  THIS_MONTH,
  LAST_30_DAYS,
  LAST_MONTH,
  LAST_90_DAYS,
  LAST_3_MONTHS,
  LAST_365_DAYS,
  LAST_12_MONTHS,
  THIS_YEAR,
  LAST_YEAR;

  /** As the API spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] words() {
    return Arrays.stream(values()).map(Timeframe::word).toArray(String[]::new);
  }

  static Timeframe of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What it means on a day at a place. */
  Span on(LocalDate today, ZoneId zone) {
    var tomorrow = today.plusDays(1);
    var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    var month = today.withDayOfMonth(1);
    var year = today.withDayOfYear(1);
    return switch (this) {
      case TODAY -> Span.days(today, tomorrow, zone);
      case YESTERDAY -> Span.days(today.minusDays(1), today, zone);
      case THIS_WEEK -> Span.days(monday, tomorrow, zone);
      case LAST_7_DAYS -> Span.days(today.minusDays(7), tomorrow, zone);
      case LAST_WEEK -> Span.days(monday.minusWeeks(1), monday, zone);
      case THIS_MONTH -> Span.days(month, tomorrow, zone);
      case LAST_30_DAYS -> Span.days(today.minusDays(30), tomorrow, zone);
      case LAST_MONTH -> Span.days(month.minusMonths(1), month, zone);
      case LAST_90_DAYS -> Span.days(today.minusDays(90), tomorrow, zone);
      case LAST_3_MONTHS -> Span.days(month.minusMonths(3), month, zone);
      case LAST_365_DAYS -> Span.days(today.minusDays(365), tomorrow, zone);
      case LAST_12_MONTHS -> Span.days(month.minusMonths(12), month, zone);
      case THIS_YEAR -> Span.days(year, tomorrow, zone);
      case LAST_YEAR -> Span.days(year.minusYears(1), year, zone);
    };
  }
}
