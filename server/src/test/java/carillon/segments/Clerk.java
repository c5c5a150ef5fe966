package carillon.segments;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes people, what they do and segments of them, as any client would. */
record Clerk(Shop shop) {

  static final String ALL_TIME =
      """
      {"type": "date", "operator": "alltime"}
      """;

  static String inTheLast(int quantity, String unit) {
    return """
    {"type": "date", "operator": "in-the-last", "unit": "%s", "quantity": %d}
    """
        .formatted(unit, quantity);
  }

  /** Did something, compared with a number of times, in a time. */
  static String did(String metric, String operator, int times, String time) {
    return """
    {"type": "profile-metric", "metric_id": "%s", "measurement": "count",
     "measurement_filter": {"type": "numeric", "operator": "%s", "value": %d},
     "timeframe_filter": %s}
    """
        .formatted(metric, operator, times, time);
  }

  static String property(String property, String filter) {
    return """
    {"type": "profile-property", "property": "%s", "filter": %s}
    """
        .formatted(property, filter);
  }

  static String equal(String text) {
    return """
    {"type": "string", "operator": "equals", "value": "%s"}
    """
        .formatted(text);
  }

  /** A custom property has a value. */
  static String has(String property, String value) {
    return property("properties['" + property + "']", equal(value));
  }

  static String in(boolean member, String... groups) {
    return """
    {"type": "profile-group-membership", "is_member": %s, "group_ids": [%s]}
    """
        .formatted(
            member, Stream.of(groups).map(id -> '"' + id + '"').collect(Collectors.joining(",")));
  }

  /** Groups that must all hold, each of conditions of which one must. */
  static String definition(List<List<String>> groups) {
    return groups.stream()
        .map(group -> "{\"conditions\": [" + String.join(",", group) + "]}")
        .collect(Collectors.joining(",", "{\"condition_groups\": [", "]}"));
  }

  static String allOf(String... conditions) {
    return definition(Stream.of(conditions).map(List::of).toList());
  }

  Answer create(String name, String definition) {
    return shop.post(
        "/api/segments",
        """
        {"data": {"type": "segment", "attributes": {"name": "%s", "definition": %s}}}
        """
            .formatted(name, definition));
  }

  /** A new segment, computed, of those for whom all conditions hold. */
  String segment(String... conditions) {
    var id = create("Some people", allOf(conditions)).expect(201).id();
    return ready(id);
  }

  /** Waits until the members of a segment are computed. */
  String ready(String segment) {
    shop.eventually(
        () -> get(segment), answer -> !answer.at("/data/attributes/is_processing").booleanValue());
    return segment;
  }

  Answer get(String segment) {
    return shop.get("/api/segments/" + segment).expect(200);
  }

  Answer change(String segment, String attributes) {
    return shop.patch(
        "/api/segments/" + segment,
        """
        {"data": {"type": "segment", "id": "%s", "attributes": %s}}
        """
            .formatted(segment, attributes));
  }

  Answer redefine(String segment, String... conditions) {
    return change(segment, "{\"definition\": " + allOf(conditions) + "}");
  }

  Answer members(String segment) {
    return shop.get("/api/segments/" + segment + "/profiles?page[size]=100").expect(200);
  }

  Set<String> ids(String segment) {
    return new TreeSet<>(members(segment).ids());
  }

  /** Waits until a segment has these members and no others. */
  void await(String segment, String... profiles) {
    var wanted = new TreeSet<>(List.of(profiles));
    shop.eventually(() -> members(segment), answer -> new TreeSet<>(answer.ids()).equals(wanted));
  }

  String joined(String segment, String profile) {
    var members = members(segment);
    assertThat(members.ids()).contains(profile);
    return members.attributes("joined_group_at").get(members.ids().indexOf(profile));
  }

  String profile(String email) {
    return profile(email, "{}");
  }

  String profile(String email, String properties) {
    return shop.post(
            "/api/profiles",
            """
            {"data": {"type": "profile", "attributes": {"email": "%s", "properties": %s}}}
            """
                .formatted(email, properties))
        .expect(201)
        .id();
  }

  void update(String profile, String attributes) {
    shop.patch(
            "/api/profiles/" + profile,
            """
            {"data": {"type": "profile", "id": "%s", "attributes": %s}}
            """
                .formatted(profile, attributes))
        .expect(200);
  }

  void set(String profile, String property, String value) {
    update(profile, "{\"properties\": {\"%s\": \"%s\"}}".formatted(property, value));
  }

  void event(String metric, String email) {
    event(metric, email, "");
  }

  void event(String metric, String email, Instant at) {
    event(metric, email, ", \"time\": \"" + at + "\"");
  }

  private void event(String metric, String email, String more) {
    shop.post(
            "/api/events",
            """
            {"data": {"type": "event", "attributes": {"properties": {}%s,
              "metric": {"data": {"type": "metric", "attributes": {"name": "%s"}}},
              "profile": {"data": {"type": "profile", "attributes": {"email": "%s"}}}}}}
            """
                .formatted(more, metric, email))
        .expect(202);
  }

  /** The id of a metric, which somebody outside of every test has used. */
  String metric(String name) {
    event(name, "stranger@example.net");
    for (var metric : shop.get("/api/metrics").expect(200).at("/data")) {
      if (metric.at("/attributes/name").asString().equals(name)) {
        return metric.get("id").stringValue();
      }
    }
    throw new AssertionError("no metric " + name);
  }

  String list(String name) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list", "attributes": {"name": "%s"}}}
            """
                .formatted(name))
        .expect(201)
        .id();
  }

  void add(String list, String... profiles) {
    shop.post("/api/lists/" + list + "/relationships/profiles", linkages(profiles)).expect(204);
  }

  void remove(String list, String... profiles) {
    shop.delete("/api/lists/" + list + "/relationships/profiles", linkages(profiles)).expect(204);
  }

  private static String linkages(String... profiles) {
    var data = Json.object();
    var all = data.putArray("data");
    for (var profile : profiles) {
      all.addObject().put("type", "profile").put("id", profile);
    }
    return data.toString();
  }
}
