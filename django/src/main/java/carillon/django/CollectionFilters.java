package carillon.django;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Filters that look into maps and lists. */
final class CollectionFilters {

  private CollectionFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("lookup", Arity.REQUIRED, CollectionFilters::lookup)
        .add("index", Arity.REQUIRED, CollectionFilters::lookup)
        .add("missing_element", Arity.REQUIRED, CollectionFilters::missing)
        .add("count", Arity.NONE, (value, none, c) -> ListFilters.length(value))
        .alias("size", "count")
        .add("compact", Arity.NONE, CollectionFilters::compact)
        .add("uniq", Arity.NONE, CollectionFilters::unique)
        .add("reverse", Arity.NONE, CollectionFilters::reverse)
        .add("sort", Arity.OPTIONAL, (list, key, c) -> sort(list, key, false, c))
        .add("sort_natural", Arity.OPTIONAL, (list, key, c) -> sort(list, key, true, c))
        .add("map", Arity.REQUIRED, CollectionFilters::map)
        .add("where", Arity.REQUIRED, CollectionFilters::where);
  }

  /** The value of a key that may have blanks and signs in it; None if it is not there. */
  private static Object lookup(Object container, Object key, Context context) {
    var value = Values.member(container, step(key, context), context.meter());
    if (value == Missing.MISSING && container instanceof List<?> list) {
      return Numbers.size(key)
          .filter(at -> at < 0 && at + list.size() >= 0)
          .map(at -> (Object) list.get(list.size() + at))
          .orElse(null);
    }
    return Values.admit(value) == Missing.MISSING ? null : value;
  }

  private static Path.Step step(Object key, Context context) {
    return Path.Step.of(Text.of(key, context.meter()));
  }

  /** The first element of the argument that is not in the list, as when a cart lacks an item. */
  private static Object missing(Object value, Object wanted, Context context) {
    var comparison = new Comparison(context.meter());
    var present = Values.elements(value, context.meter());
    for (var element : Values.elements(wanted, context.meter())) {
      if (comparison.holds(present, element).orElse(0) == 0) {
        return element;
      }
    }
    return "";
  }

  private static Object compact(Object value, Object none, Context context) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    context.meter().text(8L * list.size());
    return new ArrayList<>(list.stream().filter(Objects::nonNull).toList());
  }

  private static Object unique(Object value, Object none, Context context) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    var seen = new HashSet<>();
    var kept = new ArrayList<>();
    var comparison = new Comparison(context.meter());
    for (var element : list) {
      context.meter().text(8);
      if (seen.add(comparison.key(element))) {
        kept.add(element);
      }
    }
    return kept;
  }

  private static Object reverse(Object value, Object none, Context context) {
    if (Values.isText(value)) {
      return new StringBuilder(Text.of(value, context.meter())).reverse().toString();
    }
    return value instanceof List<?> list ? list.reversed() : value;
  }

  private static Object sort(Object value, Object key, boolean ignoringCase, Context context) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    var path = key == null ? Path.of("x") : Path.of("x." + Text.of(key, context.meter()));
    var keyed = new ArrayList<Keyed>(list.size());
    for (var element : list) {
      context.meter().text(8);
      var by = path.within(element, context.meter());
      var lower = ignoringCase && Values.isText(by);
      keyed.add(new Keyed(element, lower ? lower(by, context) : by));
    }
    return Sorting.sorted(keyed, Keyed::key, context.meter())
        .<Object>map(sorted -> sorted.stream().map(Keyed::element).toList())
        .orElse(value);
  }

  private static String lower(Object text, Context context) {
    return Text.of(text, context.meter()).toLowerCase(Locale.ROOT);
  }

  private record Keyed(Object element, Object key) {}

  private static Object map(Object value, Object key, Context context) {
    var step = step(key, context);
    var mapped = new ArrayList<>();
    for (var element : Values.elements(value, context.meter())) {
      context.meter().text(8);
      var member = Values.admit(Values.member(element, step, context.meter()));
      mapped.add(member == Missing.MISSING ? null : member);
    }
    return mapped;
  }

  /** The maps that have a true value for a key, or with {@code key,value} exactly this one. */
  private static Object where(Object value, Object argument, Context context) {
    var how = Text.of(argument, context.meter());
    var comma = how.indexOf(',');
    var step = Path.Step.of(comma < 0 ? how : how.substring(0, comma));
    var kept = new ArrayList<>();
    for (var element : Values.elements(value, context.meter())) {
      context.meter().text(8);
      var member = element instanceof Map ? Values.member(element, step, context.meter()) : null;
      var wanted =
          comma < 0
              ? Values.truth(member)
              : Text.of(member, context.meter()).equals(how.substring(comma + 1).strip());
      if (wanted) {
        kept.add(element);
      }
    }
    return kept;
  }
}
