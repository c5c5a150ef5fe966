package carillon.django;

import java.util.ArrayList;

/** Breaks lines that are too long at blanks; words are never broken. */
final class WordWrap {

  private WordWrap() {}

  static String wrap(String text, int width) {
    var out = new ArrayList<String>();
    for (var line : text.split("\n", -1)) {
      if (line.length() <= width) {
        out.add(line);
      } else {
        wrapLine(line, width, out);
      }
    }
    return String.join("\n", out);
  }

  private static void wrapLine(String line, int width, ArrayList<String> out) {
    var current = new StringBuilder();
    var at = 0;
    while (at < line.length()) {
      var end = chunkEnd(line, at);
      var blank = Character.isWhitespace(line.charAt(at));
      if (!current.isEmpty() && current.length() + end - at > width) {
        out.add(current.toString().stripTrailing());
        current.setLength(0);
      }
      if (!(blank && current.isEmpty() && !out.isEmpty() && at > 0)) {
        current.append(line, at, end);
      }
      at = end;
    }
    if (!current.isEmpty()) {
      out.add(current.toString().stripTrailing());
    }
  }

  private static int chunkEnd(String line, int start) {
    var blank = Character.isWhitespace(line.charAt(start));
    var end = start;
    while (end < line.length() && Character.isWhitespace(line.charAt(end)) == blank) {
      end++;
    }
    return end;
  }
}
