package carillon.django;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Filters of numbers in Django's own set. */
final class NumberFilters {

  private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB"};

  private NumberFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("add", Arity.REQUIRED, NumberFilters::add)
        .add("divisibleby", Arity.REQUIRED, NumberFilters::divisible)
        .add("get_digit", Arity.REQUIRED, NumberFilters::digit)
        .safe("floatformat", Arity.OPTIONAL, FloatFormat::apply)
        .safe("stringformat", Arity.REQUIRED, PercentFormat::apply)
        .safe("filesizeformat", Arity.NONE, (value, none, context) -> fileSize(value));
  }

  private static Object add(Object value, Object argument, Context context) {
    var a = Numbers.whole(value);
    var b = Numbers.whole(argument);
    if (a.isPresent() && b.isPresent()) {
      return Numbers.narrow(a.get().add(b.get()));
    }
    if (value instanceof SafeText left && argument instanceof SafeText right) {
      return new SafeText(joined(left.text(), right.text(), context));
    }
    if (Values.isText(value) && Values.isText(argument)) {
      var meter = context.meter();
      return joined(Text.of(value, meter), Text.of(argument, meter), context);
    }
    return value instanceof List<?> left && argument instanceof List<?> right
        ? joined(left, right, context)
        : "";
  }

  private static String joined(String a, String b, Context context) {
    context.meter().length((long) a.length() + b.length());
    return a.concat(b);
  }

  private static List<Object> joined(List<?> a, List<?> b, Context context) {
    context.meter().text(8L * (a.size() + b.size()));
    var both = new ArrayList<Object>(a);
    both.addAll(b);
    return both;
  }

  private static Object divisible(Object value, Object argument, Context context) {
    var number = Numbers.whole(value);
    var divisor = Numbers.whole(argument).filter(by -> by.signum() != 0);
    return number.isPresent()
        && divisor.isPresent()
        && number.get().mod(divisor.get().abs()).signum() == 0;
  }

  private static Object digit(Object value, Object argument, Context context) {
    var number = Numbers.whole(value);
    var position = Numbers.size(argument);
    if (number.isEmpty() || position.isEmpty()) {
      return value;
    }
    if (position.get() < 1) {
      return Numbers.narrow(number.get());
    }
    var digits = number.get().abs().toString();
    var index = digits.length() - position.get();
    return index < 0 ? (Object) 0 : digits.charAt(index) - '0';
  }

  private static String fileSize(Object value) {
    var bytes = Numbers.whole(value).orElse(BigInteger.ZERO);
    var size = bytes.abs();
    var sign = bytes.signum() < 0 ? "-" : "";
    if (size.bitLength() <= 10) {
      return sign + size + "\u00a0byte" + (size.equals(BigInteger.ONE) ? "" : "s");
    }
    var unit = Math.min((size.bitLength() - 1) / 10, UNITS.length);
    var divisor = new BigDecimal(BigInteger.ONE.shiftLeft(10 * unit));
    var shown = new BigDecimal(size).divide(divisor, 1, RoundingMode.HALF_UP);
    return sign + shown.toPlainString() + "\u00a0" + UNITS[unit - 1];
  }
}
