package carillon.django;

/** Escaping for HTML. */
final class Html {

  private Html() {}

  static String escape(String text) {
    var first = firstSpecial(text);
    return first < 0 ? text : escape(text, first);
  }

  /** Escapes text whose first special character is known. */
  static String escape(String text, int first) {
    var out = new StringBuilder(text.length() + 32);
    var start = 0;
    for (var at = first; at < text.length(); at++) {
      var entity = entity(text.charAt(at));
      if (entity != null) {
        out.append(text, start, at).append(entity);
        start = at + 1;
      }
    }
    return out.append(text, start, text.length()).toString();
  }

  /** The position of the first character that needs escaping, or -1. */
  static int firstSpecial(String text) {
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c <= '>' && entity(c) != null) {
        return at;
      }
    }
    return -1;
  }

  private static String entity(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#x27;";
      default -> null;
    };
  }

  /** The text of a value as markup: escaped unless it is safe or escaping is off. */
  static String markup(Object value, boolean escaping, Meter meter) {
    var text = Text.of(value, meter);
    return escaping && !(value instanceof SafeText) ? escape(text) : text;
  }
}
