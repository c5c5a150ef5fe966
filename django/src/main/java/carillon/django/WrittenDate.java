package carillon.django;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates written as text: 2026-11-21, with time and offset or not, 11/21/2026, Unix time. */
final class WrittenDate {

  private static final int LONGEST = 40;
  private static final String TIME =
      "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?";
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})" + TIME);
  private static final Pattern US = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})" + TIME);
  private static final Pattern UNIX = Pattern.compile("-?\\d{9,11}");

  private WrittenDate() {}

  static Optional<ZonedDateTime> parse(String text, ZoneId zone) {
    var written = text.strip();
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return read(written, zone);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZonedDateTime> read(String written, ZoneId zone) {
    if (UNIX.matcher(written).matches()) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(written)).atZone(zone));
    }
    var iso = ISO.matcher(written);
    if (iso.matches()) {
      return Optional.of(time(iso, number(iso, 1), number(iso, 2), number(iso, 3), zone));
    }
    var us = US.matcher(written);
    if (us.matches()) {
      var year = number(us, 3) + (us.group(3).length() == 2 ? 2000 : 0);
      return Optional.of(time(us, year, number(us, 1), number(us, 2), zone));
    }
    return Optional.empty();
  }

  private static ZonedDateTime time(Matcher match, int year, int month, int day, ZoneId zone) {
    var local =
        LocalDateTime.of(
            year, month, day, number(match, 4), number(match, 5), number(match, 6), nanos(match));
    var offset = match.group(8);
    return offset == null
        ? local.atZone(zone)
        : local.atOffset(ZoneOffset.of(offset)).atZoneSameInstant(zone);
  }

  private static int number(Matcher match, int group) {
    return match.group(group) == null ? 0 : Integer.parseInt(match.group(group));
  }

  private static int nanos(Matcher match) {
    var digits = match.group(7);
    return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
  }
}
