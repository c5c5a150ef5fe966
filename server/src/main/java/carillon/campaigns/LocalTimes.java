package carillon.campaigns;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * When a wall time comes in the timezones of people. A time that a change of clocks leaves out
 * comes later by what was left out; one that comes twice is the first.
 *
 * @param usual zone of who has none, or none that is known
 * @param began when the hand-out began: by then it has passed for some
 */
record LocalTimes(SendStrategy.Local wanted, ZoneId usual, Instant began) {

  Instant due(String zone) {
    return due(known(zone));
  }

  private Instant due(ZoneId zone) {
    var due = at(wanted.at(), zone);
    if (!due.isBefore(began)) {
      return due;
    }
    if (wanted.pastAtOnce()) {
      return began;
    }
    var next = wanted.at().toLocalTime().atDate(began.atZone(zone).toLocalDate());
    var today = at(next, zone);
    return today.isBefore(began) ? at(next.plusDays(1), zone) : today;
  }

  private static Instant at(LocalDateTime wall, ZoneId zone) {
    return wall.atZone(zone).toInstant();
  }

  private ZoneId known(String zone) {
    try {
      return zone.isEmpty() ? usual : ZoneId.of(zone);
    } catch (DateTimeException _) {
      return usual;
    }
  }
}
