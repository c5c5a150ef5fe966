package carillon.django;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sorts by keys that may turn out not to be comparable. */
final class Sorting {

  private Sorting() {}

  /** The sorted values, ties in their old order; none if two keys cannot be compared. */
  static <T> Optional<List<T>> sorted(List<T> values, Function<T, Object> key, Meter meter) {
    var comparison = new Comparison(meter);
    var sorted = new ArrayList<>(values);
    try {
      sorted.sort((a, b) -> order(comparison, key.apply(a), key.apply(b)));
      return Optional.of(sorted);
    } catch (Incomparable e) {
      return Optional.empty();
    }
  }

  private static int order(Comparison comparison, Object a, Object b) {
    return comparison.order(a, b).orElseThrow(Incomparable::new);
  }

  private static final class Incomparable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Incomparable() {
      super("", null, false, false);
    }
  }
}
