package carillon.mcp;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Schema;
import carillon.mcp.Parameter.Place;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tells declared shapes as JSON schema, no deeper than an agent's patience. */
final class JsonSchemas {

  private static final int DEEPEST = 9;
  private static final int LONGEST = 2400;

  /** The schema of what goes to a place of an operation. */
  static ObjectNode of(Operation operation, Place place) {
    return place instanceof Place.InBody(var pointer)
        ? operation
            .body()
            .flatMap(body -> Shapes.at(body, pointer))
            .map(field -> of(field.schema()))
            .orElseGet(Json::object)
        : Json.object();
  }

  /** The schema of a shape, cut where it would grow too long. */
  static ObjectNode of(Schema<?> schema) {
    var depth = DEEPEST;
    var told = at(schema, depth);
    while (depth > 1 && told.toString().length() > LONGEST) {
      told = at(schema, --depth);
    }
    return told;
  }

  private static ObjectNode at(Schema<?> schema, int depth) {
    var node = Json.object();
    switch (schema) {
      case Schema.Text text -> text(node, text);
      case Schema.Choice(var words) -> {
        var all = node.put("type", "string").putArray("enum");
        words.forEach(all::add);
      }
      case Schema.Whole(var min, var max) -> whole(node, min, max);
      case Schema.WholeChoice(var numbers) -> {
        var all = node.put("type", "integer").putArray("enum");
        numbers.forEach(all::add);
      }
      case Schema.Decimal() -> node.put("type", "number");
      case Schema.Bool(_) -> node.put("type", "boolean");
      case Schema.Moment() -> node.put("type", "string").put("format", "date-time");
      case Schema.Day() -> node.put("type", "string").put("format", "date");
      case Schema.Items<?> items -> items(node, items, depth);
      case Schema.Struct(_, var fields) -> struct(node, fields, depth);
      case Schema.Free() -> node.put("type", "object");
      case Schema.Any() -> {}
      case Schema.OneOf(var options) -> options(node, options, depth);
      case Schema.Lazy lazy -> {
        return at(Shapes.whole(lazy), depth);
      }
    }
    return node;
  }

  private static void text(ObjectNode node, Schema.Text text) {
    node.put("type", "string");
    if (!text.format().isEmpty()) {
      node.put("format", text.format());
    }
    if (text.min() > 0) {
      node.put("minLength", text.min());
    }
    if (text.max() < Integer.MAX_VALUE) {
      node.put("maxLength", text.max());
    }
  }

  private static void whole(ObjectNode node, long min, long max) {
    node.put("type", "integer");
    if (min > Integer.MIN_VALUE) {
      node.put("minimum", min);
    }
    if (max < Integer.MAX_VALUE) {
      node.put("maximum", max);
    }
  }

  private static void items(ObjectNode node, Schema.Items<?> items, int depth) {
    var element = at(items.element(), depth - 1);
    node.put("type", "array").set("items", element);
    if (Shapes.isIdentifier(items.element())) {
      element.putArray("type").add("object").add("string");
    }
    if (items.min() > 0) {
      node.put("minItems", items.min());
    }
    if (items.max() < Integer.MAX_VALUE) {
      node.put("maxItems", items.max());
    }
  }

  private static void struct(ObjectNode node, List<Field<?>> fields, int depth) {
    node.put("type", "object");
    if (depth <= 0) {
      return;
    }
    var properties = node.putObject("properties");
    var required = Json.MAPPER.createArrayNode();
    for (var field : fields) {
      var inner = at(field.schema(), depth - 1);
      if (field.isNullable() && inner.has("type")) {
        inner.putArray("type").add(Shapes.kind(field.schema()).word()).add("null");
        inner.remove("enum");
      }
      properties.set(field.name(), inner);
      if (field.isRequired()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
  }

  private static void options(ObjectNode node, List<Schema<?>> options, int depth) {
    if (depth > 0) {
      var all = node.putArray("anyOf");
      options.stream().map(option -> at(option, depth - 1)).distinct().forEach(all::add);
    }
  }

  private JsonSchemas() {}
}
