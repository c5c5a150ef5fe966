package carillon.mail;

/** Text as HTML lays it out: blanks run together, blocks stand on lines of their own. */
final class TextLayout {
  private final StringBuilder out = new StringBuilder();
  private int breaks;
  private boolean blank;

  /** Text is taken over in runs, not letter by letter: this is done for every mail. */
  void words(String text, boolean exact) {
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !isSingleBlank(text, run, i)) {
        take(text, run, i);
        run = i + 1;
        if (exact && c == '\n') {
          lineBreak();
        } else if (isBlank(c)) {
          blank = true;
        }
      }
    }
    take(text, run, text.length());
  }

  /** A blank between words that stays as it is, so that a run may go on over it. */
  private static boolean isSingleBlank(String text, int run, int at) {
    return text.charAt(at) == ' '
        && at > run
        && at + 1 < text.length()
        && isLetter(text.charAt(at + 1));
  }

  private static boolean isLetter(char c) {
    return c > ' ' && c < '\u007f' || !isBlank(c) && !isInvisible(c);
  }

  private static boolean isBlank(char c) {
    return c == '\u00a0' || c == '\u200b' || Character.isWhitespace(c);
  }

  private static boolean isInvisible(char c) {
    return c == '\u200c' || c == '\u034f' || c == '\u00ad';
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

  private void take(String text, int from, int to) {
    if (from == to) {
      return;
    }
    if (!out.isEmpty()) {
      out.append(breaks > 0 ? "\n".repeat(breaks) : blank ? " " : "");
    }
    breaks = 0;
    blank = false;
    out.append(text, from, to);
  }
}
