package carillon.mail;

import java.util.Locale;
import java.util.Optional;
import org.jsoup.parser.Parser;

/**
 * Steps through HTML from one piece to the next (a tag, a comment, the text between them) without
 * building a document. What stands in style, script and title is part of the piece that opens it.
 */
final class HtmlScanner {
  enum Kind {
    TEXT,
    OPEN,
    CLOSE,
    /** Comments and declarations. */
    OTHER
  }

  private final String html;
  private int start;
  private int end;
  private Kind kind = Kind.OTHER;
  private String name = "";

  HtmlScanner(String html) {
    this.html = html;
  }

  /** Goes to the next piece; false at the end. */
  boolean next() {
    start = end;
    if (start == html.length()) {
      return false;
    }
    name = html.charAt(start) == '<' ? nameAt(start + 1) : "";
    kind = kindOfPiece();
    end =
        switch (kind) {
          case TEXT -> textEnd();
          case CLOSE -> HtmlTag.end(html, start);
          case OPEN -> isRawText() ? rawTextEnd() : HtmlTag.end(html, start);
          case OTHER -> html.startsWith("<!--", start) ? commentEnd() : HtmlTag.end(html, start);
        };
    return true;
  }

  Kind kind() {
    return kind;
  }

  /** Of the element opened or closed, or of a declaration ({@code !doctype}), in lower case. */
  String name() {
    return name;
  }

  /** Where this piece ends. */
  int end() {
    return end;
  }

  /** The text of a text piece. */
  String text() {
    return unescaped(html.substring(start, end));
  }

  /** Whether this tag may have attributes: most have none, and need not be looked through. */
  boolean isPlain() {
    return end - start <= name.length() + 2;
  }

  /** All attributes of this tag as they are written. */
  String attributes() {
    return html.substring(start + 1 + name.length(), end);
  }

  /** The value of an attribute of this tag, empty when it has none. */
  Optional<String> attribute(String wanted) {
    int at = afterBlanks(start + 1 + name.length());
    while (at < end - 1) {
      int nameEnd = attributeNameEnd(at);
      int value = afterEquals(nameEnd);
      int valueEnd = value < 0 ? nameEnd : attributeValueEnd(value);
      if (nameEnd - at == wanted.length()
          && html.regionMatches(true, at, wanted, 0, nameEnd - at)) {
        return Optional.of(value < 0 ? "" : unescaped(unquoted(value, valueEnd)));
      }
      at = afterBlanks(Math.max(valueEnd, at + 1));
    }
    return Optional.empty();
  }

  private Kind kindOfPiece() {
    if (html.charAt(start) != '<') {
      return Kind.TEXT;
    }
    if (html.startsWith("<!", start) || html.startsWith("<?", start)) {
      return Kind.OTHER;
    }
    if (name.startsWith("/")) {
      name = name.substring(1);
      return Kind.CLOSE;
    }
    return name.isEmpty() ? Kind.TEXT : Kind.OPEN;
  }

  private int textEnd() {
    int next = html.indexOf('<', start + 1);
    return next < 0 ? html.length() : next;
  }

  private int commentEnd() {
    int close = html.indexOf("-->", start + 2);
    return close < 0 ? html.length() : close + 3;
  }

  private boolean isRawText() {
    return name.equals("style") || name.equals("script") || name.equals("title");
  }

  private int rawTextEnd() {
    int from = HtmlTag.end(html, start);
    for (int i = html.indexOf("</", from); i >= 0; i = html.indexOf("</", i + 2)) {
      if (html.regionMatches(true, i + 2, name, 0, name.length())) {
        return HtmlTag.end(html, i);
      }
    }
    return html.length();
  }

  private String nameAt(int from) {
    int at = from;
    while (at < html.length() && isNamePart(html.charAt(at), at == from)) {
      at++;
    }
    return html.substring(from, at).toLowerCase(Locale.ROOT);
  }

  private static boolean isNamePart(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter
        || (first ? c == '/' || c == '!' : (c >= '0' && c <= '9') || c == '-' || c == ':');
  }

  private int attributeNameEnd(int from) {
    int at = from;
    while (at < end - 1 && !endsAttributeName(html.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsAttributeName(char c) {
    return c == '=' || c == '/' || Character.isWhitespace(c);
  }

  private int afterEquals(int from) {
    int at = afterBlanks(from);
    return at < end - 1 && html.charAt(at) == '=' ? afterBlanks(at + 1) : -1;
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < end - 1 && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
    return at;
  }

  private int attributeValueEnd(int from) {
    char first = html.charAt(from);
    if (first == '"' || first == '\'') {
      int close = html.indexOf(first, from + 1);
      return close < 0 || close >= end ? end : close + 1;
    }
    int at = from;
    while (at < end - 1 && !Character.isWhitespace(html.charAt(at))) {
      at++;
    }
    return at;
  }

  private String unquoted(int from, int to) {
    char first = html.charAt(from);
    boolean quoted = (first == '"' || first == '\'') && to > from + 1;
    return quoted ? html.substring(from + 1, to - 1) : html.substring(from, to);
  }

  private static String unescaped(String text) {
    return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false);
  }
}
