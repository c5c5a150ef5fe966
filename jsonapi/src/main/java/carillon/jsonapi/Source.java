package carillon.jsonapi;

/** Where in a request a fault lies. */
public sealed interface Source {

  /** A JSON pointer into the body, such as {@code /data/attributes/name}. */
  record Pointer(String path) implements Source {}

  /** A query parameter, such as {@code filter}. */
  record Parameter(String name) implements Source {}
}
