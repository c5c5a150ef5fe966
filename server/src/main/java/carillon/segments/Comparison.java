package carillon.segments;

import java.math.BigDecimal;

/** How numbers are compared, with the word of the API and the sign of SQL. */
enum Comparison {
  EQUALS("equals", "="),
  NOT_EQUALS("not-equals", "<>"),
  GREATER("greater-than", ">"),
  GREATER_OR_EQUAL("greater-than-or-equal", ">="),
  LESS("less-than", "<"),
  LESS_OR_EQUAL("less-than-or-equal", "<=");

  private final String word;
  private final String sign;

  Comparison(String word, String sign) {
    this.word = word;
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  static Comparison of(String word) {
    for (var one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("no comparison: " + word);
  }

  boolean holds(BigDecimal left, BigDecimal right) {
    var order = left.compareTo(right);
    return switch (this) {
      case EQUALS -> order == 0;
      case NOT_EQUALS -> order != 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }

  /** The comparison that holds whenever this one does not. */
  Comparison opposite() {
    return switch (this) {
      case EQUALS -> NOT_EQUALS;
      case NOT_EQUALS -> EQUALS;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
    };
  }
}
