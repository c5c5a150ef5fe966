package carillon.django;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The filter {@code stringformat}: one value by a format such as {@code 05d}, {@code .2f}, s. */
final class PercentFormat {

  private static final Pattern FORMAT =
      Pattern.compile("([-+ 0#]{0,5})(\\d{0,7})(?:\\.(\\d{0,3}))?([diuoxXeEfFgGcrsa])");

  private PercentFormat() {}

  static Object apply(Object value, Object argument, Context context) {
    var format = FORMAT.matcher(Text.of(argument, context.meter()));
    if (!format.matches()) {
      return "";
    }
    var flags = format.group(1);
    var width = format.group(2).isEmpty() ? 0 : Integer.parseInt(format.group(2));
    var precision =
        Optional.ofNullable(format.group(3)).map(p -> p.isEmpty() ? 0 : Integer.parseInt(p));
    context.meter().length(width);
    var body = body(value, format.group(4).charAt(0), precision, flags, context);
    return body.map(text -> padded(text, flags, width, format.group(4).charAt(0))).orElse("");
  }

  private static Optional<String> body(
      Object value, char type, Optional<Integer> precision, String flags, Context context) {
    return switch (type) {
      case 's' -> Optional.of(cut(Text.of(value, context.meter()), precision));
      case 'r', 'a' -> Optional.of(cut(Text.quoted(value, context.meter()), precision));
      case 'c' -> character(value);
      case 'd', 'i', 'u' ->
          whole(value).map(number -> signed(digits(number, 10, precision), flags));
      case 'o' -> whole(value).map(number -> signed(prefixed(number, 8, "0o", flags), flags));
      case 'x' -> whole(value).map(number -> signed(prefixed(number, 16, "0x", flags), flags));
      case 'X' ->
          whole(value)
              .map(number -> signed(prefixed(number, 16, "0x", flags), flags))
              .map(text -> text.toUpperCase(Locale.ROOT));
      default -> decimal(value).map(n -> signed(floating(n, type, precision.orElse(6)), flags));
    };
  }

  private static String cut(String text, Optional<Integer> precision) {
    return precision.filter(p -> p < text.length()).map(p -> text.substring(0, p)).orElse(text);
  }

  private static Optional<String> character(Object value) {
    if (Numbers.isWhole(value)) {
      return Numbers.size(value).filter(Character::isValidCodePoint).map(Character::toString);
    }
    return Optional.of(value)
        .filter(Values::isText)
        .map(Object::toString)
        .filter(text -> text.codePointCount(0, text.length()) == 1);
  }

  private static Optional<BigInteger> whole(Object value) {
    return Values.isText(value) ? Optional.empty() : Numbers.whole(value);
  }

  private static Optional<BigDecimal> decimal(Object value) {
    return Values.isText(value) ? Optional.empty() : Numbers.decimal(value);
  }

  private static String digits(BigInteger number, int radix, Optional<Integer> precision) {
    var digits = number.abs().toString(radix);
    var zeros = Math.max(0, precision.orElse(0) - digits.length());
    return (number.signum() < 0 ? "-" : "") + "0".repeat(zeros) + digits;
  }

  private static String prefixed(BigInteger number, int radix, String prefix, String flags) {
    var digits = number.abs().toString(radix);
    return (number.signum() < 0 ? "-" : "") + (flags.contains("#") ? prefix : "") + digits;
  }

  private static String floating(BigDecimal number, char type, int precision) {
    var text =
        switch (Character.toLowerCase(type)) {
          case 'f' -> number.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
          case 'e' -> scientific(number, precision);
          default -> general(number, Math.max(precision, 1));
        };
    return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String scientific(BigDecimal number, int precision) {
    var rounded = number.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    var exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    var mantissa = rounded.movePointLeft(exponent).setScale(precision, RoundingMode.HALF_EVEN);
    var power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return mantissa.toPlainString() + (exponent < 0 ? "e-" : "e+") + power;
  }

  private static String general(BigDecimal number, int precision) {
    var rounded = number.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    if (rounded.signum() == 0) {
      return "0";
    }
    var exponent = rounded.precision() - rounded.scale() - 1;
    var brief = rounded.stripTrailingZeros();
    return exponent < -4 || exponent >= precision
        ? scientific(brief, brief.precision() - 1)
        : brief.toPlainString();
  }

  private static String signed(String text, String flags) {
    if (text.startsWith("-")) {
      return text;
    }
    return (flags.contains("+") ? "+" : flags.contains(" ") ? " " : "") + text;
  }

  private static String padded(String text, String flags, int width, char type) {
    var missing = Math.max(0, width - text.length());
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    if (flags.contains("0") && "crsa".indexOf(type) < 0) {
      var sign = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
      return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
    return " ".repeat(missing) + text;
  }
}
