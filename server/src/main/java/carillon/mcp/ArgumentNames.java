package carillon.mcp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How arguments are called: the names on the way to a value, joined by two underscores, and
 * shortened when they would grow too long.
 */
final class ArgumentNames {

  private static final int LONGEST = 62;

  /** In this order, until the name is short enough; the first ones always go together. */
  private static final Map<String, String> SHORT = new LinkedHashMap<>();

  static {
    SHORT.put("attributes", "attrs");
    SHORT.put("properties", "props");
    SHORT.put("percentage", "pct");
    SHORT.put("relationships", "rels");
    SHORT.put("definition", "def");
  }

  /** The name of what stands at a pointer in the body. */
  static String ofPointer(String pointer) {
    var name = new StringBuilder();
    for (var segment : pointer.substring(1).split("/")) {
      name.append(name.isEmpty() ? "" : "__").append(segment.replaceAll("[-_]", "__"));
    }
    return shortened(name.toString());
  }

  /** The name of a query parameter. */
  static String ofQuery(String parameter) {
    return parameter.indexOf('[') < 0
        ? parameter
        : parameter.replace("]", "").replaceAll("[-_\\[]", "__");
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    var shorter = name;
    for (var entry : SHORT.entrySet()) {
      shorter = shorter.replace(entry.getKey(), entry.getValue());
    }
    while (shorter.length() > LONGEST) {
      var cut = shorter.indexOf("__", shorter.indexOf("__") + 2);
      shorter = shorter.substring(0, shorter.indexOf("__")) + shorter.substring(cut);
    }
    return shorter;
  }

  private ArgumentNames() {}
}
