package carillon.django;

import java.util.regex.Pattern;

/** Filters that add to, take from and cut up text. */
final class TextPieceFilters {

  private static final Pattern NEWLINES = Pattern.compile("\r\n|\r|\n");

  private TextPieceFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .text("append", Arity.REQUIRED, (text, more, c) -> joined(text, text(more, c), c))
        .text("prepend", Arity.REQUIRED, (text, more, c) -> joined(text(more, c), text, c))
        .alias("concat", "append")
        .safePlain("capitalize", CaseFilters::capfirst)
        .safePlain("strip", String::strip)
        .alias("trim", "strip")
        .safePlain("lstrip", String::stripLeading)
        .safePlain("rstrip", String::stripTrailing)
        .safePlain("strip_newlines", text -> NEWLINES.matcher(text).replaceAll(""))
        .safePlain("strip_html", MarkupFilters::stripTags)
        .text("replace", Arity.REQUIRED, (text, how, c) -> replace(text, how, Integer.MAX_VALUE, c))
        .text("replace_first", Arity.REQUIRED, (text, how, c) -> replace(text, how, 1, c))
        .text("remove", Arity.REQUIRED, (text, part, c) -> remove(text, part, Integer.MAX_VALUE, c))
        .text("remove_first", Arity.REQUIRED, (text, part, c) -> remove(text, part, 1, c))
        .text("split", Arity.OPTIONAL, TextPieceFilters::split)
        .plain("trim_slash", TextPieceFilters::trimSlash)
        .text("truncate", Arity.OPTIONAL, TextPieceFilters::truncate);
  }

  private static String text(Object value, Context context) {
    return Text.of(value, context.meter());
  }

  private static Object joined(String a, String b, Context context) {
    context.meter().length((long) a.length() + b.length());
    return a.concat(b);
  }

  /** The argument holds the part and what replaces it, with a comma or bar between. */
  private static Object replace(String text, Object argument, int most, Context context) {
    var how = text(argument, context);
    var between = how.indexOf('|') >= 0 ? how.indexOf('|') : how.indexOf(',');
    var part = between < 0 ? how : how.substring(0, between);
    var by = between < 0 ? "" : how.substring(between + 1);
    return Search.replace(text, part, by, most, context.meter());
  }

  private static Object remove(String text, Object part, int most, Context context) {
    return Search.replace(text, text(part, context), "", most, context.meter());
  }

  private static Object split(String text, Object separator, Context context) {
    var between = separator == null ? "" : text(separator, context);
    if (between.isEmpty()) {
      var words = LayoutFilters.words(text);
      context.meter().text(text.length() + 16L * words.size());
      return words;
    }
    return Search.split(text, between, context.meter());
  }

  private static String trimSlash(String text) {
    var end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  private static Object truncate(String text, Object length, Context context) {
    return LayoutFilters.truncated(text, length == null ? 50 : Numbers.size(length).orElse(50));
  }
}
