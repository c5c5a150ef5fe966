package carillon.events;

import carillon.jsonapi.Fault;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How large and how deep the properties of an event may be. */
final class PropertyLimits {

  private static final int MOST_PROPERTIES = 400;
  private static final int LONGEST_STRING_KB = 100;
  private static final int LONGEST_ARRAY = 4000;
  private static final int DEEPEST = 10;

  private final List<Fault> faults;

  private PropertyLimits(List<Fault> faults) {
    this.faults = faults;
  }

  /** Adds a fault for every value beyond a limit. */
  static void check(ObjectNode properties, String pointer, List<Fault> faults) {
    if (properties.size() > MOST_PROPERTIES) {
      faults.add(
          Fault.at(pointer, "An event can have at most " + MOST_PROPERTIES + " properties."));
    }
    new PropertyLimits(faults).check(properties, pointer, 1);
  }

  private void check(JsonNode value, String pointer, int depth) {
    if (value.isString()) {
      checkString(value.stringValue(), pointer);
    } else if (value.isIntegralNumber()) {
      refuseIf(!value.canConvertToLong(), pointer, "An integer must fit into 64 bits.");
    } else if (value.isContainer()) {
      checkContainer(value, pointer, depth);
    }
  }

  private void checkContainer(JsonNode value, String pointer, int depth) {
    if (depth > DEEPEST) {
      refuse(pointer, "Properties can be nested at most " + DEEPEST + " levels deep.");
      return;
    }
    if (value.isArray()) {
      refuseIf(
          value.size() > LONGEST_ARRAY,
          pointer,
          "An array can have at most " + LONGEST_ARRAY + " entries.");
      for (int i = 0; i < value.size(); i++) {
        if (isWorthALook(value.get(i))) {
          check(value.get(i), pointer + "/" + i, depth + 1);
        }
      }
      return;
    }
    for (var entry : value.properties()) {
      if (isWorthALook(entry.getValue())) {
        check(entry.getValue(), pointer + "/" + escaped(entry.getKey()), depth + 1);
      }
    }
  }

  /** Most values are small; no pointer is made for those. */
  private static boolean isWorthALook(JsonNode value) {
    return value.isContainer()
        || value.isBigInteger()
        || (value.isString() && value.stringValue().length() > LONGEST_STRING_KB * 1024 / 3);
  }

  private void checkString(String text, String pointer) {
    refuseIf(
        Utf8.length(text) > LONGEST_STRING_KB * 1024L,
        pointer,
        "A string can be at most " + LONGEST_STRING_KB + " KB long.");
  }

  private void refuseIf(boolean wrong, String pointer, String detail) {
    if (wrong) {
      refuse(pointer, detail);
    }
  }

  private void refuse(String pointer, String detail) {
    faults.add(Fault.at(pointer, detail));
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
