package carillon.django;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;

/** Shortens HTML by counting only its text; tags left open are closed. */
final class MarkupTruncation {

  private static final Set<String> VOID_TAGS =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
          "source", "track", "wbr");

  private static final int LONGEST_ENTITY = 12;
  private static final int DEEPEST = 100;

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private final ArrayDeque<String> open = new ArrayDeque<>();

  private MarkupTruncation(String text) {
    this.text = text;
  }

  static Object characters(String text, Object argument, Context context) {
    var most = Numbers.size(argument);
    return most.isEmpty() ? text : new MarkupTruncation(text).byCharacters(most.get());
  }

  static Object words(String text, Object argument, Context context) {
    var most = Numbers.size(argument);
    return most.isEmpty() ? text : new MarkupTruncation(text).byWords(most.get());
  }

  private String byCharacters(int most) {
    if (most <= 0) {
      return most == 0 ? "…" : "";
    }
    if (textLength() <= most) {
      return text;
    }
    var count = 0;
    for (var at = 0; count < most - 1 && at < text.length(); ) {
      var end = text.charAt(at) == '<' ? MarkupFilters.tagEnd(text, at) : -1;
      if (end > 0) {
        tag(at, end);
      } else {
        end = characterEnd(at);
        out.append(text, at, end);
        count++;
      }
      at = end;
    }
    return finished("…");
  }

  private int textLength() {
    var count = 0;
    for (var at = 0; at < text.length(); ) {
      var end = text.charAt(at) == '<' ? MarkupFilters.tagEnd(text, at) : -1;
      count += end > 0 ? 0 : 1;
      at = end > 0 ? end : characterEnd(at);
    }
    return count;
  }

  private int characterEnd(int at) {
    if (text.charAt(at) == '&') {
      for (var end = at + 1; end < Math.min(text.length(), at + LONGEST_ENTITY); end++) {
        if (text.charAt(end) == ';') {
          return end + 1;
        }
      }
    }
    return text.offsetByCodePoints(at, 1);
  }

  private String byWords(int most) {
    if (most <= 0) {
      return "";
    }
    var count = 0;
    for (var at = 0; at < text.length(); ) {
      var tagEnd = text.charAt(at) == '<' ? MarkupFilters.tagEnd(text, at) : -1;
      if (tagEnd > 0) {
        tag(at, tagEnd);
        at = tagEnd;
      } else if (Character.isWhitespace(text.charAt(at))) {
        out.append(text.charAt(at++));
      } else {
        if (count++ == most) {
          out.setLength(out.toString().stripTrailing().length());
          return finished(" …");
        }
        at = word(at);
      }
    }
    return text;
  }

  private int word(int start) {
    var at = start;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && (text.charAt(at) != '<' || MarkupFilters.tagEnd(text, at) < 0)) {
      at++;
    }
    out.append(text, start, at);
    return at;
  }

  private void tag(int start, int end) {
    var markup = text.substring(start, end);
    out.append(markup);
    var name = name(markup);
    if (markup.startsWith("</")) {
      open.removeFirstOccurrence(name);
    } else if (!name.isEmpty()
        && !markup.endsWith("/>")
        && !VOID_TAGS.contains(name)
        && open.size() < DEEPEST) {
      open.addFirst(name);
    }
  }

  private static String name(String markup) {
    var start = markup.startsWith("</") ? 2 : 1;
    var end = start;
    while (end < markup.length() && Character.isLetterOrDigit(markup.charAt(end))) {
      end++;
    }
    return markup.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private String finished(String ellipsis) {
    out.append(ellipsis);
    open.forEach(name -> out.append("</").append(name).append('>'));
    return out.toString();
  }
}
