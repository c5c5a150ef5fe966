package carillon.jsonapi;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes operations as an OpenAPI 3.0 document, with the published {@code x-klaviyo-*} facts.
 */
public final class OpenApi {

  /** The document of these operations. */
  public static ObjectNode document(List<Operation> operations, String title, String base) {
    var document = Json.object();
    document.put("openapi", "3.0.2");
    document.putObject("info").put("title", title).put("version", Revision.SERVED);
    document.putArray("servers").addObject().put("url", base);
    var groups = new TreeSet<String>();
    operations.forEach(operation -> groups.add(operation.group()));
    var tags = document.putArray("tags");
    groups.forEach(group -> tags.addObject().put("name", group));
    var paths = document.putObject("paths");
    for (var operation : operations) {
      var item = paths.withObject("/" + operation.path().replace("~", "~0").replace("/", "~1"));
      item.set(operation.method().name().toLowerCase(java.util.Locale.ROOT), operation(operation));
    }
    components(document.putObject("components"));
    document.putArray("security").addObject().putArray("Klaviyo-API-Key");
    return document;
  }

  private static void components(ObjectNode components) {
    var error = Json.object().put("type", "object");
    var properties = error.putObject("properties");
    for (var name : List.of("id", "code", "title", "detail")) {
      properties.putObject(name).put("type", "string");
    }
    properties.putObject("status").put("type", "integer");
    properties.putObject("source").put("type", "object");
    var errors = components.putObject("schemas").putObject("Errors").put("type", "object");
    errors.putObject("properties").putObject("errors").put("type", "array").set("items", error);
    components
        .putObject("securitySchemes")
        .putObject("Klaviyo-API-Key")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "Authorization");
  }

  private static ObjectNode operation(Operation operation) {
    var node = Json.object();
    node.put("operationId", operation.id());
    node.put("summary", operation.summary());
    node.putArray("tags").add(operation.group());
    var parameters = node.putArray("parameters");
    pathParameters(operation, parameters);
    queryParameters(operation, parameters);
    operation
        .body()
        .ifPresent(body ->
            node.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(
                    operation.multipart() ? "multipart/form-data" : "application/vnd.api+json")
                .set("schema", schema(body)));
    responses(operation, node.putObject("responses"));
    if (operation.isClient()) {
      node.putArray("security");
    }
    facts(operation, node);
    return node;
  }

  private static void pathParameters(Operation operation, ArrayNode parameters) {
    for (var segment : operation.path().split("/")) {
      if (segment.startsWith("{")) {
        parameters
            .addObject()
            .put("name", segment.substring(1, segment.length() - 1))
            .put("in", "path")
            .put("required", true)
            .putObject("schema")
            .put("type", "string");
      }
    }
  }

  private static void queryParameters(Operation operation, ArrayNode parameters) {
    var additional = new TreeMap<String, Set<String>>();
    operation
        .additional()
        .forEach(one ->
            additional.computeIfAbsent(one.type(), _ -> new TreeSet<>()).add(one.attribute()));
    additional.forEach(
        (type, names) -> listParameter(parameters, "additional-fields[" + type + "]", names));
    operation
        .sparse()
        .forEach(one -> listParameter(parameters, "fields[" + one.type() + "]", one.paths()));
    if (!operation.filters().isEmpty()) {
      parameter(parameters, "filter", operation.filterRequired().isPresent()).put("type", "string");
    }
    if (!operation.includes().isEmpty()) {
      listParameter(parameters, "include", new TreeSet<>(operation.includes()));
    }
    switch (operation.paging()) {
      case Paging.None(), Paging.InBody() -> {}
      case Paging.Fixed(_) ->
          parameter(parameters, cursorName(operation), false).put("type", "string");
      case Paging.Sized(var preset, var max) -> {
        parameter(parameters, cursorName(operation), false).put("type", "string");
        parameter(parameters, "page[size]", false)
            .put("type", "integer")
            .put("default", preset)
            .put("maximum", max)
            .put("minimum", 1);
      }
    }
    if (!operation.sorts().isEmpty()) {
      var words = parameter(parameters, "sort", false).put("type", "string").putArray("enum");
      operation.sorts().forEach(sort -> words.add(sort.name()).add("-" + sort.name()));
    }
    operation.parameters().forEach(one -> special(parameters, one));
    if (operation.isClient()) {
      parameter(parameters, "company_id", true).put("type", "string");
    }
    parameters
        .addObject()
        .put("name", "revision")
        .put("in", "header")
        .put("required", true)
        .putObject("schema")
        .put("type", "string")
        .put("default", Revision.SERVED);
  }

  private static void special(ArrayNode parameters, Parameter special) {
    var schema = parameter(parameters, special.name(), special.required()).put("type", "string");
    if (!special.words().isEmpty()) {
      var words = schema.putArray("enum");
      special.words().forEach(words::add);
    }
    ((ObjectNode) parameters.get(parameters.size() - 1))
        .put("in", special.place().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static String cursorName(Operation operation) {
    return operation.method() == Http.GET ? "page[cursor]" : "page_cursor";
  }

  private static void listParameter(ArrayNode parameters, String name, Set<String> words) {
    var schema = parameter(parameters, name, false).put("type", "array");
    var items = schema.putObject("items").put("type", "string").putArray("enum");
    words.forEach(items::add);
    ((ObjectNode) parameters.get(parameters.size() - 1)).put("explode", false);
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, boolean required) {
    return parameters
        .addObject()
        .put("name", name)
        .put("in", "query")
        .put("required", required)
        .putObject("schema");
  }

  private static void responses(Operation operation, ObjectNode responses) {
    var document = ResponseSchema.of(operation);
    answer(responses, operation.shape().status(), document);
    if (operation.shape() instanceof Shape.Upserted) {
      answer(responses, 200, document);
    }
    for (var status : List.of("4XX", "5XX")) {
      responses
          .putObject(status)
          .put("description", "What is wrong")
          .putObject("content")
          .putObject("application/vnd.api+json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/Errors");
    }
  }

  private static void answer(
      ObjectNode responses, int status, java.util.Optional<Schema.Struct> document) {
    var answer = responses.putObject(Integer.toString(status)).put("description", "Success");
    document.ifPresent(struct ->
        answer
            .putObject("content")
            .putObject("application/vnd.api+json")
            .set("schema", schema(struct)));
  }

  private static void facts(Operation operation, ObjectNode node) {
    if (!operation.filters().isEmpty()) {
      var filters = node.putObject("x-klaviyo-filters");
      operation.filters().forEach(filter -> filter(filters.putObject(filter.name()), filter));
    }
    var limit = node.putObject("x-klaviyo-ratelimit");
    limit.put("burst", operation.limit().burst() + "/s");
    limit.put("steady", operation.limit().steady() + "/m");
    if (operation.limit().daily() > 0) {
      limit.put("daily", operation.limit().daily() + "/d");
    }
    var scopes = node.putArray("x-klaviyo-scopes");
    operation.scopes().forEach(scopes::add);
    if (!operation.aliases().isEmpty()) {
      var aliases = node.putArray("x-klaviyo-operation-aliases");
      operation.aliases().forEach(aliases::add);
    }
  }

  private static void filter(ObjectNode node, Filterable filter) {
    var operators = node.putObject("operators");
    words(operators, "single", filter.single());
    words(operators, "list", filter.list());
    var value = node.putObject("value");
    switch (filter.kind()) {
      case TEXT -> value.put("type", "string");
      case NUMBER -> value.put("type", "number");
      case WHOLE -> value.put("type", "integer");
      case BOOLEAN -> value.put("type", "boolean");
      case MOMENT -> value.put("type", "string").put("format", "date-time");
      case PRESENCE -> node.remove("value");
    }
    if (!filter.words().isEmpty()) {
      var words = value.putArray("enum");
      filter.words().forEach(words::add);
    }
  }

  private static void words(ObjectNode operators, String name, Set<Op> ops) {
    if (!ops.isEmpty()) {
      var words = operators.putArray(name);
      ops.stream().map(Op::word).sorted().forEach(words::add);
    }
  }

  /** The JSON schema of a shape. */
  static ObjectNode schema(Schema<?> schema) {
    var node = Json.object();
    switch (schema) {
      case Schema.Text text -> text(node, text);
      case Schema.Choice(var words) -> {
        var all = node.put("type", "string").putArray("enum");
        words.forEach(all::add);
      }
      case Schema.Whole _ -> node.put("type", "integer");
      case Schema.WholeChoice(var numbers) -> {
        var all = node.put("type", "integer").putArray("enum");
        numbers.forEach(all::add);
      }
      case Schema.Decimal() -> node.put("type", "number");
      case Schema.Bool(var only) -> {
        node.put("type", "boolean");
        only.ifPresent(word -> node.putArray("enum").add(word));
      }
      case Schema.Moment() -> node.put("type", "string").put("format", "date-time");
      case Schema.Day() -> node.put("type", "string").put("format", "date");
      case Schema.Items<?>(var element, _, var max) -> {
        node.put("type", "array").set("items", schema(element));
        if (max < Integer.MAX_VALUE) {
          node.put("maxItems", max);
        }
      }
      case Schema.Struct(_, var fields) -> struct(node, fields);
      case Schema.Free() -> node.put("type", "object");
      case Schema.Any() -> {}
      case Schema.OneOf(var options) -> {
        var all = node.putArray("oneOf");
        options.forEach(option -> all.add(schema(option)));
      }
      case Schema.Lazy(var name, _) -> node.put("description", name);
    }
    return node;
  }

  private static void text(ObjectNode node, Schema.Text text) {
    node.put("type", "string");
    if (!text.format().isEmpty()) {
      node.put("format", text.format());
    }
    if (text.max() < Integer.MAX_VALUE) {
      node.put("maxLength", text.max());
    }
  }

  private static void struct(ObjectNode node, List<Field<?>> fields) {
    node.put("type", "object");
    var properties = node.putObject("properties");
    var required = Json.MAPPER.createArrayNode();
    for (var field : fields) {
      var inner = schema(field.schema());
      if (field.isNullable()) {
        inner.put("nullable", true);
      }
      field.preset().ifPresent(value -> inner.set("default", Json.MAPPER.valueToTree(value)));
      properties.set(field.name(), inner);
      if (field.isRequired()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
  }

  private OpenApi() {}
}
