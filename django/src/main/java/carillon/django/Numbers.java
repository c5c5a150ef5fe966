package carillon.django;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Numbers as the language knows them: whole ones of any size, decimals, floating point. */
final class Numbers {

  private static final int MOST_DIGITS = 400;

  private Numbers() {}

  static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Short
        || value instanceof Byte;
  }

  static boolean truth(Number number) {
    return switch (number) {
      case Integer i -> i != 0;
      case Long l -> l != 0;
      case BigInteger b -> b.signum() != 0;
      case BigDecimal d -> d.signum() != 0;
      default -> number.doubleValue() != 0;
    };
  }

  /** The smallest type that holds the number. */
  static Number narrow(BigInteger number) {
    if (number.bitLength() < 32) {
      return number.intValue();
    }
    return number.bitLength() < 64 ? (Number) number.longValue() : number;
  }

  /** The exact value of a number or of text that is one; empty for all else. */
  static Optional<BigDecimal> decimal(Object value) {
    return switch (value) {
      case Integer i -> Optional.of(BigDecimal.valueOf(i));
      case Long l -> Optional.of(BigDecimal.valueOf(l));
      case Double d ->
          Double.isFinite(d) ? Optional.of(new BigDecimal(d.toString())) : Optional.empty();
      case BigDecimal d -> sensible(d);
      case BigInteger b -> sensible(new BigDecimal(b));
      case Number n -> decimal(n.toString());
      case Boolean flag -> Optional.of(flag ? BigDecimal.ONE : BigDecimal.ZERO);
      case String text -> parse(text);
      case SafeText text -> parse(text.text());
      case null, default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> parse(String text) {
    var number = text.strip();
    if (number.isEmpty()
        || number.length() > MOST_DIGITS
        || "+-.0123456789".indexOf(number.charAt(0)) < 0) {
      return Optional.empty();
    }
    try {
      return sensible(new BigDecimal(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> sensible(BigDecimal number) {
    var sensible =
        number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    return sensible ? Optional.of(number) : Optional.empty();
  }

  /** The whole number in a value: floating point is cut off, text must be whole. */
  static Optional<BigInteger> whole(Object value) {
    return switch (value) {
      case Integer i -> Optional.of(BigInteger.valueOf(i));
      case Long l -> Optional.of(BigInteger.valueOf(l));
      case String text -> wholeText(text);
      case SafeText text -> wholeText(text.text());
      case null, default -> decimal(value).map(BigDecimal::toBigInteger);
    };
  }

  private static Optional<BigInteger> wholeText(String text) {
    return parse(text)
        .filter(number -> number.scale() == 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0)
        .map(BigDecimal::toBigInteger);
  }

  /** A whole number that serves as size or position. */
  static Optional<Integer> size(Object value) {
    return whole(value).filter(number -> number.bitLength() < 32).map(BigInteger::intValue);
  }

  /** The number written out, as a page shows it. */
  static String shown(Number number) {
    return switch (number) {
      case Integer i -> Integer.toString(i);
      case Long l -> Long.toString(l);
      case Double d -> shown(d.doubleValue());
      case Float f -> shown(Double.parseDouble(f.toString()));
      case BigDecimal d -> sensible(d).map(BigDecimal::toPlainString).orElseGet(d::toString);
      default -> number.toString();
    };
  }

  private static String shown(double number) {
    var text = exact(number);
    return text.indexOf('e') < 0 ? text : new BigDecimal(text).toPlainString();
  }

  /** The number as it appears within a printed list or as text: large and tiny ones with e. */
  static String exact(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    var exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return scientific(decimal, exponent);
    }
    return decimal.scale() <= 0 ? decimal.setScale(1).toPlainString() : decimal.toPlainString();
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    var digits = decimal.unscaledValue().abs().toString();
    var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    var sign = decimal.signum() < 0 ? "-" : "";
    var power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return sign + mantissa + (exponent < 0 ? "e-" : "e+") + power;
  }
}
