package carillon.segments;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The moments that pass a filter of dates at one point in time. */
sealed interface Moments {

  /** Every moment. */
  record All() implements Moments {}

  /** Those between two bounds. */
  record Range(Optional<Bound> from, Optional<Bound> to) implements Moments {}

  /** Those in a month, 1 to 12, in the zone of the account. */
  record InMonth(int month) implements Moments {}

  /** Those on some days of the year, written {@code MMDD}, in the zone of the account. */
  record OnDays(Set<String> days) implements Moments {}

  /** An end of a range. */
  record Bound(Instant moment, boolean included) {}

  static Moments of(DateFilter filter, Instant now, ZoneId zone) {
    return switch (filter) {
      case DateFilter.AllTime _ -> new All();
      case DateFilter.After(var moment) -> range(bound(moment, false), Optional.empty());
      case DateFilter.Before(var moment) -> range(Optional.empty(), bound(moment, false));
      case DateFilter.Between(var start, var end) -> range(bound(start, true), bound(end, true));
      case DateFilter.InTheLast(var span) ->
          range(bound(span.before(now, zone), false), bound(now, true));
      case DateFilter.AtLeast(var span) ->
          range(Optional.empty(), bound(span.before(now, zone), true));
      case DateFilter.InTheNext(var span) ->
          range(bound(now, false), bound(span.after(now, zone), true));
      case DateFilter.Ago(var near, var far) ->
          range(bound(far.before(now, zone), false), bound(near.before(now, zone), true));
      case DateFilter.InMonth(var month) -> new InMonth(month);
      case DateFilter.AnniversaryMonth _ -> new InMonth(now.atZone(zone).getMonthValue());
      case DateFilter.Anniversary _ -> days(day(now, zone), day(now, zone));
      case DateFilter.AnniversaryInTheLast(var span) ->
          days(day(span.before(now, zone), zone), day(now, zone));
      case DateFilter.AnniversaryInTheNext(var span) ->
          days(day(now, zone), day(span.after(now, zone), zone));
    };
  }

  private static Moments range(Optional<Bound> from, Optional<Bound> to) {
    return new Range(from, to);
  }

  private static Optional<Bound> bound(Instant moment, boolean included) {
    return Optional.of(new Bound(moment, included));
  }

  private static LocalDate day(Instant moment, ZoneId zone) {
    return moment.atZone(zone).toLocalDate();
  }

  /** Who was born on 29 February celebrates on 28 February in other years. */
  private static Moments days(LocalDate first, LocalDate last) {
    if (ChronoUnit.DAYS.between(first, last) > 365) {
      return new All();
    }
    var days = new TreeSet<String>();
    first
        .datesUntil(last.plusDays(1))
        .forEach(day -> {
          days.add(written(MonthDay.from(day)));
          if (!day.isLeapYear() && day.getMonthValue() == 2 && day.getDayOfMonth() == 28) {
            days.add("0229");
          }
        });
    return new OnDays(days);
  }

  private static String written(MonthDay day) {
    return "%02d%02d".formatted(day.getMonthValue(), day.getDayOfMonth());
  }
}
