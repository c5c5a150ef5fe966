package carillon.mail;

/** Where tags end. Looked for by the thousand in every mail, so it leaps instead of walking. */
final class HtmlTag {

  /**
   * The place after the tag that begins at {@code start} with {@code <}; a {@code >} within a
   * quoted value does not end it. A tag that never ends goes to the end of the document.
   */
  static int end(String html, int start) {
    int from = start + 1;
    int close = html.indexOf('>', from);
    while (close >= 0) {
      int quote = quote(html, from, close);
      if (quote < 0) {
        return close + 1;
      }
      int unquote = html.indexOf(html.charAt(quote), quote + 1);
      if (unquote < 0) {
        return html.length();
      }
      from = unquote + 1;
      close = close < from ? html.indexOf('>', from) : close;
    }
    return html.length();
  }

  /** The first quote between two places that opens the value of an attribute, or -1. */
  private static int quote(String html, int from, int to) {
    for (int is = html.indexOf('=', from, to); is >= 0; is = html.indexOf('=', is + 1, to)) {
      int value = is + 1;
      while (value < to && Character.isWhitespace(html.charAt(value))) {
        value++;
      }
      if (value < to && (html.charAt(value) == '"' || html.charAt(value) == '\'')) {
        return value;
      }
    }
    return -1;
  }

  private HtmlTag() {}
}
