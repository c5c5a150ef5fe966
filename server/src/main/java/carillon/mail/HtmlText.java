package carillon.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells an HTML mail in plain text: blocks become lines, links are kept as {@code text (url)},
 * images give their description, hidden parts are left out. Fast enough to be done for every mail.
 */
public final class HtmlText {
  /** What elements do to the text around them; those not named here do nothing. */
  private enum Role {
    SILENT,
    PARAGRAPH,
    LINE,
    NONE
  }

  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    List.of("head", "style", "script", "title", "template", "noscript")
        .forEach(name -> ROLES.put(name, Role.SILENT));
    List.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre")
        .forEach(name -> ROLES.put(name, Role.PARAGRAPH));
    List.of("div", "tr", "li", "section", "article", "header", "footer", "center", "dt", "dd")
        .forEach(name -> ROLES.put(name, Role.LINE));
  }

  private static final Set<String> EMPTY =
      Set.of("img", "br", "hr", "input", "meta", "link", "area", "col", "style", "script", "title");
  private static final List<String> HIDING =
      List.of("display:none", "visibility:hidden", "mso-hide:all");
  private static final Pattern TARGET = Pattern.compile("(?i)(https?|mailto|tel):.+");

  private final HtmlScanner html;
  private final TextLayout text = new TextLayout();
  private final Deque<Numbering> lists = new ArrayDeque<>();

  /** Whether attributes hide their element; a mail says the same few again and again. */
  private final Map<String, Boolean> hiding = new HashMap<>();

  private int preformatted;
  private int linkStart;
  private String linkTarget = "";

  private HtmlText(String html) {
    this.html = new HtmlScanner(html);
  }

  public static String of(String html) {
    return new HtmlText(html).tell();
  }

  private String tell() {
    while (html.next()) {
      switch (html.kind()) {
        case TEXT -> text.words(html.text(), preformatted > 0);
        case OPEN -> open(html.name());
        case CLOSE -> close(html.name());
        case OTHER -> {}
      }
    }
    endLink();
    return text.result();
  }

  private void open(String name) {
    var role = ROLES.getOrDefault(name, Role.NONE);
    if (role == Role.SILENT || isHidden()) {
      skip(name);
      return;
    }
    breaks(role);
    switch (name) {
      case "br" -> text.lineBreak();
      case "hr" -> text.rule();
      case "img" -> text.words(html.attribute("alt").orElse(""), false);
      case "ul" -> lists.push(new Numbering(false));
      case "ol" -> lists.push(new Numbering(true));
      case "li" -> text.words(lists.isEmpty() ? "- " : lists.peek().next(), false);
      case "pre" -> preformatted++;
      case "td", "th" -> text.gap();
      case "a" -> beginLink();
      default -> {}
    }
  }

  private void close(String name) {
    switch (name) {
      case "a" -> endLink();
      case "ul", "ol" -> lists.poll();
      case "pre" -> preformatted = Math.max(0, preformatted - 1);
      default -> {}
    }
    breaks(ROLES.getOrDefault(name, Role.NONE));
  }

  private boolean isHidden() {
    return !html.isPlain() && hiding.computeIfAbsent(html.attributes(), _ -> hides());
  }

  private boolean hides() {
    return html.attribute("style").filter(HtmlText::hides).isPresent()
        || html.attribute("hidden").isPresent();
  }

  private static boolean hides(String style) {
    var plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
    return HIDING.stream().anyMatch(plain::contains);
  }

  private void skip(String name) {
    int depth = EMPTY.contains(name) ? 0 : 1;
    while (depth > 0 && html.next()) {
      if (html.name().equals(name)) {
        depth +=
            switch (html.kind()) {
              case OPEN -> 1;
              case CLOSE -> -1;
              case TEXT, OTHER -> 0;
            };
      }
    }
  }

  private void breaks(Role role) {
    switch (role) {
      case PARAGRAPH -> text.paragraph();
      case LINE -> text.line();
      case SILENT, NONE -> {}
    }
  }

  private void beginLink() {
    endLink();
    linkStart = text.length();
    linkTarget = html.attribute("href").orElse("").strip();
  }

  private void endLink() {
    var target = linkTarget;
    linkTarget = "";
    if (TARGET.matcher(target).matches()) {
      var label = text.since(linkStart).strip();
      var plain = target.replaceFirst("(?i)^(mailto|tel):", "");
      if (label.isEmpty()) {
        text.words(target, false);
      } else if (!plain.equalsIgnoreCase(label)) {
        text.words(" (" + target + ")", false);
      }
    }
  }

  private static final class Numbering {
    private final boolean ordered;
    private int count;

    Numbering(boolean ordered) {
      this.ordered = ordered;
    }

    String next() {
      return ordered ? ++count + ". " : "- ";
    }
  }
}
