package carillon.mcp;

import carillon.server.Declared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tool that agents were promised.
 *
 * @param isFormer whether its name is only to be taken in calls
 * @param operations it needs one of them
 * @param arguments each with its type, and ! when required; empty when its operation decides
 */
record Promised(String name, boolean isFormer, List<String> operations, Set<String> arguments) {

  static List<Promised> load() {
    var all = new ArrayList<Promised>();
    for (var line : lines()) {
      if (line.startsWith("  ")) {
        all.getLast().arguments().add(line.strip());
      } else {
        var words = List.of(line.replace("~ ", "").split(" "));
        all.add(
            new Promised(
                words.getFirst(),
                line.startsWith("~"),
                words.subList(1, words.size()),
                new TreeSet<>()));
      }
    }
    return all;
  }

  boolean isDeclared() {
    return Declared.operations().stream().anyMatch(one -> operations.contains(one.id()));
  }

  private static List<String> lines() {
    try (var in = Promised.class.getResourceAsStream("/promised-tools.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
