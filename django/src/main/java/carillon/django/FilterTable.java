package carillon.django;

import java.util.HashMap;
import java.util.Map;

/** Collects filters by name. */
final class FilterTable {

  /** A filter of text: the value arrives as its text. */
  @FunctionalInterface
  interface OfText {
    Object apply(String text, Object argument, Context context);
  }

  /** A filter of text that needs nothing else. */
  @FunctionalInterface
  interface Plain {
    String apply(String text);
  }

  private final Map<String, Filter> filters = new HashMap<>();

  Map<String, Filter> all() {
    return filters;
  }

  /** A filter whose result is never markup. */
  FilterTable add(String name, Arity arity, FilterFunction function) {
    filters.put(name, new Filter(arity, false, function));
    return this;
  }

  /** A filter that leaves markup markup. */
  FilterTable safe(String name, Arity arity, FilterFunction function) {
    filters.put(name, new Filter(arity, true, function));
    return this;
  }

  FilterTable text(String name, Arity arity, OfText function) {
    return add(name, arity, ofText(function));
  }

  FilterTable safeText(String name, Arity arity, OfText function) {
    return safe(name, arity, ofText(function));
  }

  FilterTable plain(String name, Plain function) {
    return text(name, Arity.NONE, (text, none, context) -> function.apply(text));
  }

  FilterTable safePlain(String name, Plain function) {
    return safeText(name, Arity.NONE, (text, none, context) -> function.apply(text));
  }

  /** Another name for a filter already there. */
  FilterTable alias(String name, String of) {
    filters.put(name, filters.get(of));
    return this;
  }

  private static FilterFunction ofText(OfText function) {
    return (value, argument, context) ->
        function.apply(Text.of(value, context.meter()), argument, context);
  }
}
