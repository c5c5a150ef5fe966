package carillon.mail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads HTML that comes in pieces. The long ones are those of the template, the same in every mail
 * of a campaign: what was read in one is remembered, so that little more than what is personal is
 * read for each mail. It makes no difference to what comes out: a token that touches the end of its
 * piece, and may go on in the next, is never remembered. Safe for use by many threads.
 */
public final class HtmlReader {

  /** Shorter stretches are read as fast as looked up. */
  private static final int SHORTEST = 200;

  private static final long REMEMBERED_CHARACTERS = 3_000_000;

  private final Cache<Place, Stretch> memory =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_CHARACTERS)
          .weigher((Place place, Stretch _) -> place.piece().length())
          .build();

  private record Place(String piece, int from) {}

  /** Tokens that follow each other, their places counted from {@code base}. */
  record Run(int base, List<HtmlToken> tokens) {}

  /** Remembered tokens, and how far they reach. */
  private record Stretch(List<HtmlToken> tokens, int end) {}

  /** Reads what is not read again, or not in pieces. */
  static HtmlMail readOnce(String html) {
    var tokens = new ArrayList<HtmlToken>();
    int at = 0;
    while (at < html.length()) {
      at = add(tokens, HtmlScanner.token(html, at));
    }
    return new HtmlMail(html, List.of(new Run(0, tokens)));
  }

  public HtmlMail read(List<String> pieces) {
    var html = String.join("", pieces);
    var runs = new ArrayList<Run>();
    var loose = new ArrayList<HtmlToken>();
    int at = 0;
    int base = 0;
    for (var piece : pieces) {
      int end = base + piece.length();
      if (end - at >= SHORTEST) {
        // A token that began in an earlier piece is read to its end first.
        while (at < base) {
          at = add(loose, HtmlScanner.token(html, at));
        }
        if (end - at >= SHORTEST) {
          var stretch = memory.get(new Place(piece, at - base), HtmlReader::stretch);
          runs.add(new Run(0, List.copyOf(loose)));
          runs.add(new Run(base, stretch.tokens()));
          loose.clear();
          at = base + stretch.end();
        }
      }
      base = end;
    }
    while (at < html.length()) {
      at = add(loose, HtmlScanner.token(html, at));
    }
    runs.add(new Run(0, loose));
    return new HtmlMail(html, runs);
  }

  private static int add(List<HtmlToken> tokens, HtmlToken token) {
    tokens.add(token);
    return token.end();
  }

  private static Stretch stretch(Place place) {
    var piece = place.piece();
    var tokens = new ArrayList<HtmlToken>();
    int at = place.from();
    while (at < piece.length()) {
      var token = HtmlScanner.token(piece, at);
      if (token.end() == piece.length()) {
        break;
      }
      tokens.add(token);
      at = token.end();
    }
    return new Stretch(List.copyOf(tokens), at);
  }
}
