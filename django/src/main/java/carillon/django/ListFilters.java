package carillon.django;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters of lists: picking, joining, sorting, printing. */
final class ListFilters {

  private ListFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("length", Arity.NONE, (value, none, context) -> length(value))
        .add("length_is", Arity.REQUIRED, ListFilters::lengthIs)
        .add("first", Arity.NONE, (value, none, context) -> first(value))
        .safe("last", Arity.NONE, (value, none, context) -> last(value))
        .safe("random", Arity.NONE, ListFilters::random)
        .safe("slice", Arity.REQUIRED, Slice::apply)
        .safe("join", Arity.REQUIRED, ListFilters::join)
        .add("dictsort", Arity.REQUIRED, (value, key, c) -> sorted(value, key, false, c))
        .add("dictsortreversed", Arity.REQUIRED, (value, key, c) -> sorted(value, key, true, c))
        .safe("unordered_list", Arity.NONE, UnorderedList::apply)
        .safe("pprint", Arity.NONE, (value, none, c) -> Text.quoted(value, c.meter()));
  }

  static Integer length(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case SafeText safe -> safe.text().codePointCount(0, safe.text().length());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Group ignored -> 2;
      case null, default -> 0;
    };
  }

  private static Object lengthIs(Object value, Object length, Context context) {
    return Numbers.size(length).<Object>map(wanted -> length(value).equals(wanted)).orElse("");
  }

  static Object first(Object value) {
    return switch (value) {
      case List<?> list -> list.isEmpty() ? "" : list.getFirst();
      case String text -> text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(0, 1));
      case SafeText text -> first(text.text());
      case null, default -> "";
    };
  }

  static Object last(Object value) {
    return switch (value) {
      case List<?> list -> list.isEmpty() ? "" : list.getLast();
      case String text ->
          text.isEmpty() ? "" : text.substring(text.offsetByCodePoints(text.length(), -1));
      case SafeText text -> last(text.text());
      case null, default -> "";
    };
  }

  private static Object random(Object value, Object none, Context context) {
    var elements = Values.elements(value, context.meter());
    return elements.isEmpty() ? "" : elements.get(context.random().nextInt(elements.size()));
  }

  private static Object join(Object value, Object separator, Context context) {
    if (!(value instanceof List) && !(value instanceof Map) && !Values.isText(value)) {
      return value;
    }
    var meter = context.meter();
    var between = Html.markup(separator, context.escaping(), meter);
    var out = new StringBuilder();
    var first = true;
    for (var element : Values.elements(value, meter)) {
      out.append(first ? "" : between).append(Html.markup(element, context.escaping(), meter));
      meter.length(out.length());
      meter.work(1);
      first = false;
    }
    return new SafeText(out.toString());
  }

  private static Object sorted(Object value, Object key, boolean reversed, Context context) {
    if (!(value instanceof List<?> list)) {
      return "";
    }
    var path = Path.of("x." + Text.of(key, context.meter()));
    var keyed = new ArrayList<Keyed>(list.size());
    for (var element : list) {
      keyed.add(new Keyed(element, path.within(element, context.meter())));
      context.meter().work(1);
    }
    var sorted = Sorting.sorted(keyed, Keyed::key, context.meter());
    if (sorted.isEmpty()) {
      return "";
    }
    var elements = new ArrayList<Object>(list.size());
    sorted.get().forEach(entry -> elements.add(entry.element));
    return reversed ? elements.reversed() : elements;
  }

  private record Keyed(Object element, Object key) {}
}
