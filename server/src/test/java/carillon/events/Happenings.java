package carillon.events;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import tools.jackson.databind.node.ObjectNode;

/** Events for tests. */
final class Happenings {

  /** The body of an event of ada@example.com. */
  static ObjectNode of(String metric) {
    return of(metric, "ada@example.com");
  }

  static ObjectNode of(String metric, String email) {
    var body = Json.object();
    body.putObject("data").put("type", "event").set("attributes", attributes(metric));
    var profile = attributes(body).putObject("profile").putObject("data").put("type", "profile");
    profile.putObject("attributes").put("email", email);
    return body;
  }

  /** The attributes of an event without its profile. */
  static ObjectNode attributes(String metric) {
    var attributes = Json.object();
    attributes.putObject("properties");
    var data = attributes.putObject("metric").putObject("data").put("type", "metric");
    data.putObject("attributes").put("name", metric);
    return attributes;
  }

  static ObjectNode attributes(ObjectNode body) {
    return (ObjectNode) body.at("/data/attributes");
  }

  static Answer post(Shop shop, ObjectNode body) {
    return shop.post("/api/events", body.toString());
  }

  /** Adds an entry to the body of a bulk request and answers its array of events. */
  static ObjectNode bulk() {
    var body = Json.object();
    body.putObject("data")
        .put("type", "event-bulk-create-job")
        .putObject("attributes")
        .putObject("events-bulk-create")
        .putArray("data");
    return body;
  }

  static void add(ObjectNode bulk, String email, ObjectNode... events) {
    var entries = bulk.at("/data/attributes/events-bulk-create/data").asArray();
    var attributes = entries.addObject().put("type", "event-bulk-create").putObject("attributes");
    attributes
        .putObject("profile")
        .putObject("data")
        .put("type", "profile")
        .putObject("attributes")
        .put("email", email);
    var data = attributes.putObject("events").putArray("data");
    for (var event : events) {
      data.addObject().put("type", "event").set("attributes", event);
    }
  }

  static Answer postBulk(Shop shop, ObjectNode body) {
    return shop.post("/api/event-bulk-create-jobs", body.toString());
  }

  private Happenings() {}
}
