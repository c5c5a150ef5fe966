package carillon.django;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Filters that calculate. Numbers written as text count as numbers; whole numbers stay whole unless
 * divided; what is no number gives empty text.
 */
final class ArithmeticFilters {

  private static final int MOST_DIGITS = 300;

  private ArithmeticFilters() {}

  /** An operation of two numbers; none where it has no result. */
  @FunctionalInterface
  private interface Operation {
    Optional<BigDecimal> apply(BigDecimal a, BigDecimal b);
  }

  static void addTo(FilterTable filters) {
    filters
        .add("plus", Arity.REQUIRED, exact((a, b) -> Optional.of(a.add(b))))
        .alias("floatadd", "plus")
        .add("minus", Arity.REQUIRED, exact((a, b) -> Optional.of(a.subtract(b))))
        .alias("subtract", "minus")
        .add("times", Arity.REQUIRED, exact((a, b) -> Optional.of(a.multiply(b))))
        .alias("multiply", "times")
        .add("modulo", Arity.REQUIRED, exact(ArithmeticFilters::modulo))
        .add("divide", Arity.REQUIRED, divide())
        .alias("divided_by", "divide")
        .add("at_least", Arity.REQUIRED, (value, limit, c) -> chosen(value, limit, 1))
        .add("at_most", Arity.REQUIRED, (value, limit, c) -> chosen(value, limit, -1))
        .add("abs", Arity.NONE, (v, none, c) -> like(v, Numbers.decimal(v).map(BigDecimal::abs)))
        .add("ceil", Arity.NONE, (v, none, c) -> whole(v, RoundingMode.CEILING))
        .add("floor", Arity.NONE, (v, none, c) -> whole(v, RoundingMode.FLOOR))
        .add("round", Arity.OPTIONAL, (v, places, c) -> rounded(v, places, RoundingMode.HALF_UP))
        .add("round_up", Arity.OPTIONAL, (v, places, c) -> rounded(v, places, RoundingMode.CEILING))
        .add("round_down", Arity.OPTIONAL, (v, p, c) -> rounded(v, p, RoundingMode.FLOOR));
  }

  private static FilterFunction exact(Operation operation) {
    return (value, argument, context) -> {
      var result = apply(operation, value, argument);
      var bothWhole = isWholeNumber(value) && isWholeNumber(argument);
      return result.isEmpty() ? "" : bothWhole ? wholeNumber(result.get()) : decimal(result.get());
    };
  }

  private static FilterFunction divide() {
    return (value, argument, context) ->
        apply(ArithmeticFilters::quotient, value, argument)
            .<Object>map(ArithmeticFilters::decimal)
            .orElse("");
  }

  private static Optional<BigDecimal> apply(Operation operation, Object value, Object argument) {
    var a = Numbers.decimal(value);
    var b = Numbers.decimal(argument);
    return a.isPresent() && b.isPresent()
        ? operation.apply(a.get(), b.get()).filter(ArithmeticFilters::isSmall)
        : Optional.empty();
  }

  private static boolean isSmall(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS;
  }

  private static Optional<BigDecimal> modulo(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      return Optional.empty();
    }
    var rest = a.remainder(b);
    return Optional.of(rest.signum() * b.signum() < 0 ? rest.add(b) : rest);
  }

  private static Optional<BigDecimal> quotient(BigDecimal a, BigDecimal b) {
    return b.signum() == 0 ? Optional.empty() : Optional.of(a.divide(b, MathContext.DECIMAL64));
  }

  private static boolean isWholeNumber(Object value) {
    return Numbers.isWhole(value) || (Values.isText(value) && Numbers.whole(value).isPresent());
  }

  private static Object wholeNumber(BigDecimal number) {
    return Numbers.narrow(number.toBigInteger());
  }

  private static Object decimal(BigDecimal number) {
    return number.doubleValue();
  }

  private static Object chosen(Object value, Object limit, int sign) {
    var a = Numbers.decimal(value);
    var b = Numbers.decimal(limit);
    if (a.isEmpty() || b.isEmpty()) {
      return "";
    }
    return a.get().compareTo(b.get()) * sign >= 0 ? value : limit;
  }

  private static Object like(Object value, Optional<BigDecimal> result) {
    return result
        .map(number -> isWholeNumber(value) ? wholeNumber(number) : decimal(number))
        .orElse("");
  }

  /** Rounded to a whole number, which still prints its decimal: 6.0. */
  private static Object whole(Object value, RoundingMode mode) {
    return Numbers.decimal(value)
        .<Object>map(number -> number.setScale(0, mode).doubleValue())
        .orElse("");
  }

  private static Object rounded(Object value, Object argument, RoundingMode mode) {
    var number = Numbers.decimal(value);
    var places = argument == null ? Optional.of(0) : Numbers.size(argument);
    if (number.isEmpty() || places.isEmpty() || Math.abs((long) places.get()) > MOST_DIGITS) {
      return "";
    }
    var rounded = number.get().setScale(places.get(), mode);
    return places.get() <= 0 ? wholeNumber(rounded) : decimal(rounded);
  }
}
