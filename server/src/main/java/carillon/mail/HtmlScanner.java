package carillon.mail;

import carillon.mail.HtmlToken.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * Reads one token of HTML after the other without building a document: mails lean on comments and
 * half-broken markup. What a token is depends on nothing before it, and on nothing after it unless
 * it goes to the very end.
 */
final class HtmlScanner {

  private static final Set<String> LINKS = Set.of("a", "area", "v:roundrect", "v:rect", "v:oval");
  private static final Set<String> RAW = Set.of("style", "script", "title", "textarea", "xmp");
  private static final List<String> HIDING =
      List.of("display:none", "visibility:hidden", "mso-hide:all");
  private static final String CONDITIONAL = "<!--[if";

  private final String html;
  private final int start;
  private final String name;

  private HtmlScanner(String html, int start) {
    this.html = html;
    this.start = start;
    this.name = html.charAt(start) == '<' ? nameAt(start + 1) : "";
  }

  /** The token that begins at {@code start}. */
  static HtmlToken token(String html, int start) {
    return new HtmlScanner(html, start).token();
  }

  private HtmlToken token() {
    if (html.charAt(start) != '<') {
      return text();
    }
    if (html.startsWith("<!", start) || html.startsWith("<?", start)) {
      return other();
    }
    if (name.startsWith("/")) {
      return new HtmlToken.Close(HtmlTag.end(html, start), name.substring(1));
    }
    return name.isEmpty() ? text() : open();
  }

  private HtmlToken text() {
    int next = html.indexOf('<', start + 1);
    int end = next < 0 ? html.length() : next;
    var exact = unescaped(html.substring(start, end), false);
    return new HtmlToken.Text(end, exact, TextLayout.collapsed(exact));
  }

  private HtmlToken other() {
    if (!html.startsWith("<!--", start)) {
      return new HtmlToken.Other(HtmlTag.end(html, start), name, List.of());
    }
    int arrow = html.indexOf("-->", start + 2);
    int close = arrow < 0 ? html.length() : arrow;
    var targets = html.startsWith(CONDITIONAL, start) ? targetsWithin(close) : List.<Target>of();
    return new HtmlToken.Other(Math.min(close + 3, html.length()), "", targets);
  }

  /**
   * What one mail program alone is to see stands in conditional comments. It is read on its own, so
   * that nothing in it reaches beyond.
   */
  private List<Target> targetsWithin(int end) {
    int open = html.indexOf("]>", start, end);
    if (open < 0) {
      return List.of();
    }
    var inside = html.substring(open + 2, end);
    var targets = new ArrayList<Target>();
    int at = 0;
    while (at < inside.length()) {
      if (inside.startsWith("<!--", at)) {
        at += 4;
        continue;
      }
      var token = token(inside, at);
      at = token.end();
      if (token instanceof HtmlToken.Open tag && inside.charAt(at - 1) == '>') {
        tag.target().map(target -> target.shifted(open + 2)).ifPresent(targets::add);
      }
    }
    return targets;
  }

  private HtmlToken open() {
    int tagEnd = HtmlTag.end(html, start);
    int end = RAW.contains(name) ? rawEnd(tagEnd) : tagEnd;
    if (tagEnd - start <= name.length() + 2) {
      return new HtmlToken.Open(end, name, false, Optional.empty(), "");
    }
    var hidden = false;
    var target = Optional.<Target>empty();
    var alt = Optional.<String>empty();
    var attributes = new Attributes(start + 1 + name.length(), tagEnd);
    while (attributes.next()) {
      hidden |= attributes.is("hidden") || attributes.is("style") && hides(attributes.value());
      if (target.isEmpty() && attributes.is("href") && LINKS.contains(name)) {
        target = Optional.of(attributes.target());
      }
      if (alt.isEmpty() && attributes.is("alt") && name.equals("img")) {
        alt = Optional.of(attributes.value());
      }
    }
    return new HtmlToken.Open(end, name, hidden, target, alt.orElse(""));
  }

  private static boolean hides(String style) {
    var plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
    return HIDING.stream().anyMatch(plain::contains);
  }

  private int rawEnd(int from) {
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

  private static String unescaped(String text, boolean inAttribute) {
    return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, inAttribute);
  }

  /** Walks over the attributes of a tag. */
  private final class Attributes {
    private final int end;
    private int at;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;
    private boolean quoted;

    Attributes(int from, int tagEnd) {
      this.at = from;
      this.end = html.charAt(tagEnd - 1) == '>' ? tagEnd - 1 : tagEnd;
    }

    boolean next() {
      while (at < end && (isBlank() || html.charAt(at) == '/')) {
        at++;
      }
      nameStart = at;
      at = Math.min(at + 1, end);
      while (at < end && !isBlank() && html.charAt(at) != '=' && html.charAt(at) != '/') {
        at++;
      }
      nameEnd = at;
      blanks();
      valueStart = valueEnd = nameEnd;
      quoted = false;
      if (at < end && html.charAt(at) == '=') {
        at++;
        blanks();
        readValue();
      }
      return nameEnd > nameStart;
    }

    boolean is(String wanted) {
      return nameEnd - nameStart == wanted.length()
          && html.regionMatches(true, nameStart, wanted, 0, wanted.length());
    }

    String value() {
      return unescaped(html.substring(valueStart, valueEnd), true);
    }

    Target target() {
      return new Target(value().strip(), valueStart, valueEnd, quoted);
    }

    private void readValue() {
      char quote = at < end ? html.charAt(at) : 0;
      quoted = quote == '"' || quote == '\'';
      if (quoted) {
        valueStart = at + 1;
        int close = html.indexOf(quote, valueStart);
        valueEnd = close < 0 || close > end ? end : close;
        at = Math.min(valueEnd + 1, end);
      } else {
        valueStart = at;
        while (at < end && !isBlank()) {
          at++;
        }
        valueEnd = at;
      }
    }

    private void blanks() {
      while (at < end && isBlank()) {
        at++;
      }
    }

    private boolean isBlank() {
      return Character.isWhitespace(html.charAt(at));
    }
  }
}
