package carillon.jsonapi;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper of the program, and the API's way of writing moments. */
public final class Json {

  /** Reads and writes trees; immutable and thread-safe. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** Years have four digits, also after the change to UTC. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .appendPattern("HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .parseLenient()
          .appendOffset("+HH:MM", "Z")
          .parseStrict()
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter WRITE =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendLiteral("+00:00")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Reads any RFC 3339 moment; a missing offset means UTC, a missing time midnight. */
  public static Optional<Instant> moment(String text) {
    try {
      var moment = OffsetDateTime.parse(regular(text.trim()), READ).toInstant();
      return moment.isBefore(EARLIEST) || !moment.isBefore(TOO_LATE)
          ? Optional.empty()
          : Optional.of(moment);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A blank between day and time and an offset without colon are usual spellings too. */
  private static String regular(String text) {
    if (text.length() <= 10) {
      return text;
    }
    var sign = text.length() - 5;
    var offset = sign >= 10 && "+-".indexOf(text.charAt(sign)) >= 0;
    var whole =
        offset && text.charAt(sign + 3) != ':'
            ? text.substring(0, sign + 3) + ':' + text.substring(sign + 3)
            : text;
    return whole.charAt(10) == ' ' ? whole.substring(0, 10) + 'T' + whole.substring(11) : whole;
  }

  /** A moment as answers print it: {@code 2026-04-15T09:30:00+00:00}, micros only when not zero. */
  public static String print(Instant moment) {
    return WRITE.format(moment);
  }

  /** A new empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Text as a tree; for values that were written by this program. */
  public static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }

  private Json() {}
}
