package carillon.django;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The filter {@code slice}: a part of a list or text, written as from:to:step. */
record Slice(Optional<Integer> from, Optional<Integer> to, int step) {

  static Object apply(Object value, Object argument, Context context) {
    var slice = parse(Text.of(argument, context.meter()));
    if (slice.isEmpty()) {
      return value;
    }
    context.meter().text(ListFilters.length(value));
    return switch (value) {
      case List<?> list -> slice.get().of(list);
      case String text -> slice.get().of(text);
      case SafeText text -> slice.get().of(text.text());
      case null, default -> value;
    };
  }

  private static Optional<Slice> parse(String text) {
    var parts = text.split(":", -1);
    if (parts.length > 3 || text.length() > 60) {
      return Optional.empty();
    }
    var bounds = new ArrayList<Optional<Integer>>();
    for (var part : parts) {
      var bound = Numbers.size(part);
      if (bound.isEmpty() && !part.isBlank()) {
        return Optional.empty();
      }
      bounds.add(bound);
    }
    return bounded(bounds);
  }

  private static Optional<Slice> bounded(List<Optional<Integer>> bounds) {
    var step = bounds.size() == 3 ? bounds.get(2).orElse(1) : 1;
    if (step == 0) {
      return Optional.empty();
    }
    return Optional.of(
        bounds.size() == 1
            ? new Slice(Optional.empty(), bounds.getFirst(), 1)
            : new Slice(bounds.get(0), bounds.get(1), step));
  }

  private String of(String text) {
    var points = text.codePoints().toArray();
    var out = new StringBuilder();
    for (var i : indexes(points.length)) {
      out.appendCodePoint(points[i]);
    }
    return out.toString();
  }

  private List<Object> of(List<?> list) {
    var out = new ArrayList<>();
    for (var i : indexes(list.size())) {
      out.add(list.get(i));
    }
    return out;
  }

  private int[] indexes(int size) {
    var forward = step > 0;
    var first = from.map(at -> bound(at, size)).orElse(forward ? 0 : size - 1);
    var end = to.map(at -> bound(at, size)).orElse(forward ? size : -1);
    var indexes = new ArrayList<Integer>();
    for (long i = first; forward ? i < end : i > end; i += step) {
      indexes.add((int) i);
    }
    return indexes.stream().mapToInt(Integer::intValue).toArray();
  }

  private int bound(int at, int size) {
    var index = at < 0 ? (long) at + size : at;
    return step > 0 ? Math.clamp(index, 0, size) : Math.clamp(index, -1, size - 1);
  }
}
