package carillon.events;

import carillon.jsonapi.Json;
import tools.jackson.databind.JsonNode;

/** What kind of values a property has. */
final class PropertyType {

  static final String STRING = "string";

  /** The type of a value; empty when it tells nothing. */
  static String of(JsonNode value) {
    if (value.isNumber()) {
      return "numeric";
    }
    if (value.isBoolean()) {
      return "boolean";
    }
    if (value.isArray()) {
      return "list";
    }
    return value.isString() ? ofText(value.stringValue()) : "";
  }

  private static String ofText(String text) {
    if (text.isEmpty()) {
      return "";
    }
    return looksLikeDate(text) && Json.moment(text).isPresent() ? "date" : STRING;
  }

  /** Looked at before parsing, which costs more than all the rest. */
  private static boolean looksLikeDate(String text) {
    return text.length() >= 10
        && text.length() <= 40
        && Character.isDigit(text.charAt(0))
        && text.charAt(4) == '-'
        && text.charAt(7) == '-';
  }

  static boolean isScalar(JsonNode value) {
    return value.isNumber() || value.isBoolean() || value.isString();
  }

  private PropertyType() {}
}
