package carillon.mcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds tools by words: of the name most of all, then of the group, the rest and the arguments. */
final class ToolSearch {

  private record Found(Tool tool, double score) {}

  /** The best of these tools for the words, the best first. */
  static List<Tool> best(Stream<Tool> tools, String query, int most) {
    var all = tools.toList();
    var words = words(query);
    var found = new ArrayList<Found>();
    for (var tool : all) {
      var score = words.stream().mapToDouble(word -> score(tool, word)).sum();
      if (score > 0) {
        // Of equal matches the shorter name says less that was not asked for.
        found.add(new Found(tool, score - tool.name().length() / 1000.0));
      }
    }
    found.sort(Comparator.comparingDouble(Found::score).reversed());
    return found.stream().limit(most).map(Found::tool).toList();
  }

  private static double score(Tool tool, String word) {
    return 4 * match(tool.name(), word)
        + 2 * match(tool.group(), word)
        + 2 * match(tool.description(), word)
        + match(arguments(tool), word);
  }

  private static String arguments(Tool tool) {
    return tool.parameters().stream().map(Parameter::name).collect(Collectors.joining(" "));
  }

  /** 1 for the word itself, less for a word that begins alike. */
  private static double match(String text, String word) {
    var best = 0.0;
    for (var one : words(text)) {
      if (one.equals(word)) {
        return 1;
      }
      if (word.length() > 2 && one.startsWith(word)) {
        best = 0.6;
      }
    }
    return best;
  }

  /** Lower-case words, without the plural's s. */
  private static List<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty() && !word.equals("klaviyo"))
        .map(word -> word.length() > 3 ? word.replaceFirst("s$", "") : word)
        .distinct()
        .toList();
  }

  private ToolSearch() {}
}
