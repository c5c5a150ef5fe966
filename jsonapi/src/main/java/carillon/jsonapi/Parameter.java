package carillon.jsonapi;

import java.util.List;

/**
 * A parameter of an operation beyond those all operations understand. Its value is read with {@link
 * Request#parameter}; what it means is left to the handler.
 *
 * @param name in the query, or of a header
 * @param place where it stands
 * @param required whether it must be there
 * @param words the allowed values; empty when any
 */
public record Parameter(String name, Place place, boolean required, List<String> words) {

  /** Where a parameter stands. */
  public enum Place {
    QUERY,
    HEADER
  }

  public Parameter {
    words = List.copyOf(words);
  }

  /** A parameter of the query that must be there, with one of these values if there are any. */
  public static Parameter query(String name, String... words) {
    return new Parameter(name, Place.QUERY, true, List.of(words));
  }

  /** A header that may be there. */
  public static Parameter header(String name) {
    return new Parameter(name, Place.HEADER, false, List.of());
  }
}
