package carillon.django;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The filter {@code floatformat}: so many decimals; a negative number shows none for whole numbers;
 * {@code g} groups thousands.
 */
final class FloatFormat {

  private static final int MOST_DECIMALS = 200;

  private FloatFormat() {}

  static Object apply(Object value, Object argument, Context context) {
    var format = argument == null ? "-1" : Text.of(argument, context.meter());
    var grouped = format.endsWith("g") || format.endsWith("gu") || format.endsWith("ug");
    var digits = format;
    while (digits.endsWith("g") || digits.endsWith("u")) {
      digits = digits.substring(0, digits.length() - 1);
    }
    var decimals = digits.isEmpty() && grouped ? Optional.of(-1) : Numbers.size(digits);
    var number = Numbers.decimal(value);
    if (number.isEmpty()) {
      return value instanceof Double odd && !Double.isFinite(odd) ? Numbers.exact(odd) : "";
    }
    if (decimals.isEmpty()) {
      return Text.shown(value, context);
    }
    if (Math.abs((long) decimals.get()) > MOST_DECIMALS) {
      return Text.shown(value, context);
    }
    var text = rounded(number.get(), decimals.get());
    return grouped ? grouped(text) : text;
  }

  private static String rounded(BigDecimal number, int decimals) {
    var whole = number.stripTrailingZeros().scale() <= 0;
    var places = decimals < 0 && whole ? 0 : Math.abs(decimals);
    return number.setScale(places, RoundingMode.HALF_UP).toPlainString();
  }

  /** Puts a comma between thousands. */
  static String grouped(String number) {
    var start = number.startsWith("-") ? 1 : 0;
    var dot = number.indexOf('.');
    var end = dot < 0 ? number.length() : dot;
    var out = new StringBuilder(number);
    for (var at = end - 3; at > start; at -= 3) {
      out.insert(at, ',');
    }
    return out.toString();
  }
}
