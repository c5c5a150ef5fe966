package carillon.django;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Whether values are equal, and which comes first. */
final class Comparison {

  private final Meter meter;

  Comparison(Meter meter) {
    this.meter = meter;
  }

  boolean equal(Object a, Object b) {
    return equal(a, b, 0);
  }

  private boolean equal(Object a, Object b, int depth) {
    meter.depth(depth);
    if (Values.isText(a) && Values.isText(b)) {
      return text(a).equals(text(b));
    }
    if (isNumber(a) && isNumber(b)) {
      return numbers(a, b) == 0 && !isNaN(a);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return lists(left, right, depth);
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return maps(left, right, depth);
    }
    if (a instanceof Group left && b instanceof Group right) {
      return equal(left.grouper(), right.grouper(), depth + 1)
          && lists(left.list(), right.list(), depth);
    }
    var times = times(a, b);
    return times.isPresent() ? times.getAsInt() == 0 : Objects.equals(scalar(a), scalar(b));
  }

  private boolean lists(List<?> left, List<?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    var other = right.iterator();
    for (var element : left) {
      if (!equal(element, other.next(), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean maps(Map<?, ?> left, Map<?, ?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var entry : left.entrySet()) {
      var key = entry.getKey();
      if (!right.containsKey(key) || !equal(entry.getValue(), right.get(key), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static Object scalar(Object value) {
    return value instanceof List || value instanceof Map || value instanceof Group
        ? Missing.MISSING
        : value;
  }

  /** The order of two values; none if they cannot be compared. Null comes before everything. */
  OptionalInt order(Object a, Object b) {
    return order(a, b, 0);
  }

  private OptionalInt order(Object a, Object b, int depth) {
    meter.depth(depth);
    if (a == null || b == null) {
      return OptionalInt.of(Boolean.compare(a != null, b != null));
    }
    if (Values.isText(a) && Values.isText(b)) {
      return OptionalInt.of(texts(text(a), text(b)));
    }
    if (isNumber(a) && isNumber(b)) {
      return isNaN(a) || isNaN(b) ? OptionalInt.empty() : OptionalInt.of(numbers(a, b));
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return orderOfLists(left, right, depth);
    }
    return times(a, b);
  }

  private OptionalInt orderOfLists(List<?> left, List<?> right, int depth) {
    var other = right.iterator();
    for (var element : left) {
      if (!other.hasNext()) {
        return OptionalInt.of(1);
      }
      var order = order(element, other.next(), depth + 1);
      if (order.isEmpty() || order.getAsInt() != 0) {
        return order;
      }
    }
    return OptionalInt.of(other.hasNext() ? -1 : 0);
  }

  private int texts(String a, String b) {
    meter.work(Math.min(a.length(), b.length()) >> 5);
    return a.compareTo(b);
  }

  private static OptionalInt times(Object a, Object b) {
    if (a instanceof LocalDate left && b instanceof LocalDate right) {
      return OptionalInt.of(left.compareTo(right));
    }
    if (a instanceof LocalTime left && b instanceof LocalTime right) {
      return OptionalInt.of(left.compareTo(right));
    }
    if (a instanceof LocalDateTime left && b instanceof LocalDateTime right) {
      return OptionalInt.of(left.compareTo(right));
    }
    var left = instant(a);
    var right = instant(b);
    return left == null || right == null
        ? OptionalInt.empty()
        : OptionalInt.of(left.compareTo(right));
  }

  private static Instant instant(Object value) {
    return switch (value) {
      case Instant instant -> instant;
      case OffsetDateTime time -> time.toInstant();
      case ZonedDateTime time -> time.toInstant();
      case null, default -> null;
    };
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static int numbers(Object a, Object b) {
    if (a instanceof Integer left && b instanceof Integer right) {
      return Integer.compare(left, right);
    }
    var left = Numbers.decimal(a);
    var right = Numbers.decimal(b);
    return left.isPresent() && right.isPresent()
        ? left.get().compareTo(right.get())
        : Double.compare(approximately(a), approximately(b));
  }

  private static double approximately(Object value) {
    return value instanceof Number number ? number.doubleValue() : value == Boolean.TRUE ? 1 : 0;
  }

  private String text(Object value) {
    var text = value instanceof SafeText safe ? safe.text() : (String) value;
    meter.work(text.length() >> 6);
    return text;
  }

  /** A value that is equal to another's exactly when the values are, as a key for sets. */
  Object key(Object value) {
    return switch (value) {
      case SafeText text -> text.text();
      case Number number ->
          Numbers.decimal(number).<Object>map(BigDecimal::stripTrailingZeros).orElse(number);
      case Boolean flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
      case List<?> list -> List.of(Text.quoted(list, meter));
      case Map<?, ?> map -> List.of(Text.quoted(map, meter));
      case Group group -> List.of(Text.quoted(group, meter));
      case null, default -> value;
    };
  }

  /** Whether a container holds a value; none if it is no container for it. */
  OptionalInt holds(Object container, Object value) {
    return switch (container) {
      case String text -> Values.isText(value) ? found(text, text(value)) : OptionalInt.empty();
      case SafeText safe ->
          Values.isText(value) ? found(safe.text(), text(value)) : OptionalInt.empty();
      case List<?> list -> flag(list.stream().anyMatch(element -> equal(element, value)));
      case Map<?, ?> map -> flag(Values.isText(value) && map.containsKey(text(value)));
      case null, default -> OptionalInt.empty();
    };
  }

  private OptionalInt found(String text, String part) {
    return flag(Search.indexOf(text, part, 0, meter) >= 0);
  }

  private static OptionalInt flag(boolean flag) {
    return OptionalInt.of(flag ? 1 : 0);
  }
}
