package carillon.bounces;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads groups of {@code Name: value} lines with empty lines between them. */
final class Fields {

  private static final int MOST_GROUPS = 100;
  private static final int MOST_FIELDS = 200;

  /** By name in lower case; of several fields of a name the first; folded lines made one. */
  static List<Map<String, String>> groups(String text) {
    var groups = new ArrayList<Map<String, String>>();
    var group = new LinkedHashMap<String, String>();
    var last = "";
    for (var line : text.lines().toList()) {
      if (line.isBlank()) {
        if (!group.isEmpty()) {
          groups.add(group);
          group = new LinkedHashMap<>();
        }
        last = "";
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        var more = " " + line.strip();
        group.computeIfPresent(last, (_, value) -> value + more);
      } else if (group.size() < MOST_FIELDS) {
        last = field(line, group);
      }
      if (groups.size() == MOST_GROUPS) {
        return groups;
      }
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  /** Answers the name, or nothing when lines that follow do not belong to it. */
  private static String field(String line, Map<String, String> group) {
    var colon = line.indexOf(':');
    if (colon < 1) {
      return "";
    }
    var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    return group.putIfAbsent(name, line.substring(colon + 1).strip()) == null ? name : "";
  }

  private Fields() {}
}
