package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.jsonapi.OpenApi;
import carillon.testing.Published;
import carillon.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares our declarations with the published facts, operation by operation. */
class ContractTest {

  private static final JsonNode OURS =
      OpenApi.document(TestServer.shared().api().operations(), "Carillon", "http://localhost");

  @TestFactory
  Stream<DynamicTest> everyDeclaredOperationIsAsPublished() {
    return Published.operations().stream()
        .filter(operation -> declared().contains(operation.id()))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.id(), () -> assertThat(differences(operation)).isEmpty()));
  }

  @Test
  void nothingIsDeclaredThatIsNotPublished() {
    var published = new TreeSet<String>();
    Published.operations().forEach(operation -> published.add(operation.id()));
    assertThat(published).containsAll(declared());
  }

  @Test
  void theOperationsNotYetDeclaredAreThoseInTheListWhichOnlyShrinks() {
    var missing = new TreeSet<String>();
    Published.operations().forEach(operation -> missing.add(operation.id()));
    missing.removeAll(declared());
    assertThat(new TreeSet<>(listed())).isEqualTo(missing);
  }

  private static Set<String> declared() {
    var ids = new TreeSet<String>();
    OURS.get("paths").properties().stream()
        .filter(path -> !path.getKey().startsWith("/carillon/"))
        .forEach(
            path -> path.getValue().forEach(one -> ids.add(one.get("operationId").stringValue())));
    return ids;
  }

  private static List<String> listed() {
    try (var in = ContractTest.class.getResourceAsStream("/not-yet-declared.txt")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> differences(Published.Operation published) {
    var ours = (ObjectNode) OURS.get("paths").path(published.path()).path(published.method());
    var theirs = published.facts();
    var found = new ArrayList<String>();
    same(found, "id", ours.get("operationId"), theirs.get("operationId"));
    same(found, "group", ours.get("tags"), theirs.get("tags"));
    for (var words : List.of("x-klaviyo-scopes", "x-klaviyo-operation-aliases")) {
      same(found, words, sorted(ours.path(words)), sorted(theirs.path(words)));
    }
    same(found, "rate limit", ours.get("x-klaviyo-ratelimit"), theirs.get("x-klaviyo-ratelimit"));
    same(found, "filters", filters(ours), filters(theirs));
    parameters(found, ours, theirs);
    same(found, "statuses", statuses(ours), statuses(theirs));
    compare(found, "body", body(ours), body(theirs));
    for (var status : statuses(theirs)) {
      compare(found, "answer " + status, answer(ours, status), answer(theirs, status));
    }
    return found;
  }

  private static void parameters(List<String> found, ObjectNode ours, ObjectNode theirs) {
    var mine = byName(ours);
    var published = byName(theirs);
    same(found, "parameters", names(mine), names(published));
    for (var name : names(published)) {
      if (mine.has(name)) {
        var one = mine.get(name);
        var other = published.get(name);
        same(found, name + " required", required(one), required(other));
        same(found, name + " words", words(one), words(other));
        for (var fact : List.of("default", "maximum", "minimum", "type")) {
          same(found, name + " " + fact, one.at("/schema/" + fact), other.at("/schema/" + fact));
        }
      }
    }
  }

  private static boolean required(JsonNode parameter) {
    return parameter.path("required").asBoolean(false);
  }

  private static Set<String> words(JsonNode parameter) {
    var words = new TreeSet<String>();
    parameter.at("/schema/enum").forEach(word -> words.add(word.asString()));
    parameter.at("/schema/items/enum").forEach(word -> words.add(word.asString()));
    return words;
  }

  private static ObjectNode byName(ObjectNode operation) {
    var all = Json.object();
    operation
        .path("parameters")
        .forEach(parameter -> all.set(parameter.get("name").stringValue(), parameter));
    return all;
  }

  private static Set<String> names(ObjectNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  private static JsonNode filters(ObjectNode operation) {
    var filters = Json.object();
    operation
        .path("x-klaviyo-filters")
        .properties()
        .forEach(entry -> {
          var copy = filters.putObject(entry.getKey());
          for (var kind : List.of("single", "list")) {
            var ops = sorted(entry.getValue().at("/operators/" + kind));
            if (!ops.isEmpty()) {
              copy.set(kind, Json.MAPPER.valueToTree(ops));
            }
          }
          copy.set("value", Json.MAPPER.valueToTree(sorted(entry.getValue().at("/value/enum"))));
          copy.put("type", entry.getValue().at("/value/type").asString());
        });
    return filters;
  }

  private static Set<String> statuses(ObjectNode operation) {
    var statuses = new TreeSet<String>(operation.get("responses").propertyNames());
    statuses.removeIf(status -> status.endsWith("XX"));
    return statuses;
  }

  private static JsonNode body(ObjectNode operation) {
    for (var content : operation.at("/requestBody/content")) {
      return Published.resolved(content.get("schema"));
    }
    return Json.object();
  }

  private static JsonNode answer(ObjectNode operation, String status) {
    var schema = operation.at("/responses/" + status + "/content/application~1vnd.api+json/schema");
    return schema.isMissingNode() ? Json.object() : Published.resolved(schema);
  }

  /**
   * Compares two schemas by shape: types, words, formats, members, which must and which may be
   * null.
   */
  private static void compare(List<String> found, String place, JsonNode ours, JsonNode theirs) {
    if (theirs.has("oneOf") || ours.has("oneOf")) {
      same(found, place + " oneOf", options(ours), options(theirs));
      return;
    }
    for (var fact : List.of("type", "format")) {
      same(found, place + " " + fact, ours.path(fact), theirs.path(fact));
    }
    same(found, place + " words", sorted(ours.path("enum")), sorted(theirs.path("enum")));
    same(
        found, place + " required", sorted(ours.path("required")), sorted(theirs.path("required")));
    if (theirs.has("properties") && !theirs.get("properties").isEmpty()) {
      var mine = ours.path("properties").asObjectOpt().orElse(Json.object());
      var published = (ObjectNode) theirs.get("properties");
      same(found, place + " members", names(mine), names(published));
      for (var name : names(published)) {
        if (mine.has(name)) {
          member(found, place + "/" + name, mine.get(name), published.get(name));
        }
      }
    }
    if (theirs.has("items")) {
      compare(found, place + "/*", ours.path("items"), theirs.get("items"));
    }
  }

  private static void member(List<String> found, String place, JsonNode ours, JsonNode theirs) {
    if (!place.endsWith("/data")) {
      same(
          found,
          place + " nullable",
          ours.path("nullable").asBoolean(false),
          theirs.path("nullable").asBoolean(false));
    }
    compare(found, place, ours, theirs);
  }

  /** The options of a oneOf in a form in which order and prose do not count. */
  private static Set<String> options(JsonNode schema) {
    var all = new TreeSet<String>();
    schema.path("oneOf").forEach(option -> all.add(plain(option).toString()));
    return all;
  }

  private static JsonNode plain(JsonNode schema) {
    var copy = Json.object();
    if (schema.has("oneOf")) {
      copy.set("oneOf", Json.MAPPER.valueToTree(options(schema)));
      return copy;
    }
    for (var fact : List.of("type", "format")) {
      if (schema.has(fact)) {
        copy.set(fact, schema.get(fact));
      }
    }
    for (var list : List.of("enum", "required")) {
      if (schema.has(list)) {
        copy.set(list, Json.MAPPER.valueToTree(sorted(schema.get(list))));
      }
    }
    if (schema.has("properties") && !schema.get("properties").isEmpty()) {
      var members = copy.putObject("properties");
      names((ObjectNode) schema.get("properties"))
          .forEach(name -> {
            var member = schema.get("properties").get(name);
            var plain = (ObjectNode) plain(member);
            if (member.path("nullable").asBoolean(false)) {
              plain.put("nullable", true);
            }
            members.set(name, plain);
          });
    }
    if (schema.has("items")) {
      copy.set("items", plain(schema.get("items")));
    }
    return copy;
  }

  private static Set<String> sorted(JsonNode words) {
    var all = new TreeSet<String>();
    words.forEach(word -> all.add(word.asString()));
    return all;
  }

  private static void same(List<String> found, String what, Object ours, Object theirs) {
    if (!ours.equals(theirs)) {
      found.add(what + ": ours " + ours + ", published " + theirs);
    }
  }
}
