package carillon.django;

/** Filters between text and HTML. */
final class MarkupFilters {

  private MarkupFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .safePlain("striptags", MarkupFilters::stripTags)
        .safe("linebreaks", Arity.NONE, MarkupFilters::paragraphs)
        .safe("linebreaksbr", Arity.NONE, MarkupFilters::breaks)
        .safe(
            "urlize", Arity.OPTIONAL, (value, none, c) -> Urlize.apply(value, Integer.MAX_VALUE, c))
        .safe("urlizetrunc", Arity.REQUIRED, MarkupFilters::urlizeShort)
        .safeText("truncatechars_html", Arity.REQUIRED, MarkupTruncation::characters)
        .safeText("truncatewords_html", Arity.REQUIRED, MarkupTruncation::words);
  }

  static String stripTags(String text) {
    var out = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var end = text.charAt(at) == '<' ? tagEnd(text, at) : -1;
      if (end < 0) {
        out.append(text.charAt(at++));
      } else {
        at = end;
      }
    }
    return out.toString();
  }

  /** The position after the tag or comment that opens here, or -1 if it is none. */
  static int tagEnd(String text, int open) {
    if (text.startsWith("<!--", open)) {
      var close = text.indexOf("-->", open + 4);
      return close < 0 ? text.length() : close + 3;
    }
    var next = open + 1 < text.length() ? text.charAt(open + 1) : ' ';
    if (!Character.isLetter(next) && "/!?".indexOf(next) < 0) {
      return -1;
    }
    var close = text.indexOf('>', open);
    return close < 0 ? text.length() : close + 1;
  }

  private static Object paragraphs(Object value, Object none, Context context) {
    var text = normalized(Text.of(value, context.meter()));
    var escape = context.escaping() && !(value instanceof SafeText);
    var out = new StringBuilder();
    for (var paragraph : text.split("\n{2,}", -1)) {
      var markup = escape ? Html.escape(paragraph) : paragraph;
      out.append(out.isEmpty() ? "<p>" : "\n\n<p>");
      out.append(markup.replace("\n", "<br>")).append("</p>");
    }
    return new SafeText(out.toString());
  }

  private static Object breaks(Object value, Object none, Context context) {
    var text = normalized(Html.markup(value, context.escaping(), context.meter()));
    return new SafeText(text.replace("\n", "<br>"));
  }

  private static String normalized(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Object urlizeShort(Object value, Object argument, Context context) {
    return Urlize.apply(value, Numbers.size(argument).orElse(Integer.MAX_VALUE), context);
  }
}
