package carillon.jsonapi;

import java.util.Arrays;
import java.util.Optional;

/** The operators of the filter grammar. */
public enum Op {
  EQUALS("equals"),
  ANY("any"),
  CONTAINS("contains"),
  CONTAINS_ANY("contains-any"),
  CONTAINS_ALL("contains-all"),
  STARTS_WITH("starts-with"),
  ENDS_WITH("ends-with"),
  GREATER_THAN("greater-than"),
  GREATER_OR_EQUAL("greater-or-equal"),
  LESS_THAN("less-than"),
  LESS_OR_EQUAL("less-or-equal"),
  HAS("has");

  /** The four operators of a range. */
  public static final Op[] RANGE = {GREATER_OR_EQUAL, GREATER_THAN, LESS_OR_EQUAL, LESS_THAN};

  private final String word;

  Op(String word) {
    this.word = word;
  }

  /** As written in a filter. */
  public String word() {
    return word;
  }

  /** Whether its value is an array. */
  public boolean takesList() {
    return this == ANY || this == CONTAINS_ANY || this == CONTAINS_ALL;
  }

  static Optional<Op> of(String word) {
    return Arrays.stream(values()).filter(op -> op.word.equals(word)).findFirst();
  }
}
