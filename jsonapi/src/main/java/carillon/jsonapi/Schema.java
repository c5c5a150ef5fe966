package carillon.jsonapi;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of a JSON value, in a body or an answer. One tree serves to check a body, to describe
 * it in OpenAPI and to read it with a type.
 *
 * @param <V> what a handler gets for a value of this shape
 */
public sealed interface Schema<V> {

  /** What is wrong with a value of this shape, each fault with its pointer; empty when nothing. */
  default List<Fault> faults(JsonNode value) {
    return BodyReader.faults(value, this);
  }

  /**
   * A string.
   *
   * @param min fewest characters
   * @param max most characters
   * @param format the word published as format, such as {@code uri}; empty for none
   * @param pattern a regular expression the whole text must match; empty for none
   * @param check says what is wrong with a text; empty when nothing is
   * @param whole whether a whole number is taken, too, and read as its digits
   */
  record Text(
      int min,
      int max,
      String format,
      String pattern,
      Function<String, Optional<String>> check,
      boolean whole)
      implements Schema<String> {

    /** The same text with a limit on its length in characters. */
    public Text length(int least, int most) {
      return new Text(least, most, format, pattern, check, whole);
    }

    /** The same text that must also pass a check. */
    public Text checked(Function<String, Optional<String>> rule) {
      return new Text(min, max, format, pattern, rule, whole);
    }

    /** The same text that must match a regular expression. */
    public Text matching(String regex) {
      return new Text(min, max, format, regex, check, whole);
    }

    /** The same text, published with a format word. */
    public Text format(String word) {
      return new Text(min, max, word, pattern, check, whole);
    }

    /**
     * The same text, for which a whole number is taken, too; published as a string all the same.
     */
    public Text orWhole() {
      return new Text(min, max, format, pattern, check, true);
    }
  }

  /** One of some words. */
  record Choice(List<String> words) implements Schema<String> {}

  /** A whole number within bounds, both inclusive. */
  record Whole(long min, long max) implements Schema<Long> {}

  /** One of some whole numbers. */
  record WholeChoice(List<Integer> numbers) implements Schema<Long> {}

  /** Any number. */
  record Decimal() implements Schema<BigDecimal> {}

  /** true or false; {@code only} narrows it to one of them. */
  record Bool(Optional<Boolean> only) implements Schema<Boolean> {}

  /** A moment, RFC 3339. */
  record Moment() implements Schema<Instant> {}

  /** A calendar day. */
  record Day() implements Schema<LocalDate> {}

  /** An array of alike values with a least and a most number of them. */
  record Items<E>(Schema<E> element, int min, int max) implements Schema<List<E>> {

    /** The same array with limits on its length. */
    public Items<E> size(int least, int most) {
      return new Items<>(element, least, most);
    }
  }

  /** An object with known fields and no others; {@code name} stands in error texts. */
  record Struct(String name, List<Field<?>> fields) implements Schema<ObjectNode> {
    public Struct {
      fields = List.copyOf(fields);
    }

    /** The field of that name. */
    public Optional<Field<?>> field(String wanted) {
      for (var field : fields) {
        if (field.name().equals(wanted)) {
          return Optional.of(field);
        }
      }
      return Optional.empty();
    }
  }

  /** An object with any fields. */
  record Free() implements Schema<ObjectNode> {}

  /** Any JSON value. */
  record Any() implements Schema<JsonNode> {}

  /** A value of one of several shapes; structs are told apart by their one-word fields. */
  record OneOf(List<Schema<?>> options) implements Schema<JsonNode> {
    public OneOf {
      options = List.copyOf(options);
    }
  }

  /** A shape that refers to itself or is built later; described by name in OpenAPI. */
  record Lazy(String name, java.util.function.Supplier<Schema<?>> target)
      implements Schema<JsonNode> {}

  /** A string without limits of its own. */
  static Text text() {
    return new Text(0, Integer.MAX_VALUE, "", "", _ -> Optional.empty(), false);
  }

  /** One of the words. */
  static Choice choice(String... words) {
    return new Choice(List.of(words));
  }

  /** Any whole number of 64 bits. */
  static Whole whole() {
    return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Any number. */
  static Decimal decimal() {
    return new Decimal();
  }

  /** true or false. */
  static Bool bool() {
    return new Bool(Optional.empty());
  }

  /** A moment. */
  static Moment moment() {
    return new Moment();
  }

  /** An array. */
  static <E> Items<E> items(Schema<E> element) {
    return new Items<>(element, 0, Integer.MAX_VALUE);
  }

  /** An object with known fields. */
  static Struct struct(String name, Field<?>... fields) {
    return new Struct(name, List.of(fields));
  }

  /** An object with any fields. */
  static Free free() {
    return new Free();
  }

  /** One of several shapes. */
  static OneOf oneOf(Schema<?>... options) {
    return new OneOf(List.of(options));
  }

  /** A field of this shape that may be left out and may not be null. */
  default Field<V> as(String name) {
    return new Field<>(name, this, false, false, Optional.empty(), UnaryOperator.identity());
  }
}
