package carillon.django;

import carillon.django.Condition.Operator;
import java.util.List;
import java.util.Map;

/**
 * Reads the words of an {@code if} by precedence: {@code or}, {@code and}, {@code not}, {@code in},
 * then the comparisons, each grouping to the left.
 */
final class ConditionReader {

  private static final int MOST_WORDS = 400;
  private static final int OR = 6;
  private static final int AND = 7;
  private static final int NOT = 8;
  private static final int IN = 9;
  private static final int COMPARE = 10;

  private static final Map<String, Operator> COMPARISONS =
      Map.of(
          "==", Operator.EQUAL,
          "!=", Operator.NOT_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL,
          "is", Operator.IS);

  private final Parser parser;
  private final Tag tag;
  private final List<Word> words;
  private int at;

  private ConditionReader(Parser parser, Tag tag) {
    this.parser = parser;
    this.tag = tag;
    this.words = tag.arguments();
  }

  static Condition read(Parser parser, Tag tag) {
    if (tag.arguments().size() > MOST_WORDS) {
      throw parser.error(tag, "the condition is too long");
    }
    var reader = new ConditionReader(parser, tag);
    var condition = reader.expression(0);
    if (reader.at < reader.words.size()) {
      var word = reader.words.get(reader.at);
      throw parser.error(
          word, "unexpected '" + ExpressionReader.brief(word.text()) + "' in " + tag.name());
    }
    return condition;
  }

  private Condition expression(int power) {
    var left = prefix();
    while (at < words.size() && power(at) > power) {
      left = infix(left);
    }
    return left;
  }

  private Condition prefix() {
    if (at == words.size()) {
      throw parser.error(tag.end(), "unexpected end of the condition");
    }
    var word = words.get(at);
    if (word.is("not")) {
      at++;
      return new Condition.Not(expression(NOT));
    }
    if (power(at) > 0) {
      throw parser.error(word, "'" + word.text() + "' needs a value before it");
    }
    at++;
    return new Condition.Value(parser.expression(word));
  }

  /** How strongly the operator at a position binds, 0 if there is none. */
  private int power(int position) {
    return switch (words.get(position).text()) {
      case "or" -> OR;
      case "and" -> AND;
      case "in" -> IN;
      case "not" -> isFollowedByIn(position) ? IN : 0;
      case String word -> COMPARISONS.containsKey(word) ? COMPARE : 0;
    };
  }

  private boolean isFollowedByIn(int position) {
    return position + 1 < words.size() && words.get(position + 1).is("in");
  }

  private Condition infix(Condition left) {
    var word = words.get(at++).text();
    return switch (word) {
      case "or" -> new Condition.Or(left, expression(OR));
      case "and" -> new Condition.And(left, expression(AND));
      case "in" -> new Condition.Compare(Operator.IN, left, expression(IN));
      case "not" -> {
        at++;
        yield new Condition.Compare(Operator.NOT_IN, left, expression(IN));
      }
      default -> comparison(word, left);
    };
  }

  private Condition comparison(String word, Condition left) {
    var operator = COMPARISONS.get(word);
    if (operator == Operator.IS && at < words.size() && words.get(at).is("not")) {
      at++;
      operator = Operator.IS_NOT;
    }
    return new Condition.Compare(operator, left, expression(COMPARE));
  }
}
