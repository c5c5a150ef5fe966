package carillon.jsonapi;

/**
 * A field that a collection can be sorted by.
 *
 * @param name as written in {@code sort}
 * @param column SQL expression, opaque to the engine
 * @param sqlType PostgreSQL type the expression has, so that a cursor's text can be cast back
 * @param nullable whether it can be null; nulls come last in both directions
 */
public record Sortable(String name, String column, String sqlType, boolean nullable) {

  /** A text that is never null. */
  public static Sortable text(String name, String column) {
    return new Sortable(name, column, "text", false);
  }

  /** A moment that is never null. */
  public static Sortable moment(String name, String column) {
    return new Sortable(name, column, "timestamptz", false);
  }

  /** The same, of a column that can be null. */
  public Sortable canBeNull() {
    return new Sortable(name, column, sqlType, true);
  }
}
