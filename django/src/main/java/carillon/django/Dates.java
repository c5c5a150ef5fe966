package carillon.django;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Dates and times as values. */
final class Dates {

  private static final DateTimeFormatter PLAIN_DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter PLAIN_TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Dates() {}

  /** A date or time as a moment in a zone; a bare date is its midnight, a bare time is today. */
  static Optional<ZonedDateTime> moment(Object value, Context context) {
    var zone = context.options().zone();
    return switch (value) {
      case Instant instant -> Optional.of(instant.atZone(zone));
      case ZonedDateTime time -> Optional.of(time.withZoneSameInstant(zone));
      case OffsetDateTime time -> Optional.of(time.atZoneSameInstant(zone));
      case LocalDateTime time -> Optional.of(time.atZone(zone));
      case LocalDate date -> Optional.of(date.atStartOfDay(zone));
      case LocalTime time -> Optional.of(context.now().with(time));
      case null, default -> Optional.empty();
    };
  }

  /** The everyday form a page shows. */
  static String shown(TemporalAccessor time, Context context) {
    var format =
        switch (time) {
          case LocalDate ignored -> "DATE_FORMAT";
          case LocalTime ignored -> "TIME_FORMAT";
          default -> "DATETIME_FORMAT";
        };
    return moment(time, context)
        .map(moment -> DateFormat.format(moment, format, context))
        .orElseGet(time::toString);
  }

  /** The form with digits only, on which text filters work. */
  static String plain(TemporalAccessor time) {
    return switch (time) {
      case Instant instant -> plain(instant.atZone(ZoneOffset.UTC));
      case OffsetDateTime at -> plain(at.toZonedDateTime());
      case ZonedDateTime at ->
          plain(at.toLocalDateTime()) + at.getOffset().getId().replace("Z", "+00:00");
      case LocalDateTime at -> PLAIN_DATE_TIME.format(at) + fraction(at.getNano());
      case LocalTime at -> PLAIN_TIME.format(at) + fraction(at.getNano());
      default -> time.toString();
    };
  }

  private static String fraction(int nanos) {
    return nanos < 1000 ? "" : String.format(Locale.ROOT, ".%06d", nanos / 1000);
  }

  /** A date, time or text in one of the written forms the product accepts. */
  static Optional<ZonedDateTime> lenient(Object value, Context context) {
    if (!Values.isText(value) && !Numbers.isWhole(value)) {
      return moment(value, context);
    }
    ZoneId zone = context.options().zone();
    return WrittenDate.parse(Text.of(value, context.meter()), zone);
  }
}
