package carillon.mail;

import carillon.mail.HtmlReader.Run;
import carillon.mail.HtmlToken.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An HTML mail that was read. */
public final class HtmlMail {

  /** How far an image is looked for that stands for the words of a link. */
  private static final int LONGEST_LINK = 10_000;

  private final String html;
  private final List<Run> runs;
  private final List<Place> links = new ArrayList<>();
  private int bodyStart = -1;
  private int bodyEnd = -1;

  /** What is to stand between two places instead. */
  private record Edit(int start, int end, String text) {}

  /** Where the target of a link stands. */
  private record Place(HtmlLink link, int start, int end, boolean quoted) {
    boolean reaches(int at) {
      return link.alt().isEmpty() && at - end <= LONGEST_LINK;
    }

    Edit leadingTo(String url) {
      return new Edit(start, end, quoted ? escaped(url) : '"' + escaped(url) + '"');
    }

    Place with(String alt) {
      return new Place(new HtmlLink(link.url(), alt), start, end, quoted);
    }
  }

  HtmlMail(String html, List<Run> runs) {
    this.html = html;
    this.runs = runs;
    outline();
  }

  public static HtmlMail of(String html) {
    return HtmlReader.readOnce(html);
  }

  /** What it says, in plain text. */
  public String text() {
    return HtmlText.of(runs);
  }

  /**
   * The mail with other links and with markup put in. Everything else stays as it was, byte for
   * byte.
   *
   * @param first to stand first in the body
   * @param targets where links are to lead instead; empty: left alone
   * @param last to stand last in the body
   */
  public String edited(String first, Function<HtmlLink, Optional<String>> targets, String last) {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit(bodyStart, bodyStart, first));
    links.forEach(place -> targets.apply(place.link()).map(place::leadingTo).ifPresent(edits::add));
    edits.add(new Edit(bodyEnd, bodyEnd, last));
    edits.sort(Comparator.comparingInt(Edit::start));
    return edited(edits);
  }

  private String edited(List<Edit> edits) {
    var out = new StringBuilder(html.length() + html.length() / 4 + 300 * edits.size());
    int copied = 0;
    for (var edit : edits) {
      out.append(html, copied, edit.start()).append(edit.text());
      copied = edit.end();
    }
    return out.append(html, copied, html.length()).toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void outline() {
    int fallback = 0;
    boolean inLink = false;
    int start = 0;
    for (var run : runs) {
      for (var token : run.tokens()) {
        int end = run.base() + token.end();
        switch (token) {
          case HtmlToken.Text _ -> {}
          case HtmlToken.Open open -> {
            if (open.target().isPresent()) {
              add(open.target().get().shifted(run.base()));
              inLink = open.name().equals("a");
            } else if (inLink && !open.alt().isEmpty() && links.getLast().reaches(end)) {
              links.set(links.size() - 1, links.getLast().with(open.alt()));
            } else if (open.name().equals("body") && bodyStart < 0) {
              bodyStart = end;
            } else if (open.name().equals("html")) {
              fallback = bodyStart < 0 ? end : fallback;
            }
          }
          case HtmlToken.Close(_, var name) -> {
            inLink &= !name.equals("a");
            if (name.equals("body")) {
              bodyEnd = start;
            } else if (name.equals("head")) {
              fallback = end;
            }
          }
          case HtmlToken.Other other -> {
            other.targets().forEach(target -> add(target.shifted(run.base())));
            inLink &= other.targets().isEmpty();
            if (other.name().equals("!doctype")) {
              fallback = end;
            }
          }
        }
        start = end;
      }
    }
    // Without a body tag the body starts after the last tag that can only stand before it.
    bodyStart = bodyStart < 0 ? fallback : bodyStart;
    bodyEnd = bodyEnd < 0 ? html.length() : bodyEnd;
  }

  private void add(Target target) {
    links.add(
        new Place(new HtmlLink(target.url(), ""), target.start(), target.end(), target.quoted()));
  }
}
