package carillon.django;

import java.util.ArrayList;
import java.util.List;

/** A word of a tag and where it stands in the source. */
record Word(String text, int offset) {

  /** Splits at blanks that are not within quotes; once a quote stays open, quotes mean nothing. */
  static List<Word> split(String content, int offset) {
    var words = new ArrayList<Word>();
    var quotes = true;
    var start = -1;
    for (var at = 0; at < content.length(); at++) {
      var c = content.charAt(at);
      if (Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(new Word(content.substring(start, at), offset + start));
        }
        start = -1;
        continue;
      }
      start = start < 0 ? at : start;
      if (quotes && (c == '"' || c == '\'')) {
        var close = closingQuote(content, at);
        quotes = close >= 0;
        at = quotes ? close : at;
      }
    }
    if (start >= 0) {
      words.add(new Word(content.substring(start), offset + start));
    }
    return words;
  }

  /** Where the quote opened here is closed, or -1. */
  static int closingQuote(String content, int open) {
    for (var at = open + 1; at < content.length(); at++) {
      var c = content.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == content.charAt(open)) {
        return at;
      }
    }
    return -1;
  }

  boolean is(String other) {
    return text.equals(other);
  }

  /** The part from a character on. */
  Word from(int index) {
    return new Word(text.substring(index), offset + index);
  }
}
