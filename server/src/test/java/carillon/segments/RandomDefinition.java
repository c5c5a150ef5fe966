package carillon.segments;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes definitions from the published schema itself, so that every type of condition and every
 * operator comes up; texts and numbers are those of {@link RandomWorld}.
 */
final class RandomDefinition {

  private static final List<String> PROPERTIES =
      List.of(
          "first_name",
          "organization",
          "title",
          "email",
          "phone_number",
          "created",
          "updated",
          "last_event_date",
          "location['city']",
          "location['latitude']",
          "properties['a']",
          "properties['b']",
          "properties['c d']",
          "properties[\"e'f\"]");
  private static final int CUSTOM = PROPERTIES.indexOf("properties['a']");
  private static final List<String> REGEXES =
      List.of(
          "old",
          "^g.*d$",
          "[Gg]old|silver",
          "\\d+%?",
          "^\\w{2,4}$",
          "a_b",
          "[^a-z]",
          ".",
          "^$",
          "(?:o|i)l+",
          "\\.",
          "é.",
          "^[\\w\\s-]+$",
          "20\\d{2}-");

  private final Random random;
  private final Instant now;

  RandomDefinition(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  ObjectNode make() {
    var definition = Json.object();
    var groups = definition.putArray("condition_groups");
    for (int i = 1 + random.nextInt(2) * random.nextInt(3); i > 0; i--) {
      groups.add(value(SegmentDefinition.CONDITION_GROUP, "group"));
    }
    return definition;
  }

  private JsonNode value(Schema<?> schema, String name) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (schema) {
      case Schema.Struct struct -> struct(struct);
      case Schema.OneOf(var options) -> value(option(options), name);
      case Schema.Items<?>(var element, _, _) -> items(element, name);
      case Schema.Choice(var words) -> nodes.stringNode(of(words));
      case Schema.Bool(var only) -> nodes.booleanNode(only.orElseGet(random::nextBoolean));
      case Schema.Whole _ -> nodes.numberNode((long) random.nextInt(-1, 6));
      case Schema.Decimal _ -> nodes.numberNode(of(List.of(2.5, 0.1, 5.0, -1.0)));
      case Schema.Moment _ -> nodes.stringNode(Json.print(moment()));
      case Schema.Text _ -> nodes.stringNode(text(name));
      case Schema.Any _ -> nodes.nullNode();
      default -> throw new IllegalStateException("not part of definitions: " + schema);
    };
  }

  /** What has the most variants comes up most. */
  private Schema<?> option(List<Schema<?>> options) {
    var property = SegmentDefinition.PROFILE_PROPERTY_CONDITION;
    if (!options.contains(property)) {
      return of(options);
    }
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> property;
      case 3 -> SegmentDefinition.PROFILE_MARKETING_CONSENT_CONDITION;
      case 4 -> SegmentDefinition.SEGMENTS_PROFILE_METRIC_CONDITION;
      default -> of(options);
    };
  }

  private Instant moment() {
    return now.plus(random.nextInt(-200, 100), ChronoUnit.HOURS);
  }

  private ArrayNode items(Schema<?> element, String name) {
    var array = Json.MAPPER.createArrayNode();
    var many =
        switch (name) {
          case "conditions" -> random.nextInt(2) * 2;
          case "filters", "metric_filters" -> random.nextInt(4) / 3;
          default -> random.nextInt(3);
        };
    for (int i = 1 + many; i > 0; i--) {
      array.add(value(element, name));
    }
    return array;
  }

  private String text(String name) {
    return switch (name) {
      case "metric_id" -> of(RandomWorld.METRICS);
      case "group_ids" -> of(RandomWorld.GROUPS);
      case "country_code" -> of(List.of("US", "de", "GB", "CA"));
      case "postal_code" -> of(RandomWorld.ZIPS);
      case "object_type_id", "object_type_relationship_id" -> "any";
      case "details" -> of(RandomWorld.DETAILS);
      default -> of(RandomWorld.WORDS);
    };
  }

  private ObjectNode struct(Schema.Struct struct) {
    var node = Json.object();
    for (var field : struct.fields()) {
      if (field.isRequired() || random.nextBoolean()) {
        node.set(field.name(), member(field));
      }
    }
    fitting(struct.name(), node);
    return node;
  }

  private JsonNode member(Field<?> field) {
    return field.isNullable() && random.nextInt(10) == 0
        ? Json.MAPPER.nullNode()
        : value(field.schema(), field.name());
  }

  /** What a schema cannot say. */
  private void fitting(String struct, ObjectNode node) {
    switch (struct) {
      case "StringOperatorStringFilter" -> comparing(node);
      case "StringPhoneOperatorStringArrayFilter" ->
          node.putArray("value").add(of(List.of("US", "CA", "de", "GB")));
      case "CalendarDateFilter" -> node.put("value", random.nextInt(1, 13));
      case "EqualsStringFilter" -> node.put("value", of(List.of("gold", "silver")));
      case "ListSubstringFilter" -> node.put("value", of(RandomWorld.WORDS));
      case "StaticDateRangeFilter" ->
          node.put(
              "end",
              Json.print(
                  Json.moment(node.get("start").stringValue())
                      .orElseThrow()
                      .plus(random.nextInt(80), ChronoUnit.HOURS)));
      case "RelativeDateOperatorBaseRelativeDateFilter", "RelativeAnniversaryDateFilter" ->
          node.put("quantity", quantity());
      case "RelativeDateRangeFilter" -> node.put("start", quantity()).put("end", quantity());
      case "ProfileMetricPropertyFilter" ->
          node.put("property", of(List.of("a", "b", "c d", "e'f", "$value", "$event_id")));
      case "ProfilePropertyCondition" -> node.put("property", property(node.get("filter")));
      case "ProfilePostalCodeDistanceCondition" ->
          ((ObjectNode) node.get("filter")).put("value", of(List.of(0, 10, 300, 6000, 8_000)));
      case "InStringArrayFilter" -> node.set("value", items(Schema.text(), "details"));
      case "SegmentsProfileMetricFunnelCondition" -> shortened(node);
      default -> {}
    }
  }

  /** Mostly one whose values can be of the type asked for. */
  private String property(JsonNode filter) {
    var type = filter.get("type").stringValue();
    if (filter.get("operator").stringValue().startsWith("phone")) {
      return "phone_number";
    }
    return List.of("list", "numeric", "boolean").contains(type) && random.nextInt(4) > 0
        ? of(PROPERTIES.subList(CUSTOM, PROPERTIES.size()))
        : of(PROPERTIES);
  }

  private int quantity() {
    return of(List.of(0, 1, 2, 3, 5, 24, 48, 400));
  }

  private void comparing(ObjectNode node) {
    var operator = node.get("operator").stringValue();
    if (operator.endsWith("regex")) {
      node.put("value", of(REGEXES));
    } else if (!operator.endsWith("equals")) {
      node.put("value", of(RandomWorld.WORDS));
    }
  }

  /** Long funnels without filters are met most often. */
  private void shortened(ObjectNode node) {
    if (random.nextInt(3) > 0) {
      node.get("steps").forEach(step -> ((ObjectNode) step).remove("metric_filters"));
    }
  }

  private <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
