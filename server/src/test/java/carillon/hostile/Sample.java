package carillon.hostile;

import carillon.jsonapi.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A body that a schema allows, filled in as far as names and formats tell how. */
final class Sample {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> BY_NAME =
      Map.of(
          "email", "sample@shop.invalid",
          "from_email", "sample@shop.invalid",
          "phone_number", "+4915123456789",
          "value_currency", "EUR",
          "import_from_url", "https://pictures.invalid/x.png",
          "timezone", "Europe/London",
          "filter", "equals(send_channel,'email')");

  private final Fixtures fixtures;

  Sample(Fixtures fixtures) {
    this.fixtures = fixtures;
  }

  JsonNode of(JsonNode schema) {
    return of(schema, "");
  }

  private JsonNode of(JsonNode schema, String name) {
    if (schema.has("oneOf")) {
      return of(schema.get("oneOf").get(0), name);
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (schema.path("type").asString("object")) {
      case "string" -> StringNode.valueOf(text(schema, name));
      case "integer" -> NODES.numberNode(1);
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(false);
      case "array" -> Json.MAPPER.createArrayNode().add(of(schema.get("items"), name));
      default -> object(schema);
    };
  }

  private static String text(JsonNode schema, String name) {
    return switch (schema.path("format").asString("")) {
      case "date-time" -> "2026-05-06T07:08:09+00:00";
      case "date" -> "2026-05-06";
      default -> BY_NAME.getOrDefault(name, "sample");
    };
  }

  private ObjectNode object(JsonNode schema) {
    var object = Json.object();
    schema
        .path("properties")
        .properties()
        .forEach(member -> object.set(member.getKey(), of(member.getValue(), member.getKey())));
    if (object.path("id").isString()) {
      fixtures.id(object.path("type").asString("")).ifPresent(id -> object.put("id", id));
    }
    return object;
  }
}
