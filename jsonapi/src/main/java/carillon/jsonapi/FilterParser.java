package carillon.jsonapi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the filter language: {@code op(field,value)}, {@code has(field)}, {@code and(…)}, joined by
 * commas at the top. Faults are collected; what cannot be read at all ends the reading.
 */
final class FilterParser {

  private static final int MOST_VALUES = 100;
  private static final int DEEPEST = 20;

  private final String text;
  private final List<Filterable> fields;
  private final List<Fault> faults;
  private int at;

  private FilterParser(String text, List<Filterable> fields, List<Fault> faults) {
    this.text = text;
    this.fields = fields;
    this.faults = faults;
  }

  /** The filter, with what is wrong with it added to {@code faults}. */
  static Filter parse(String text, List<Filterable> fields, List<Fault> faults) {
    var parser = new FilterParser(text, fields, faults);
    try {
      var filter = new Filter.And(parser.expressions(0));
      if (parser.at < text.length()) {
        throw parser.syntax("unexpected '" + text.charAt(parser.at) + "'");
      }
      return filter;
    } catch (Unreadable e) {
      faults.add(Fault.parameter("filter", "Invalid filter provided: " + e.getMessage() + "."));
      return Filter.NONE;
    }
  }

  private List<Filter> expressions(int depth) {
    var parts = new ArrayList<Filter>();
    do {
      skipBlanks();
      expression(depth).ifPresent(parts::add);
      skipBlanks();
    } while (take(','));
    return parts;
  }

  private Optional<Filter> expression(int depth) {
    if (depth > DEEPEST) {
      throw syntax("nested too deep");
    }
    var word = word();
    expect('(');
    if (word.equals("and")) {
      var parts = expressions(depth + 1);
      expect(')');
      return Optional.of(new Filter.And(parts));
    }
    if (word.equals("or") || word.equals("not")) {
      throw syntax("'" + word + "' is not supported for this resource");
    }
    var op = Op.of(word).orElseThrow(() -> syntax("'" + word + "' is not a filter operator"));
    var name = name();
    var raw = op == Op.HAS ? List.<Raw>of() : values(op);
    expect(')');
    return build(op, name, raw);
  }

  private List<Raw> values(Op op) {
    expect(',');
    skipBlanks();
    if (take('[')) {
      var values = new ArrayList<Raw>();
      skipBlanks();
      while (!take(']')) {
        values.add(value());
        skipBlanks();
        if (!take(',') && peek() != ']') {
          throw syntax("expected ',' or ']'");
        }
        skipBlanks();
      }
      skipBlanks();
      if (!op.takesList()) {
        throw syntax("'" + op.word() + "' takes one value, not a list");
      }
      if (values.size() > MOST_VALUES) {
        throw syntax("a list may hold at most " + MOST_VALUES + " values");
      }
      return values;
    }
    var value = value();
    skipBlanks();
    if (op.takesList()) {
      throw syntax("'" + op.word() + "' takes a list of values");
    }
    return List.of(value);
  }

  private Optional<Filter> build(Op op, String name, List<Raw> raw) {
    var field = fields.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    if (field.isEmpty()) {
      var known = fields.stream().map(Filterable::name).sorted().toList();
      return fault(
          "'%s' is not an allowed filter field.  Allowed fields are %s"
              .formatted(name, String.join(", ", known)));
    }
    if (!field.get().allows(op)) {
      return fault(
          "'%s' is not an allowed filter operator for %s.  Allowed operators are %s"
              .formatted(op.word(), name, String.join(", ", field.get().allowed())));
    }
    if (op == Op.HAS) {
      return Optional.of(new Filter.Has(field.get()));
    }
    var values = new ArrayList<Object>();
    for (var one : raw) {
      var value = typed(field.get(), one);
      if (value.isEmpty()) {
        return fault("'%s' is not a valid value for %s".formatted(one.text(), name));
      }
      values.add(value.get());
    }
    return Optional.of(
        op.takesList()
            ? new Filter.CompareList(field.get(), op, List.copyOf(values))
            : new Filter.Compare(field.get(), op, values.getFirst()));
  }

  private static Optional<Object> typed(Filterable field, Raw raw) {
    if (!BodyReader.storable(raw.text())) {
      return Optional.empty();
    }
    return switch (field.kind()) {
      case TEXT ->
          field.words().isEmpty() || field.words().contains(raw.text())
              ? Optional.of(raw.text())
              : Optional.empty();
      case NUMBER -> number(raw).map(number -> number);
      case WHOLE -> number(raw).flatMap(FilterParser::whole);
      case BOOLEAN ->
          switch (raw.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
          };
      case MOMENT -> Json.moment(raw.text()).map(moment -> moment);
      case PRESENCE -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(Raw raw) {
    try {
      return Optional.of(raw.text())
          .filter(word -> word.length() <= 40)
          .map(BigDecimal::new)
          .filter(number -> Math.abs((long) number.scale()) < 400);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> whole(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Optional<Filter> fault(String detail) {
    faults.add(Fault.parameter("filter", detail));
    return Optional.empty();
  }

  private record Raw(String text) {}

  private Raw value() {
    var c = peek();
    return new Raw(c == '"' || c == '\'' ? quoted() : bare());
  }

  private String quoted() {
    var quote = text.charAt(at++);
    var out = new StringBuilder();
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == quote) {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw syntax("a quoted value does not end");
  }

  private char escaped() {
    if (at == text.length()) {
      throw syntax("a quoted value does not end");
    }
    var c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      throw syntax("\\u needs four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(text, at - 4, at, 16);
  }

  private String bare() {
    var word = upToSign();
    if (word.isEmpty()) {
      throw syntax("a value is missing");
    }
    return word;
  }

  private String upToSign() {
    var start = at;
    while (at < text.length() && ",()[]\"'".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).trim();
  }

  private String word() {
    var start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(peek()) || "_-.".indexOf(peek()) >= 0)) {
      at++;
    }
    if (at == start) {
      throw syntax(at < text.length() ? "unexpected '" + peek() + "'" : "it ends too early");
    }
    return text.substring(start, at);
  }

  /** Some fields are called by the words of a property, such as {@code $message} or {@code URL}. */
  private String name() {
    var name = upToSign();
    if (name.isEmpty()) {
      throw syntax(at < text.length() ? "unexpected '" + peek() + "'" : "it ends too early");
    }
    return name;
  }

  private char peek() {
    if (at >= text.length()) {
      throw syntax("it ends too early");
    }
    return text.charAt(at);
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    skipBlanks();
    if (!take(c)) {
      throw syntax("expected '" + c + "' at position " + at);
    }
  }

  private Unreadable syntax(String message) {
    return new Unreadable(message);
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }
}
