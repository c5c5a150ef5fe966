package carillon.django;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an expression from a word of the source, character by character. */
final class ExpressionReader {

  private static final int MOST_DIGITS = 300;

  private final Source source;
  private final Language language;
  private final String text;
  private final int offset;
  private int at;

  private ExpressionReader(Source source, Language language, Word word) {
    this.source = source;
    this.language = language;
    this.text = word.text();
    this.offset = word.offset();
  }

  static Expression read(Source source, Language language, Word word) {
    return new ExpressionReader(source, language, word).expression();
  }

  private Expression expression() {
    var operand = operand().orElseThrow(this::remainder);
    var calls = new ArrayList<Expression.Call>();
    while (at < text.length()) {
      calls.add(call());
    }
    return new Expression(operand, calls.toArray(Expression.Call[]::new));
  }

  private Expression.Call call() {
    var start = at;
    skipBlanks();
    if (at == text.length() || text.charAt(at) != '|') {
      at = start;
      throw remainder();
    }
    at++;
    skipBlanks();
    var nameStart = at;
    while (at < text.length() && isWordCharacter(text.charAt(at))) {
      at++;
    }
    if (at == nameStart) {
      at = start;
      throw remainder();
    }
    return call(text.substring(nameStart, at), nameStart);
  }

  private Expression.Call call(String name, int nameStart) {
    var filter =
        language
            .filter(name)
            .orElseThrow(() -> source.error(offset + nameStart, "unknown filter '" + name + "'"));
    var argument = Optional.<Operand>empty();
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      argument = operand();
      if (argument.isEmpty()) {
        at--;
        throw remainder();
      }
    }
    var problem = filter.arity().problem(argument.isPresent());
    if (!problem.isEmpty()) {
      throw source.error(offset + nameStart, "filter '" + name + "' " + problem);
    }
    return new Expression.Call(filter, argument);
  }

  private Optional<Operand> operand() {
    var translated = text.startsWith("_(", at);
    var open = at + (translated ? 2 : 0);
    if (open < text.length() && (text.charAt(open) == '"' || text.charAt(open) == '\'')) {
      return quoted(open, translated);
    }
    var number = numberEnd();
    var start = at;
    while (at < text.length() && isPathCharacter(text.charAt(at))) {
      at++;
    }
    at = Math.max(at, number);
    return at == start ? Optional.empty() : Optional.of(unquoted(text.substring(start, at), start));
  }

  private Optional<Operand> quoted(int open, boolean translated) {
    var close = Word.closingQuote(text, open);
    var end = close + (translated ? 2 : 1);
    if (close < 0 || end > text.length() || (translated && text.charAt(close + 1) != ')')) {
      return Optional.empty();
    }
    at = end;
    var quote = text.substring(open, open + 1);
    var inner = text.substring(open + 1, close).replace("\\" + quote, quote).replace("\\\\", "\\");
    return Optional.of(new Operand.Literal(new SafeText(inner)));
  }

  private int numberEnd() {
    var end = at;
    if (end < text.length() && "+-.".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (end == text.length() || !isDigit(text.charAt(end))) {
      return at;
    }
    while (end < text.length()
        && (isDigit(text.charAt(end)) || ".e".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private Operand unquoted(String word, int start) {
    var number = number(word);
    if (number.isPresent()) {
      return new Operand.Literal(number.get());
    }
    if (word.startsWith("_") || word.contains("._")) {
      throw source.error(offset + start, "names may not begin with an underscore: '" + word + "'");
    }
    return switch (word) {
      case "None" -> new Operand.Literal(null);
      case "True" -> new Operand.Literal(true);
      case "False" -> new Operand.Literal(false);
      default -> Path.of(word);
    };
  }

  private static Optional<Number> number(String word) {
    var digits = "+-".indexOf(word.charAt(0)) >= 0 ? 1 : 0;
    if (word.length() > MOST_DIGITS || word.endsWith(".") || !startsLikeNumber(word, digits)) {
      return Optional.empty();
    }
    try {
      if (word.contains(".") || word.toLowerCase().contains("e")) {
        return Optional.of(Double.valueOf(word));
      }
      return Optional.of(Numbers.narrow(new BigInteger(word)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean startsLikeNumber(String word, int from) {
    return from < word.length()
        && (isDigit(word.charAt(from)) || word.charAt(from) == '.')
        && List.of('d', 'D', 'f', 'F').stream().noneMatch(c -> word.indexOf(c) >= 0);
  }

  private TemplateSyntaxError remainder() {
    var rest = text.substring(at);
    var problem =
        at == 0 && rest.isEmpty()
            ? "an expression is missing"
            : "cannot understand '" + brief(rest) + "' in '" + brief(text) + "'";
    return source.error(offset + at, problem);
  }

  static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWordCharacter(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isPathCharacter(char c) {
    return c == '.' || isWordCharacter(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
