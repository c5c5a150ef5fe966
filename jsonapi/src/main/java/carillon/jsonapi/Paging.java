package carillon.jsonapi;

/** How a collection comes in pages. */
public sealed interface Paging {

  /** All at once. */
  record None() implements Paging {}

  /** By cursor with a page size of the server's own. */
  record Fixed(int size) implements Paging {}

  /** By cursor that stands among the attributes of the body, as the page size may. */
  record InBody() implements Paging {

    static final String CURSOR = "/data/attributes/page_cursor";
  }

  /** By cursor and {@code page[size]}. */
  record Sized(int preset, int max) implements Paging {}
}
