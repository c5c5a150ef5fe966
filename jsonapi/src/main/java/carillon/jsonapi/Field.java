package carillon.jsonapi;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A named value in an object.
 *
 * @param name on the wire
 * @param schema its shape
 * @param isRequired whether it must be there
 * @param isNullable whether it may be null
 * @param preset the value published as default, for description only
 * @param tidy brings a read value into its stored form, such as lower case
 */
public record Field<V>(
    String name,
    Schema<V> schema,
    boolean isRequired,
    boolean isNullable,
    Optional<Object> preset,
    UnaryOperator<V> tidy) {

  /** The same field that must be there. */
  public Field<V> required() {
    return new Field<>(name, schema, true, isNullable, preset, tidy);
  }

  /** The same field that may be left out. */
  public Field<V> optional() {
    return new Field<>(name, schema, false, isNullable, preset, tidy);
  }

  /** The same field that may be null. */
  public Field<V> nullable() {
    return new Field<>(name, schema, isRequired, true, preset, tidy);
  }

  /** The same field with a published default. */
  public Field<V> preset(Object value) {
    return new Field<>(name, schema, isRequired, isNullable, Optional.of(value), tidy);
  }

  /** The same field whose values are brought into a stored form when read. */
  public Field<V> tidied(UnaryOperator<V> change) {
    return new Field<>(name, schema, isRequired, isNullable, preset, change);
  }
}
