package carillon.testing;

import carillon.jsonapi.Json;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published facts of the API: what our declarations and answers are judged by. */
public final class Published {

  private static final JsonNode FACTS = load();
  private static final Map<String, Optional<Schema>> SCHEMAS = new ConcurrentHashMap<>();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** An operation as published. */
  public record Operation(String method, String path, ObjectNode facts) {
    public String id() {
      return facts.get("operationId").stringValue();
    }
  }

  /** All published operations. */
  public static List<Operation> operations() {
    return FACTS.get("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .map(method ->
                    new Operation(method.getKey(), path.getKey(), (ObjectNode) method.getValue())))
        .toList();
  }

  /** A schema with its references and single allOfs resolved. */
  public static JsonNode resolved(JsonNode schema) {
    return switch (schema) {
      case ObjectNode object when object.has("$ref") -> {
        var target = (ObjectNode) resolved(target(object));
        yield object.has("nullable") ? target.set("nullable", object.get("nullable")) : target;
      }
      case ObjectNode object when object.has("allOf") -> {
        var merged = Json.object();
        object.get("allOf").forEach(part -> merge(merged, (ObjectNode) resolved(part)));
        object.properties().stream()
            .filter(entry -> !entry.getKey().equals("allOf"))
            .forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        yield merged;
      }
      case ObjectNode object -> {
        var copy = Json.object();
        object.properties().forEach(entry -> copy.set(entry.getKey(), resolved(entry.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = Json.MAPPER.createArrayNode();
        array.forEach(item -> copy.add(resolved(item)));
        yield copy;
      }
      default -> schema;
    };
  }

  /** Adds the members of a schema to those of another; objects are joined, lists one by one. */
  private static void merge(ObjectNode into, ObjectNode more) {
    for (var entry : more.properties()) {
      switch (into.get(entry.getKey())) {
        case ObjectNode object -> merge(object, (ObjectNode) entry.getValue());
        case ArrayNode array -> array.addAll((ArrayNode) entry.getValue());
        case null, default -> into.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static JsonNode target(ObjectNode reference) {
    return FACTS.at(reference.get("$ref").stringValue().substring(1));
  }

  /** What is wrong with an answer by its published schema; empty when nothing is. */
  public static List<String> faults(String method, String path, int status, JsonNode body) {
    return find(method, path)
        .flatMap(operation ->
            SCHEMAS.computeIfAbsent(operation.id() + " " + status, _ -> schema(operation, status)))
        .map(schema -> schema.validate(body).stream().map(Object::toString).toList())
        .orElse(List.of());
  }

  private static Optional<Operation> find(String method, String path) {
    var plain = path.replaceFirst("\\?.*", "").replaceFirst("/$", "");
    return operations().stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> plain.matches(operation.path().replaceAll("\\{\\w+}", "[^/]+")))
        .findFirst();
  }

  private static Optional<Schema> schema(Operation operation, int status) {
    return responseSchema(operation, Integer.toString(status))
        .map(node -> REGISTRY.getSchema(strict(withReportMembers(operation, resolved(node)))));
  }

  /** Reports are sent with what only their parameters tell of: an id, and links to their pages. */
  private static JsonNode withReportMembers(Operation operation, JsonNode document) {
    for (var parameter : operation.facts().path("parameters")) {
      var name = parameter.get("name").stringValue();
      if (name.equals("page_cursor")) {
        putPageLinks(document);
      }
      if (name.matches("fields\\[.*-report]")
          && document.at("/properties/data/properties") instanceof ObjectNode members) {
        members.putObject("id").put("type", "string");
      }
    }
    if (takesCursorInBody(operation)) {
      putPageLinks(document);
    }
    return document;
  }

  private static boolean takesCursorInBody(Operation operation) {
    var body = operation.facts().at("/requestBody/content/application~1vnd.api+json/schema");
    return !body.isMissingNode()
        && resolved(body)
            .at("/properties/data/properties/attributes/properties")
            .has("page_cursor");
  }

  private static void putPageLinks(JsonNode document) {
    var links = (ObjectNode) document.at("/properties/links/properties");
    links.putObject("next").put("type", "string");
    links.putObject("prev").put("type", "string");
  }

  /** The schema of an operation's answer with this status. */
  public static Optional<JsonNode> responseSchema(Operation operation, String status) {
    var schema =
        operation.facts().at("/responses/" + status + "/content/application~1vnd.api+json/schema");
    return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
  }

  /**
   * OpenAPI 3.0 as JSON schema, with unknown members forbidden and the nulls that are sent. Some
   * options published as oneOf are alike, so that an answer can be several of them.
   */
  private static JsonNode strict(JsonNode node) {
    if (node instanceof ArrayNode array) {
      var copy = Json.MAPPER.createArrayNode();
      array.forEach(item -> copy.add(strict(item)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var copy = Json.object();
    object
        .properties()
        .forEach(entry ->
            copy.set(
                entry.getKey().equals("oneOf") ? "anyOf" : entry.getKey(),
                entry.getKey().equals("properties")
                    ? members((ObjectNode) entry.getValue())
                    : strict(entry.getValue())));
    if (copy.has("properties") && !copy.get("properties").isEmpty()) {
      copy.put("additionalProperties", false);
    }
    copy.remove("format");
    return copy.path("nullable").asBoolean(false) ? orNull(copy) : copy;
  }

  /** Links at the ends and empty to-one relations are null on the wire, whatever was published. */
  private static ObjectNode members(ObjectNode properties) {
    var copy = Json.object();
    for (var member : properties.properties()) {
      var schema = strict(member.getValue());
      var sentAsNull =
          List.of("next", "prev").contains(member.getKey())
              || (member.getKey().equals("data") && schema.has("properties"));
      copy.set(member.getKey(), sentAsNull ? orNull(schema) : schema);
    }
    return copy;
  }

  private static ObjectNode orNull(JsonNode schema) {
    var either = Json.object();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private static JsonNode load() {
    try (var in = Published.class.getResourceAsStream("/published-2026-04-15.json")) {
      return Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Published() {}
}
