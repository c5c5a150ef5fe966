package carillon.mcp;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which tools a path leads to. */
record Selection(Set set, boolean readOnly) {

  static final String ROOT = "/mcp";
  private static final String READ_ONLY = "readonly";

  /** A set of tools. */
  sealed interface Set {

    /** The most used ones, and those that find and call all others. */
    record Usual() implements Set {}

    /** All. */
    record All() implements Set {}

    /** Those of one group of operations, named as in a path: {@code data-privacy}. */
    record Group(String name) implements Set {}
  }

  /** The selection of {@code /mcp}, {@code /mcp/x/all} or {@code /mcp/x/GROUP}, if there is one. */
  static Optional<Selection> of(String path, Collection<String> groups) {
    var parts = List.of(path.substring(ROOT.length()).replaceFirst("/$", "").split("/"));
    var readOnly = parts.size() > 1 && parts.getLast().equals(READ_ONLY);
    var rest = readOnly ? parts.subList(0, parts.size() - 1) : parts;
    return set(rest, groups).map(set -> new Selection(set, readOnly));
  }

  private static Optional<Set> set(List<String> parts, Collection<String> groups) {
    if (parts.size() == 1) {
      return Optional.of(new Set.Usual());
    }
    if (parts.size() != 3 || !parts.get(1).equals("x")) {
      return Optional.empty();
    }
    var wanted = parts.get(2).toLowerCase(Locale.ROOT);
    return wanted.equals("all")
        ? Optional.of(new Set.All())
        : Optional.<Set>of(new Set.Group(wanted)).filter(_ -> groups.contains(wanted));
  }
}
