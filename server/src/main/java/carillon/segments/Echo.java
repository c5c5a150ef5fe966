package carillon.segments;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import tools.jackson.databind.JsonNode;

/** Writes a value of a known shape with every optional field that was left out as null. */
final class Echo {

  static JsonNode of(Schema<?> schema, JsonNode value) {
    return switch (schema) {
      case Schema.Struct struct when value.isObject() -> struct(struct, value);
      case Schema.Items<?>(var element, _, _) when value.isArray() -> {
        var all = Json.MAPPER.createArrayNode();
        value.forEach(one -> all.add(of(element, one)));
        yield all;
      }
      case Schema.OneOf(var options) ->
          options.stream()
              .filter(option -> fits(option, value))
              .findFirst()
              .map(option -> of(option, value))
              .orElse(value);
      default -> value;
    };
  }

  private static JsonNode struct(Schema.Struct struct, JsonNode value) {
    var all = Json.object();
    for (var field : struct.fields()) {
      var member = value.path(field.name());
      if (member.isMissingNode() || member.isNull()) {
        all.putNull(field.name());
      } else {
        all.set(field.name(), of(field.schema(), member));
      }
    }
    return all;
  }

  private static boolean fits(Schema<?> schema, JsonNode value) {
    return switch (schema) {
      case Schema.Struct struct -> value.isObject() && fits(struct, value);
      case Schema.Items<?>(var element, _, _) ->
          value.isArray() && value.valueStream().allMatch(one -> fits(element, one));
      case Schema.OneOf(var options) -> options.stream().anyMatch(option -> fits(option, value));
      case Schema.Choice(var words) -> value.isString() && words.contains(value.stringValue());
      case Schema.Bool(var only) ->
          value.isBoolean() && only.filter(word -> word != value.booleanValue()).isEmpty();
      case Schema.Text _, Schema.Moment _ -> value.isString();
      case Schema.Whole _ -> value.isIntegralNumber();
      case Schema.Decimal _ -> value.isNumber();
      default -> true;
    };
  }

  private static boolean fits(Schema.Struct struct, JsonNode value) {
    return value.propertyNames().stream().allMatch(name -> struct.field(name).isPresent())
        && struct.fields().stream().allMatch(field -> fits(field, value.path(field.name())));
  }

  private static boolean fits(Field<?> field, JsonNode member) {
    return member.isMissingNode()
        ? !field.isRequired()
        : member.isNull() ? field.isNullable() : fits(field.schema(), member);
  }

  private Echo() {}
}
