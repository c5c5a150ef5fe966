package carillon.bounces;

import carillon.jsonapi.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads JSON of which nothing is certain, not even that a text is one. */
final class Payload {

  /**
   * A whole body.
   *
   * @throws Refused when it is no JSON
   */
  static JsonNode of(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JacksonException _) {
      throw Refused.unreadable();
    }
  }

  /** JSON that stands as text in JSON; missing when it is none. */
  static JsonNode within(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  /** The text of a member, or of a number as it is printed; empty when it is something else. */
  static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  /** The same in lower case. */
  static String word(JsonNode node, String name) {
    return text(node, name).toLowerCase(Locale.ROOT);
  }

  /** An address as a notice names it. */
  static Set<String> recipients(String address) {
    return address.isEmpty() ? Set.of() : Set.of(address.toLowerCase(Locale.ROOT));
  }

  /** The elements of an array that may be missing. */
  static List<JsonNode> elements(JsonNode array) {
    return array.isArray() ? array.valueStream().toList() : List.of();
  }

  private Payload() {}
}
