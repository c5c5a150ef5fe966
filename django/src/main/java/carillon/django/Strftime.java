package carillon.django;

import java.time.ZonedDateTime;
import java.util.Map;

/** Formats with percent signs, {@code %B %d, %Y}, by way of the letters of {@link DateFormat}. */
final class Strftime {

  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('a', "D"),
          Map.entry('A', "l"),
          Map.entry('b', "M"),
          Map.entry('h', "M"),
          Map.entry('B', "F"),
          Map.entry('d', "d"),
          Map.entry('e', "j"),
          Map.entry('m', "m"),
          Map.entry('y', "y"),
          Map.entry('Y', "Y"),
          Map.entry('H', "H"),
          Map.entry('I', "h"),
          Map.entry('M', "i"),
          Map.entry('S', "s"),
          Map.entry('f', "u"),
          Map.entry('p', "A"),
          Map.entry('w', "w"),
          Map.entry('u', "w"),
          Map.entry('j', "z"),
          Map.entry('V', "W"),
          Map.entry('G', "o"),
          Map.entry('Z', "T"),
          Map.entry('z', "O"),
          Map.entry('s', "U"),
          Map.entry('D', "m/d/y"),
          Map.entry('x', "m/d/y"),
          Map.entry('F', "Y-m-d"),
          Map.entry('T', "H:i:s"),
          Map.entry('X', "H:i:s"),
          Map.entry('R', "H:i"),
          Map.entry('c', "D M j H:i:s Y"));

  private Strftime() {}

  static String format(ZonedDateTime time, String format, Context context) {
    var out = new StringBuilder();
    for (var at = 0; at < format.length(); at++) {
      var c = format.charAt(at);
      var unpadded = c == '%' && at + 2 < format.length() && format.charAt(at + 1) == '-';
      if (c != '%' || at + 1 == format.length()) {
        out.append(c);
      } else if (unpadded) {
        at += 2;
        out.append(part(time, format.charAt(at), context).replaceFirst("^0(?=\\d)", ""));
      } else {
        out.append(part(time, format.charAt(++at), context));
      }
    }
    return out.toString();
  }

  private static String part(ZonedDateTime time, char letter, Context context) {
    var format = LETTERS.get(letter);
    if (format == null) {
      return letter == '%' ? "%" : "%" + letter;
    }
    return DateFormat.format(time, format, context);
  }
}
