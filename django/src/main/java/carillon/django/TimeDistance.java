package carillon.django;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** How long it is between two times: at most two neighbouring units, none smaller than minutes. */
final class TimeDistance {

  private static final String[] NAMES = {"year", "month", "week", "day", "hour", "minute"};

  private TimeDistance() {}

  static String between(LocalDateTime from, LocalDateTime to) {
    var counts = counts(from, to);
    var first = 0;
    while (first < counts.length && counts[first] == 0) {
      first++;
    }
    if (!from.isBefore(to) || first == counts.length) {
      return part(0, "minute");
    }
    var text = part(counts[first], NAMES[first]);
    var second = first + 1;
    return second < counts.length && counts[second] > 0
        ? text + ", " + part(counts[second], NAMES[second])
        : text;
  }

  private static long[] counts(LocalDateTime from, LocalDateTime to) {
    var months = Math.max(0, ChronoUnit.MONTHS.between(from, to));
    var rest = Duration.between(from.plusMonths(months), to);
    return new long[] {
      months / 12,
      months % 12,
      rest.toDays() / 7,
      rest.toDays() % 7,
      rest.toHoursPart(),
      rest.toMinutesPart()
    };
  }

  private static String part(long count, String name) {
    return count + "\u00a0" + name + (count == 1 ? "" : "s");
  }
}
