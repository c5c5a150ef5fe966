package carillon.django;

import java.util.ArrayList;
import java.util.List;

/** Filters that arrange text: width, lines, words, length. */
final class LayoutFilters {

  private LayoutFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .safeText("ljust", Arity.REQUIRED, (text, width, context) -> pad(text, width, 0, context))
        .safeText("rjust", Arity.REQUIRED, (text, width, context) -> pad(text, width, 2, context))
        .safeText("center", Arity.REQUIRED, (text, width, context) -> pad(text, width, 1, context))
        .safeText("truncatechars", Arity.REQUIRED, LayoutFilters::truncateCharacters)
        .safeText("truncatewords", Arity.REQUIRED, LayoutFilters::truncateWords)
        .safeText("wordwrap", Arity.REQUIRED, LayoutFilters::wrap)
        .text("wordcount", Arity.NONE, (text, none, context) -> words(text).size())
        .safe("linenumbers", Arity.NONE, LayoutFilters::numberLines)
        .text("make_list", Arity.NONE, (text, none, c) -> Values.characters(text, c.meter()));
  }

  private static String pad(String text, Object width, int side, Context context) {
    var wanted = Numbers.size(width).orElse(0);
    var length = text.codePointCount(0, text.length());
    if (wanted <= length) {
      return text;
    }
    context.meter().length(wanted);
    var blanks = wanted - length;
    var left = side == 1 ? blanks / 2 + (blanks & wanted & 1) : side == 2 ? blanks : 0;
    return " ".repeat(left) + text + " ".repeat(blanks - left);
  }

  private static Object truncateCharacters(String text, Object argument, Context context) {
    var length = Numbers.size(argument);
    return length.isEmpty() ? text : truncated(text, length.get());
  }

  /** Text of at most so many characters, the last of which stands for what is left out. */
  static String truncated(String text, int length) {
    if (text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    if (length <= 0) {
      return "";
    }
    return text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
  }

  private static Object truncateWords(String text, Object argument, Context context) {
    var most = Numbers.size(argument);
    if (most.isEmpty()) {
      return text;
    }
    var words = words(text);
    var kept = Math.min(words.size(), Math.max(most.get(), 0));
    var joined = String.join(" ", words.subList(0, kept));
    return kept == words.size() ? joined : joined + " …";
  }

  static List<String> words(String text) {
    var words = new ArrayList<String>();
    var start = -1;
    for (var at = 0; at < text.length(); at++) {
      var blank = Character.isWhitespace(text.charAt(at));
      if (blank && start >= 0) {
        words.add(text.substring(start, at));
        start = -1;
      } else if (!blank && start < 0) {
        start = at;
      }
    }
    if (start >= 0) {
      words.add(text.substring(start));
    }
    return words;
  }

  private static Object wrap(String text, Object argument, Context context) {
    var width = Numbers.size(argument);
    return width.isEmpty() || width.get() < 1 ? text : WordWrap.wrap(text, width.get());
  }

  private static Object numberLines(Object value, Object none, Context context) {
    var lines = Text.of(value, context.meter()).split("\n", -1);
    var escape = context.escaping() && !(value instanceof SafeText);
    var width = Integer.toString(lines.length).length();
    var out = new StringBuilder();
    for (var i = 0; i < lines.length; i++) {
      var number = Integer.toString(i + 1);
      out.append(i == 0 ? "" : "\n").append("0".repeat(width - number.length())).append(number);
      out.append(". ").append(escape ? Html.escape(lines[i]) : lines[i]);
    }
    return new SafeText(out.toString());
  }
}
