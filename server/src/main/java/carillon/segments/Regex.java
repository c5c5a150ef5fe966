package carillon.segments;

import java.util.Optional;

/**
 * The regular expressions that definitions may use: literals, {@code .}, classes, groups,
 * alternatives, anchors and bounded repetition. No back references and no looking around, so that
 * the database never has to try again and again; and small when written out.
 */
final class Regex {

  private static final int LONGEST = 250;
  private static final int MOST_REPEATS = 100;
  private static final long LARGEST = 2000;
  private static final String SPACES = " \\t\\n\\r\\f\\v";

  private final String text;
  private final StringBuilder written = new StringBuilder();
  private int at;

  private Regex(String text) {
    this.text = text;
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String detail) {
      super(detail, null, false, false);
    }
  }

  /** What is wrong with an expression; empty when nothing is. */
  static Optional<String> fault(String text) {
    try {
      postgres(text);
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The expression as PostgreSQL writes it. */
  static String postgres(String text) {
    if (text.length() > LONGEST) {
      throw new Refused("A regular expression can have at most " + LONGEST + " characters.");
    }
    var regex = new Regex(text);
    var size = regex.alternatives();
    if (regex.at < text.length()) {
      throw regex.refused("an unmatched ')'");
    }
    if (size > LARGEST) {
      throw tooLarge();
    }
    return regex.written.toString();
  }

  private static Refused tooLarge() {
    return new Refused("The regular expression repeats too much.");
  }

  private long alternatives() {
    var size = sequence();
    while (peek() == '|') {
      take();
      written.append('|');
      size += sequence();
    }
    return size;
  }

  private long sequence() {
    var size = 1L;
    while (at < text.length() && peek() != '|' && peek() != ')') {
      var anchor = peek() == '^' || peek() == '$';
      var atom = atom();
      if (!anchor || !isQuantifier()) {
        size += quantified(atom);
      } else {
        throw refused("a repeated anchor");
      }
    }
    return size;
  }

  private boolean isQuantifier() {
    return at < text.length() && "*+?{".indexOf(peek()) >= 0;
  }

  private long atom() {
    var next = take();
    switch (next) {
      case '.', '^', '$' -> written.append(next);
      case '(' -> {
        return group();
      }
      case '[' -> bracket();
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw refused("nothing to repeat");
      case ')', ']', '}' -> throw refused("an unmatched '" + next + "'");
      default -> literal(next);
    }
    return 1;
  }

  private long group() {
    if (peek() == '?') {
      take();
      if (take() != ':') {
        throw refused("a group of a special kind");
      }
    }
    written.append("(?:");
    var size = alternatives();
    if (peek() != ')') {
      throw refused("a group without end");
    }
    take();
    written.append(')');
    return size;
  }

  private void escape() {
    var next = take();
    switch (next) {
      case 'd' -> written.append("[0-9]");
      case 'D' -> written.append("[^0-9]");
      case 'w' -> written.append("[A-Za-z0-9_]");
      case 'W' -> written.append("[^A-Za-z0-9_]");
      case 's' -> written.append('[').append(SPACES).append(']');
      case 'S' -> written.append("[^").append(SPACES).append(']');
      default -> plain(next);
    }
  }

  private void plain(char next) {
    switch (next) {
      case 't', 'n', 'r' -> written.append('\\').append(next);
      default -> {
        if (next >= 128 || Character.isLetterOrDigit(next)) {
          throw refused("the escape '\\" + next + "'");
        }
        literal(next);
      }
    }
  }

  private void literal(char next) {
    if (next < 128 && !Character.isLetterOrDigit(next) && next > ' ') {
      written.append('\\');
    }
    written.append(next);
  }

  private void bracket() {
    written.append('[');
    if (peek() == '^') {
      written.append(take());
    }
    if (peek() == ']') {
      throw refused("an empty class");
    }
    while (peek() != ']') {
      member();
    }
    take();
    written.append(']');
  }

  private void member() {
    var escaped = peek() == '\\';
    var first = take();
    if (escaped && "dws".indexOf(peek()) >= 0) {
      written.append(
          switch (take()) {
            case 'd' -> "0-9";
            case 'w' -> "A-Za-z0-9_";
            default -> SPACES;
          });
      return;
    }
    var low = single(first);
    if (peek() != '-' || (at + 1 < text.length() && text.charAt(at + 1) == ']')) {
      return;
    }
    take();
    written.append('-');
    if (single(take()) < low) {
      throw refused("a range that runs backwards");
    }
  }

  private int single(char next) {
    if (next == '\\') {
      var kind = peek();
      plain(take());
      return kind == 't' ? '\t' : kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind;
    }
    if (next == '[') {
      throw refused("a class within a class");
    }
    if (Character.isHighSurrogate(next)) {
      var low = take();
      written.append(next).append(low);
      return Character.toCodePoint(next, low);
    }
    literal(next);
    return next;
  }

  private long quantified(long atom) {
    if (!isQuantifier()) {
      return atom;
    }
    var next = take();
    var most =
        switch (next) {
          case '{' -> bounds();
          default -> {
            written.append(next);
            yield 2;
          }
        };
    if (peek() == '?') {
      written.append(take());
    }
    if (isQuantifier()) {
      throw refused("a repeated repetition");
    }
    if (atom * most > LARGEST) {
      throw tooLarge();
    }
    return atom * most;
  }

  private long bounds() {
    var end = text.indexOf('}', at);
    var inside = end < 0 ? "" : text.substring(at, end);
    if (!inside.matches("[0-9]{1,3}(,([0-9]{1,3})?)?")) {
      throw refused("a '{' without bounds");
    }
    at = end + 1;
    var numbers = inside.split(",", -1);
    var least = Integer.parseInt(numbers[0]);
    var most =
        numbers.length == 1
            ? least
            : numbers[1].isEmpty() ? least + 1 : Integer.parseInt(numbers[1]);
    if (most > MOST_REPEATS + 1 || least > MOST_REPEATS || most < least) {
      throw refused("bounds that are not within 0 to " + MOST_REPEATS);
    }
    written.append('{').append(inside).append('}');
    return Math.max(most, 1);
  }

  /** The next character, or 0 at the end; a NUL cannot be in a body. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char take() {
    if (at == text.length()) {
      throw refused("an end too early");
    }
    return text.charAt(at++);
  }

  private Refused refused(String what) {
    return new Refused("The regular expression has " + what + " at character " + at + ".");
  }
}
