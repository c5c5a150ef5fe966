package carillon.segments;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A question to one value, which may be missing or of another type than the filter is about; then
 * the filter does not hold, and its opposite does.
 */
sealed interface ValueFilter permits ValueFilter.OfValue, DateFilter {

  /** All filters but those of dates. */
  sealed interface OfValue extends ValueFilter {}

  /**
   * A comparison of texts.
   *
   * @param value empty only for equality: with nothing, that is
   */
  record Text(TextTest test, boolean positive, Optional<String> value) implements OfValue {}

  /** One of some texts. */
  record TextIn(boolean positive, List<String> values) implements OfValue {}

  /** A phone number of one of some countries. */
  record PhoneCountry(boolean positive, List<String> countries) implements OfValue {}

  /** A comparison of numbers; a text that looks like one is none. */
  record Number(Comparison op, BigDecimal value) implements OfValue {}

  /** True or false. */
  record Bool(boolean value) implements OfValue {}

  /** Whether there is a value at all; null is none. */
  record Existence(boolean set) implements OfValue {}

  /** A list that has an element. */
  record ListHas(boolean positive, JsonNode element) implements OfValue {}

  /** A list that has all, or any, of some texts. */
  record ListHasTexts(boolean positive, boolean all, List<String> values) implements OfValue {}

  /** A list with a text that contains another. */
  record ListHasPart(boolean positive, String part) implements OfValue {}

  /** The length of a list. */
  record ListLength(Comparison op, long length) implements OfValue {}

  /** Comparisons of texts, all of them exact in upper and lower case. */
  enum TextTest {
    EQUALS,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    MATCHES
  }
}
