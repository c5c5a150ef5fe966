package carillon.mail;

/** Text as HTML lays it out: blanks run together, blocks stand on lines of their own. */
final class TextLayout {
  private final StringBuilder out = new StringBuilder();
  private int breaks;
  private boolean blank;

  void words(String text, boolean exact) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (exact && c == '\n') {
        lineBreak();
      } else if (c == '\u00a0' || Character.isWhitespace(c) || c == '\u200b') {
        blank = true;
      } else if (c != '\u200c' && c != '\u034f' && c != '\u00ad') {
        character(c);
      }
    }
  }

  void gap() {
    blank = true;
  }

  void line() {
    breaks = Math.max(breaks, 1);
  }

  void paragraph() {
    breaks = Math.max(breaks, 2);
  }

  void lineBreak() {
    breaks = Math.min(breaks + 1, 2);
  }

  void rule() {
    line();
    words("-".repeat(40), false);
    line();
  }

  int length() {
    return out.length();
  }

  String since(int start) {
    return out.substring(start);
  }

  String result() {
    return out.toString();
  }

  private void character(char c) {
    if (!out.isEmpty()) {
      out.append(breaks > 0 ? "\n".repeat(breaks) : blank ? " " : "");
    }
    breaks = 0;
    blank = false;
    out.append(c);
  }
}
