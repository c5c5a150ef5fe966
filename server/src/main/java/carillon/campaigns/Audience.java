package carillon.campaigns;

import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom a campaign is for: the members of the included lists and segments who are in none of the
 * excluded.
 */
record Audience(List<String> included, List<String> excluded) {

  Audience {
    included = included.stream().distinct().toList();
    excluded = excluded.stream().distinct().toList();
  }

  static Audience of(JsonNode json) {
    return new Audience(ids(json.path("included")), ids(json.path("excluded")));
  }

  private static List<String> ids(JsonNode array) {
    var ids = new ArrayList<String>();
    array.forEach(id -> ids.add(id.stringValue()));
    return ids;
  }

  ObjectNode json() {
    var json = Json.object();
    var in = json.putArray("included");
    included.forEach(in::add);
    var out = json.putArray("excluded");
    excluded.forEach(out::add);
    return json;
  }

  List<String> all() {
    var all = new ArrayList<>(included);
    all.addAll(excluded);
    return all;
  }
}
