package carillon.django;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Map;

/** Django's date formats: one letter for each part of a date, a backslash before plain letters. */
final class DateFormat {

  private static final Map<String, String> NAMED =
      Map.of(
          "DATE_FORMAT", "N j, Y",
          "DATETIME_FORMAT", "N j, Y, P",
          "SHORT_DATE_FORMAT", "m/d/Y",
          "SHORT_DATETIME_FORMAT", "m/d/Y P",
          "TIME_FORMAT", "P",
          "YEAR_MONTH_FORMAT", "F Y",
          "MONTH_DAY_FORMAT", "F j");

  private static final String[] PRESS_MONTHS = {
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."
  };

  private final ZonedDateTime time;
  private final StringBuilder out = new StringBuilder();

  private DateFormat(ZonedDateTime time) {
    this.time = time;
  }

  static String format(ZonedDateTime time, String format, Context context) {
    context.meter().text(8L * format.length());
    var writer = new DateFormat(time);
    writer.write(NAMED.getOrDefault(format, format));
    return writer.out.toString();
  }

  private void write(String format) {
    for (var at = 0; at < format.length(); at++) {
      var c = format.charAt(at);
      if (c == '\\' && at + 1 < format.length()) {
        out.append(format.charAt(++at));
      } else if (!writeTime(c) && !writeDay(c) && !writeMonthOrYear(c) && !writeZone(c)) {
        out.append(c);
      }
    }
  }

  private boolean writeTime(char c) {
    switch (c) {
      case 'a' -> out.append(time.getHour() < 12 ? "a.m." : "p.m.");
      case 'A' -> out.append(time.getHour() < 12 ? "AM" : "PM");
      case 'f' -> out.append(hour12()).append(minutesIfAny());
      case 'g' -> out.append(hour12());
      case 'G' -> out.append(time.getHour());
      case 'h' -> padded(hour12(), 2);
      case 'H' -> padded(time.getHour(), 2);
      case 'i' -> padded(time.getMinute(), 2);
      case 's' -> padded(time.getSecond(), 2);
      case 'u' -> padded(time.getNano() / 1000, 6);
      case 'P' -> out.append(pressTime());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean writeDay(char c) {
    switch (c) {
      case 'd' -> padded(time.getDayOfMonth(), 2);
      case 'j' -> out.append(time.getDayOfMonth());
      case 'D' -> out.append(weekday(TextStyle.SHORT));
      case 'l' -> out.append(weekday(TextStyle.FULL));
      case 'S' -> out.append(ordinal(time.getDayOfMonth()));
      case 'w' -> out.append(time.getDayOfWeek().getValue() % 7);
      case 'z' -> out.append(time.getDayOfYear());
      case 'W' -> out.append(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean writeMonthOrYear(char c) {
    switch (c) {
      case 'm' -> padded(time.getMonthValue(), 2);
      case 'n' -> out.append(time.getMonthValue());
      case 'M' -> out.append(month(TextStyle.SHORT));
      case 'b' -> out.append(month(TextStyle.SHORT).toLowerCase(Locale.ROOT));
      case 'F', 'E' -> out.append(month(TextStyle.FULL));
      case 'N' -> out.append(PRESS_MONTHS[time.getMonthValue() - 1]);
      case 't' -> out.append(time.toLocalDate().lengthOfMonth());
      case 'L' -> out.append(time.toLocalDate().isLeapYear() ? "True" : "False");
      case 'y' -> padded(time.getYear() % 100, 2);
      case 'Y' -> padded(time.getYear(), 4);
      case 'o' -> out.append(time.get(IsoFields.WEEK_BASED_YEAR));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean writeZone(char c) {
    switch (c) {
      case 'e', 'T' -> out.append(zoneName());
      case 'O' -> out.append(offset());
      case 'Z' -> out.append(time.getOffset().getTotalSeconds());
      case 'I' -> out.append(isSummerTime() ? "1" : "0");
      case 'U' -> out.append(time.toEpochSecond());
      case 'c' -> out.append(iso());
      case 'r' -> write("D, d M Y H:i:s O");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void padded(int number, int width) {
    var digits = Integer.toString(number);
    out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  private int hour12() {
    return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
  }

  private String minutesIfAny() {
    var minute = time.getMinute();
    return minute == 0 ? "" : (minute < 10 ? ":0" : ":") + minute;
  }

  private String pressTime() {
    if (time.getMinute() == 0 && time.getHour() % 12 == 0) {
      return time.getHour() == 0 ? "midnight" : "noon";
    }
    return hour12() + minutesIfAny() + (time.getHour() < 12 ? " a.m." : " p.m.");
  }

  private String weekday(TextStyle style) {
    return time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
  }

  private String month(TextStyle style) {
    var full = time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return style == TextStyle.FULL ? full : full.substring(0, 3);
  }

  private static String ordinal(int day) {
    if (day >= 11 && day <= 13) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }

  private String zoneName() {
    ZoneId zone = time.getZone().normalized();
    if (zone.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
  }

  private String offset() {
    var minutes = time.getOffset().getTotalSeconds() / 60;
    var size = Math.abs(minutes);
    return String.format(Locale.ROOT, "%s%02d%02d", minutes < 0 ? "-" : "+", size / 60, size % 60);
  }

  private boolean isSummerTime() {
    return time.getZone().getRules().isDaylightSavings(time.toInstant());
  }

  private String iso() {
    var whole = time.truncatedTo(ChronoUnit.MICROS);
    var text = Dates.plain(whole);
    return text.substring(0, 10) + "T" + text.substring(11);
  }
}
