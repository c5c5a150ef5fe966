package carillon.delivery;

import carillon.mail.HtmlTag;
import carillon.platform.http.Html;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;

/**
 * Replaces the targets of links in a finished HTML mail. Everything else stays as it was, byte for
 * byte: mails lean on comments and half-broken markup that no parser gives back unchanged.
 */
final class LinkRewriter {

  private static final Set<String> LINKS = Set.of("a", "area", "v:roundrect", "v:rect", "v:oval");
  private static final Set<String> RAW = Set.of("style", "script", "title", "textarea", "xmp");

  /** How far an image is looked for that stands for the words of a link. */
  private static final int LONGEST_LINK = 10_000;

  /** Letters that begin no name of those above: most tags are passed over by one look. */
  private static final BitSet UNCONCERNED = unconcerned();

  private static BitSet unconcerned() {
    var letters = new BitSet();
    letters.set('a', 'z' + 1);
    letters.set('A', 'Z' + 1);
    Stream.concat(LINKS.stream(), RAW.stream())
        .map(name -> name.charAt(0))
        .forEach(first -> {
          letters.clear(first);
          letters.clear(Character.toUpperCase(first));
        });
    return letters;
  }

  /** Decides about a link. */
  @FunctionalInterface
  interface Rewriting {

    /**
     * Where a link is to lead instead; empty: leave it.
     *
     * @param alt the alternative text of an image in the link, or empty
     */
    Optional<String> target(String url, String alt);
  }

  private final String html;
  private final Rewriting rewriting;
  private final StringBuilder out;
  private int copied;

  private LinkRewriter(String html, Rewriting rewriting) {
    this.html = html;
    this.rewriting = rewriting;
    this.out = new StringBuilder(html.length() * 2);
  }

  static String rewrite(String html, Rewriting rewriting) {
    return new LinkRewriter(html, rewriting).result();
  }

  private String result() {
    int at = html.indexOf('<');
    while (at >= 0) {
      at = html.indexOf('<', Math.max(at + 1, construct(at)));
    }
    return out.append(html, copied, html.length()).toString();
  }

  /** Deals with what begins here; answers where it ends. */
  private int construct(int at) {
    if (html.startsWith("<!--", at)) {
      return comment(at);
    }
    if (at + 1 < html.length() && UNCONCERNED.get(html.charAt(at + 1))) {
      return HtmlTag.end(html, at);
    }
    var name = name(at);
    if (name.isEmpty() && !html.startsWith("</", at) && !html.startsWith("<!", at)) {
      return at + 1;
    }
    int end = HtmlTag.end(html, at);
    if (RAW.contains(name)) {
      return rawEnd(name, end);
    }
    if (LINKS.contains(name)) {
      link(at + 1 + name.length(), end);
    }
    return end;
  }

  /** What one mail program alone is to see stands in conditional comments: look inside. */
  private int comment(int at) {
    var open = html.startsWith("<!--[if", at) ? "]>" : "-->";
    int end = html.indexOf(open, at + 4);
    return end < 0 ? html.length() : end + open.length();
  }

  private String name(int at) {
    int end = at + 1;
    while (end < html.length()
        && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == ':')) {
      end++;
    }
    return html.substring(at + 1, end).toLowerCase(Locale.ROOT);
  }

  private int rawEnd(String name, int from) {
    var closing = "</" + name;
    for (int i = html.indexOf("</", from); i >= 0; i = html.indexOf("</", i + 2)) {
      if (html.regionMatches(true, i, closing, 0, closing.length())) {
        return i + closing.length();
      }
    }
    return html.length();
  }

  private void link(int from, int end) {
    var attributes = new Attributes(from, end);
    while (attributes.next()) {
      if (attributes.isHref()) {
        replace(attributes.valueStart, attributes.valueEnd, attributes.quoted, end);
        return;
      }
    }
  }

  private void replace(int start, int end, boolean quoted, int tagEnd) {
    var url = Parser.unescapeEntities(html.substring(start, end), true).strip();
    rewriting
        .target(url, alt(tagEnd))
        .ifPresent(target -> {
          var quote = quoted ? "" : "\"";
          out.append(html, copied, start).append(quote).append(Html.escape(target)).append(quote);
          copied = end;
        });
  }

  private String alt(int from) {
    int limit = Math.min(html.length(), from + LONGEST_LINK);
    int end = html.indexOf("</a", from, limit);
    int image = html.indexOf("<img", from, end < 0 ? limit : end);
    if (image < 0) {
      return "";
    }
    var attributes = new Attributes(image + 4, HtmlTag.end(html, image));
    while (attributes.next()) {
      if (attributes.is("alt")) {
        return Parser.unescapeEntities(
            html.substring(attributes.valueStart, attributes.valueEnd), true);
      }
    }
    return "";
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

    Attributes(int from, int end) {
      this.at = from;
      this.end = html.charAt(end - 1) == '>' ? end - 1 : end;
    }

    boolean next() {
      skip(c -> Character.isWhitespace(c) || c == '/');
      nameStart = at;
      skip(c -> !Character.isWhitespace(c) && c != '=' && c != '/');
      nameEnd = at;
      skip(Character::isWhitespace);
      valueStart = valueEnd = at;
      if (at < end && html.charAt(at) == '=') {
        at++;
        value();
      }
      return nameEnd > nameStart;
    }

    boolean isHref() {
      return is("href");
    }

    boolean is(String name) {
      return nameEnd - nameStart == name.length()
          && html.regionMatches(true, nameStart, name, 0, name.length());
    }

    private void value() {
      skip(Character::isWhitespace);
      char quote = at < end ? html.charAt(at) : 0;
      quoted = quote == '"' || quote == '\'';
      if (quoted) {
        valueStart = ++at;
        skip(c -> c != quote);
        valueEnd = at;
        at = Math.min(at + 1, end);
      } else {
        valueStart = at;
        skip(c -> !Character.isWhitespace(c));
        valueEnd = at;
      }
    }

    private void skip(IntPredicate wanted) {
      while (at < end && wanted.test(html.charAt(at))) {
        at++;
      }
    }
  }
}
