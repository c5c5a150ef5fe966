package carillon.jsonapi;

import java.util.function.Function;

/**
 * A field of a resource together with the way to get it from a row.
 *
 * @param field its wire facts, as published for answers
 * @param value gets it from a row: String, Number, Boolean, Instant, LocalDate, JsonNode, List, Map
 *     of these, or null
 * @param additional whether it is only there when asked for by {@code additional-fields}
 */
public record Attribute<T>(Field<?> field, Function<T, ?> value, boolean additional) {

  /** The value of an attribute that a row leaves out. */
  public static final Object ABSENT = new Object();

  /** An attribute of a row. */
  public static <T> Attribute<T> of(Field<?> field, Function<T, ?> value) {
    return new Attribute<>(field, value, false);
  }

  /** The same attribute, only there when asked for. */
  public Attribute<T> onlyWhenAsked() {
    return new Attribute<>(field, value, true);
  }

  /** Its name on the wire. */
  public String name() {
    return field.name();
  }
}
