package carillon.jsonapi;

import java.util.List;
import java.util.Optional;

/**
 * One page of a collection.
 *
 * @param rows in the order asked for
 * @param next the page after it; empty at the end
 * @param prev the page before it; empty at the start
 */
public record Slice<T>(List<T> rows, Optional<Cursor> next, Optional<Cursor> prev) {

  /** A collection that is not paged. */
  public static <T> Slice<T> all(List<T> rows) {
    return new Slice<>(rows, Optional.empty(), Optional.empty());
  }
}
