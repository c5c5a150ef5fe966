package carillon.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Tells an HTML mail in plain text: blocks become lines, links are kept as {@code text (url)},
 * images give their description, hidden parts are left out.
 */
public final class HtmlText {
  private static final Set<String> SILENT =
      Set.of("head", "script", "style", "title", "template", "noscript");
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre");
  private static final Set<String> LINES =
      Set.of("div", "tr", "li", "section", "article", "header", "footer", "center", "dt", "dd");
  private static final Pattern HIDDEN =
      Pattern.compile("(?i)(display\\s*:\\s*none|visibility\\s*:\\s*hidden|mso-hide\\s*:\\s*all)");
  private static final Pattern TARGET = Pattern.compile("(?i)(https?|mailto|tel):.+");

  public static String of(String html) {
    var text = new Telling();
    Jsoup.parse(html).body().filter(text);
    return text.result();
  }

  private static boolean silent(Element element) {
    return SILENT.contains(element.normalName())
        || element.hasAttr("hidden")
        || HIDDEN.matcher(element.attr("style")).find();
  }

  private static final class Telling implements NodeFilter {
    private final TextLayout text = new TextLayout();
    private final Deque<Integer> linkStarts = new ArrayDeque<>();
    private final Deque<Numbering> lists = new ArrayDeque<>();
    private int preformatted;

    @Override
    public FilterResult head(Node node, int depth) {
      return switch (node) {
        case TextNode words -> {
          text.words(words.getWholeText(), preformatted > 0);
          yield FilterResult.CONTINUE;
        }
        case Element element when silent(element) -> FilterResult.SKIP_ENTIRELY;
        case Element element -> {
          begin(element);
          yield FilterResult.CONTINUE;
        }
        default -> FilterResult.CONTINUE;
      };
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element) {
        end(element);
      }
      return FilterResult.CONTINUE;
    }

    String result() {
      return text.result();
    }

    private void begin(Element element) {
      breaks(element);
      switch (element.normalName()) {
        case "br" -> text.lineBreak();
        case "hr" -> text.rule();
        case "img" -> text.words(element.attr("alt"), false);
        case "ul" -> lists.push(new Numbering(false));
        case "ol" -> lists.push(new Numbering(true));
        case "li" -> text.words(lists.isEmpty() ? "- " : lists.peek().next(), false);
        case "pre" -> preformatted++;
        case "td", "th" -> text.gap();
        case "a" -> linkStarts.push(text.length());
        default -> {}
      }
    }

    private void end(Element element) {
      switch (element.normalName()) {
        case "a" -> link(element.attr("href").strip(), text.since(linkStarts.pop()));
        case "ul", "ol" -> lists.pop();
        case "pre" -> preformatted--;
        default -> {}
      }
      breaks(element);
    }

    private void breaks(Element element) {
      if (PARAGRAPHS.contains(element.normalName())) {
        text.paragraph();
      } else if (LINES.contains(element.normalName())) {
        text.line();
      }
    }

    private void link(String target, String label) {
      if (!TARGET.matcher(target).matches()) {
        return;
      }
      var plain = target.replaceFirst("(?i)^(mailto|tel):", "");
      if (label.isBlank()) {
        text.words(target, false);
      } else if (!plain.equalsIgnoreCase(label.strip())) {
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

  private HtmlText() {}
}
