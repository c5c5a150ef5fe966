package carillon.mcp;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of some names someone may have meant. */
final class Nearest {

  private static final int MOST = 3;
  private static final int LONGEST = 80;

  /** The nearest names, best first: those with the fewest letters to change. */
  static List<String> to(String wanted, Collection<String> names) {
    var word = plain(wanted);
    return names.stream()
        .sorted(
            Comparator.comparingInt((String name) -> distance(word, plain(name)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static String plain(String name) {
    var lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return lower.substring(0, Math.min(lower.length(), LONGEST));
  }

  /** Names that end alike are near, however deeply they are nested. */
  private static int distance(String wanted, String name) {
    var letters = wanted.replace("_", "");
    var least = 2 * edits(letters, name.replace("_", ""));
    for (int i = name.indexOf('_'); i >= 0; i = name.indexOf('_', i + 1)) {
      least = Math.min(least, 1 + 2 * edits(letters, name.substring(i).replace("_", "")));
    }
    return least;
  }

  private static int edits(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        var swap = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }

  private Nearest() {}
}
