package carillon.mcp;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes a body by what goes without saying: type words, objects that must be there, and ids
 * given as plain strings where resource identifiers are wanted.
 */
final class Completion {

  static void of(Schema<?> schema, JsonNode value) {
    switch (Shapes.whole(schema)) {
      case Schema.Struct struct when value instanceof ObjectNode object ->
          struct.fields().forEach(field -> member(field, object));
      case Schema.Items<?> items when value instanceof ArrayNode array ->
          elements(items.element(), array);
      default -> {}
    }
  }

  private static void member(Field<?> field, ObjectNode object) {
    if (field.isRequired() && !object.has(field.name())) {
      Shapes.constant(field.schema()).ifPresent(word -> object.put(field.name(), word));
      if (isObject(field.schema()) && !field.isNullable()) {
        object.putObject(field.name());
      }
    }
    if (object.has(field.name())) {
      of(field.schema(), object.get(field.name()));
    }
  }

  private static boolean isObject(Schema<?> schema) {
    return schema instanceof Schema.Struct || schema instanceof Schema.Free;
  }

  private static void elements(Schema<?> element, ArrayNode array) {
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).isString() && Shapes.isIdentifier(element)) {
        array.set(i, Json.object().set("id", array.get(i)));
      }
      of(element, array.get(i));
    }
  }

  private Completion() {}
}
