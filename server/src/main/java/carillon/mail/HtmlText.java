package carillon.mail;

import carillon.mail.HtmlReader.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
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

  /** Elements without an end tag, or with all that stands in them in one token. */
  private static final Set<String> EMPTY =
      Set.of(
          "img",
          "br",
          "hr",
          "input",
          "meta",
          "link",
          "area",
          "col",
          "style",
          "script",
          "title",
          "textarea",
          "xmp");

  private static final Pattern TARGET = Pattern.compile("(?i)(https?|mailto|tel):.+");

  private final TextLayout text = new TextLayout();
  private final Deque<Numbering> lists = new ArrayDeque<>();

  private String skipped = "";
  private int skippedDepth;
  private int preformatted;
  private int linkStart;
  private String linkTarget = "";

  private HtmlText() {}

  public static String of(String html) {
    return HtmlMail.of(html).text();
  }

  static String of(List<Run> runs) {
    return new HtmlText().tell(runs);
  }

  private String tell(List<Run> runs) {
    for (var run : runs) {
      for (var token : run.tokens()) {
        if (skippedDepth > 0) {
          skip(token);
        } else {
          tell(token);
        }
      }
    }
    endLink();
    return text.result();
  }

  private void tell(HtmlToken token) {
    switch (token) {
      case HtmlToken.Text words -> tell(words);
      case HtmlToken.Open open -> open(open);
      case HtmlToken.Close close -> close(close.name());
      case HtmlToken.Other _ -> {}
    }
  }

  private void tell(HtmlToken.Text words) {
    if (preformatted > 0) {
      text.exactly(words.exact());
    } else {
      text.words(words.collapsed());
    }
  }

  private void open(HtmlToken.Open element) {
    var name = element.name();
    var role = ROLES.getOrDefault(name, Role.NONE);
    if (role == Role.SILENT || element.hidden()) {
      skipped = name;
      skippedDepth = EMPTY.contains(name) ? 0 : 1;
      return;
    }
    breaks(role);
    switch (name) {
      case "br" -> text.lineBreak();
      case "hr" -> text.rule();
      case "img" -> text.words(TextLayout.collapsed(element.alt()));
      case "ul" -> lists.push(new Numbering(false));
      case "ol" -> lists.push(new Numbering(true));
      case "li" -> text.words(lists.isEmpty() ? "- " : lists.peek().next());
      case "pre" -> preformatted++;
      case "td", "th" -> text.gap();
      case "a" -> beginLink(element);
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

  private void skip(HtmlToken token) {
    switch (token) {
      case HtmlToken.Open open -> skippedDepth += open.name().equals(skipped) ? 1 : 0;
      case HtmlToken.Close close -> skippedDepth -= close.name().equals(skipped) ? 1 : 0;
      case HtmlToken.Text _, HtmlToken.Other _ -> {}
    }
  }

  private void breaks(Role role) {
    switch (role) {
      case PARAGRAPH -> text.paragraph();
      case LINE -> text.line();
      case SILENT, NONE -> {}
    }
  }

  private void beginLink(HtmlToken.Open element) {
    endLink();
    linkStart = text.length();
    linkTarget = element.target().map(HtmlToken.Target::url).orElse("");
  }

  private void endLink() {
    var target = linkTarget;
    linkTarget = "";
    if (!target.isEmpty() && TARGET.matcher(target).matches()) {
      var label = text.since(linkStart).strip();
      var plain = target.replaceFirst("(?i)^(mailto|tel):", "");
      if (label.isEmpty()) {
        text.words(TextLayout.collapsed(target));
      } else if (!plain.equalsIgnoreCase(label)) {
        text.words(TextLayout.collapsed(" (" + target + ")"));
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
