package carillon.mcp;

import carillon.mcp.Parameter.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of tools and arguments that agents know already and that no declaration tells. The file
 * explains itself.
 */
final class Facts {

  private static final String FILE = "/carillon/mcp/tools.txt";

  /**
   * A tool by name.
   *
   * @param isHistoric whether calls by this name are taken, but the tool is not listed
   * @param operations ids; several when an argument chooses between them
   * @param lines its arguments; empty when derivation gives them
   */
  record Entry(String name, boolean isHistoric, List<String> operations, List<Line> lines) {}

  /**
   * An argument.
   *
   * @param place as written in the file
   */
  record Line(String name, Kind kind, boolean isRequired, String place) {}

  static List<Entry> load() {
    var entries = new ArrayList<Entry>();
    for (var line : lines()) {
      var words = List.of(line.trim().split("\\s+"));
      if (line.startsWith(" ")) {
        entries.getLast().lines().add(argument(words));
      } else {
        var historic = words.getFirst().equals("-");
        var rest = historic ? words.subList(1, words.size()) : words;
        entries.add(
            new Entry(rest.getFirst(), historic, rest.subList(1, rest.size()), new ArrayList<>()));
      }
    }
    return entries;
  }

  private static Line argument(List<String> words) {
    var type = words.get(0);
    var place = words.get(1);
    var name = words.size() > 2 ? words.get(2) : named(place);
    return new Line(name, Kind.of(type.replace("!", "")), type.endsWith("!"), place);
  }

  private static String named(String place) {
    return switch (place.charAt(0)) {
      case '/' -> ArgumentNames.ofPointer(place);
      case '?' -> ArgumentNames.ofQuery(place.substring(1));
      default -> place.substring(1, place.length() - 1);
    };
  }

  private static List<String> lines() {
    try (var in = Facts.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Facts() {}
}
