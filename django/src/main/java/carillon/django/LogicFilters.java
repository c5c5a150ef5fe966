package carillon.django;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters that choose: defaults, yes and no, plurals. */
final class LogicFilters {

  private LogicFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("default", Arity.REQUIRED, (value, other, c) -> Values.truth(value) ? value : other)
        .add("default_if_none", Arity.REQUIRED, (value, other, c) -> value == null ? other : value)
        .add("yesno", Arity.OPTIONAL, LogicFilters::yesNo)
        .add("pluralize", Arity.OPTIONAL, LogicFilters::pluralize);
  }

  private static Object yesNo(Object value, Object argument, Context context) {
    var words = argument == null ? "yes,no,maybe" : Text.of(argument, context.meter());
    var choices = words.split(",", -1);
    if (choices.length < 2) {
      return value;
    }
    if (value == null) {
      return choices[choices.length > 2 ? 2 : 1];
    }
    return choices[Values.truth(value) ? 0 : 1];
  }

  private static Object pluralize(Object value, Object argument, Context context) {
    var suffixes = argument == null ? "s" : Text.of(argument, context.meter());
    var comma = suffixes.indexOf(',');
    if (comma != suffixes.lastIndexOf(',')) {
      return "";
    }
    var one = comma < 0 ? "" : suffixes.substring(0, comma);
    var many = suffixes.substring(comma + 1);
    return isOne(value).map(single -> single ? one : many).orElse("");
  }

  private static Optional<Boolean> isOne(Object value) {
    return switch (value) {
      case Number number -> Optional.of(number.doubleValue() == 1);
      case Boolean flag -> Optional.of(flag);
      case String text -> Numbers.decimal(text).map(number -> number.doubleValue() == 1);
      case SafeText text -> isOne(text.text());
      case List<?> list -> Optional.of(list.size() == 1);
      case Map<?, ?> map -> Optional.of(map.size() == 1);
      case null, default -> Optional.empty();
    };
  }
}
