package carillon.mail;

import java.util.Locale;

/**
 * Puts a preview text, hidden in the opened mail, first into the body of an HTML document. The rest
 * of the document stays as it was, byte for byte: it is scanned for its body tag, not parsed.
 */
public final class Preheader {
  private static final String OPEN =
      "<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;"
          + "overflow:hidden;mso-hide:all\">";
  // Keeps mail programs from filling up a short preview with the first words of the body.
  private static final String FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

  /** {@code preview} is text; an empty one leaves the document alone. */
  public static String insert(String html, String preview) {
    if (preview.isBlank()) {
      return html;
    }
    int at = bodyStart(html);
    return html.substring(0, at)
        + OPEN
        + escape(OneLine.of(preview))
        + FILLER
        + "</div>"
        + html.substring(at);
  }

  // Without a body tag the body starts after the last tag that can only stand before it.
  private static int bodyStart(String html) {
    int fallback = 0;
    int at = html.indexOf('<');
    while (at >= 0) {
      int end = constructEnd(html, at);
      var name = tagName(html, at);
      if (name.equals("body")) {
        return end;
      }
      if (name.equals("!doctype") || name.equals("html") || name.equals("/head")) {
        fallback = end;
      }
      at = html.indexOf('<', Math.max(end, at + 1));
    }
    return fallback;
  }

  private static int constructEnd(String html, int at) {
    if (html.startsWith("<!--", at)) {
      return after(html, "-->", at + 4);
    }
    var name = tagName(html, at);
    return switch (name) {
      case "style", "script", "title" -> rawTextEnd(html, "</" + name, tagEnd(html, at));
      case "" -> at + 1;
      default -> tagEnd(html, at);
    };
  }

  private static int tagEnd(String html, int at) {
    char quote = 0;
    for (int i = at + 1; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return html.length();
  }

  private static int rawTextEnd(String html, String closing, int from) {
    for (int i = html.indexOf("</", from); i >= 0; i = html.indexOf("</", i + 2)) {
      if (html.regionMatches(true, i, closing, 0, closing.length())) {
        return tagEnd(html, i);
      }
    }
    return html.length();
  }

  private static int after(String html, String mark, int from) {
    int at = html.indexOf(mark, from);
    return at < 0 ? html.length() : at + mark.length();
  }

  private static String tagName(String html, int at) {
    int end = at + 1;
    while (end < html.length() && isNamePart(html.charAt(end))) {
      end++;
    }
    return html.substring(at + 1, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '!' || c == '/' || c == '-';
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private Preheader() {}
}
