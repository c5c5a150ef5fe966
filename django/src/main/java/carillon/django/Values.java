package carillon.django;

import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What values are: which kinds exist, what is within them, whether they are true. */
final class Values {

  private Values() {}

  /** Lets the kinds of the language pass; everything else is missing. */
  static Object admit(Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number -> number;
      case Boolean flag -> flag;
      case Map<?, ?> map -> map;
      case List<?> list -> list;
      case SafeText text -> text;
      case TemporalAccessor time -> time;
      case Loop loop -> loop;
      case Group group -> group;
      default -> Missing.MISSING;
    };
  }

  static Object member(Object container, Path.Step step, Meter meter) {
    return switch (container) {
      case Map<?, ?> map -> member(map, step, meter);
      case List<?> list -> element(list, step.index());
      case Loop loop -> loop.member(step.name());
      case Group group -> group.member(step);
      case String text -> character(text, step.index());
      case SafeText safe -> character(safe.text(), step.index());
      case TemporalAccessor time -> member(time, step.name());
      case null, default -> Missing.MISSING;
    };
  }

  /** The value of a key; a map also has {@code items}, {@code keys} and {@code values}. */
  private static Object member(Map<?, ?> map, Path.Step step, Meter meter) {
    var value = map.get(step.name());
    if (value != null || map.containsKey(step.name())) {
      return value;
    }
    return switch (step.name()) {
      case "items" -> pairs(map, meter);
      case "keys" -> listed(map.keySet(), meter);
      case "values" -> listed(map.values(), meter);
      default -> Missing.MISSING;
    };
  }

  private static List<Object> listed(Collection<?> values, Meter meter) {
    meter.text(4L * values.size());
    return new ArrayList<>(values);
  }

  private static List<Object> pairs(Map<?, ?> map, Meter meter) {
    meter.text(16L * map.size());
    var pairs = new ArrayList<>(map.size());
    map.forEach((key, value) -> pairs.add(pair(key, value)));
    return pairs;
  }

  static List<Object> pair(Object first, Object second) {
    var pair = new ArrayList<>(2);
    pair.add(first);
    pair.add(second);
    return pair;
  }

  private static Object element(List<?> list, int index) {
    return index >= 0 && index < list.size() ? list.get(index) : Missing.MISSING;
  }

  private static Object character(String text, int index) {
    return index >= 0 && index < text.length() ? text.substring(index, index + 1) : Missing.MISSING;
  }

  private static Object member(TemporalAccessor time, String name) {
    var field =
        switch (name) {
          case "year" -> ChronoField.YEAR;
          case "month" -> ChronoField.MONTH_OF_YEAR;
          case "day" -> ChronoField.DAY_OF_MONTH;
          case "hour" -> ChronoField.HOUR_OF_DAY;
          case "minute" -> ChronoField.MINUTE_OF_HOUR;
          case "second" -> ChronoField.SECOND_OF_MINUTE;
          default -> null;
        };
    return field != null && time.isSupported(field) ? (Object) time.get(field) : Missing.MISSING;
  }

  static boolean truth(Object value) {
    return switch (value) {
      case null -> false;
      case Missing ignored -> false;
      case Boolean flag -> flag;
      case String text -> !text.isEmpty();
      case SafeText text -> !text.text().isEmpty();
      case Number number -> Numbers.truth(number);
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** What a loop goes over: list elements, map keys, characters; nothing for the rest. */
  static List<?> elements(Object value, Meter meter) {
    return switch (value) {
      case List<?> list -> list;
      case Map<?, ?> map -> listed(map.keySet(), meter);
      case Group group -> pair(group.grouper(), group.list());
      case String text -> characters(text, meter);
      case SafeText text -> characters(text.text(), meter);
      case null, default -> List.of();
    };
  }

  static List<Object> characters(String text, Meter meter) {
    meter.text(16L * text.length());
    var characters = new ArrayList<>(text.length());
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  static boolean isText(Object value) {
    return value instanceof String || value instanceof SafeText;
  }
}
