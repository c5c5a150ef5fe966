package carillon.mail;

/** Text as HTML lays it out: blanks run together, blocks stand on lines of their own. */
final class TextLayout {
  private final StringBuilder out = new StringBuilder();
  private int breaks;
  private boolean blank;

  /** Text with one space for each run of blanks, and without letters nobody sees. */
  static String collapsed(String text) {
    int at = 0;
    while (at < text.length() && isPlain(text, at)) {
      at++;
    }
    return at == text.length() ? text : collapsed(text, at);
  }

  /** A letter, or the only blank between two, as most are: these stay as they are. */
  private static boolean isPlain(String text, int at) {
    char c = text.charAt(at);
    return isLetter(c) || c == ' ' && at + 1 < text.length() && isLetter(text.charAt(at + 1));
  }

  private static String collapsed(String text, int from) {
    var out = new StringBuilder(text.length()).append(text, 0, from);
    boolean gap = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBlank(c)) {
        gap = true;
      } else if (!isInvisible(c)) {
        out.append(gap ? " " : "").append(c);
        gap = false;
      }
    }
    return out.append(gap ? " " : "").toString();
  }

  /** Words that are {@link #collapsed}. */
  void words(String collapsed) {
    int from = collapsed.startsWith(" ") ? 1 : 0;
    int to = collapsed.length() - (collapsed.endsWith(" ") ? 1 : 0);
    blank |= from > 0;
    if (from < to) {
      take(collapsed, from, to);
      blank = to < collapsed.length();
    }
  }

  /** Text whose lines stay lines. */
  void exactly(String text) {
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      words(collapsed(text.substring(start, end)));
      lineBreak();
      start = end + 1;
    }
    words(collapsed(text.substring(start)));
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
    words("-".repeat(40));
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
      out.append(breaks == 2 ? "\n\n" : breaks == 1 ? "\n" : blank ? " " : "");
    }
    breaks = 0;
    blank = false;
    out.append(text, from, to);
  }
}
