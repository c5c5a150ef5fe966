package carillon.mcp;

import carillon.jsonapi.Field;
import carillon.jsonapi.Http;
import carillon.jsonapi.Json;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Paging;
import carillon.jsonapi.Schema;
import carillon.mcp.Parameter.Kind;
import carillon.mcp.Parameter.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Every argument that an operation could take, as its declaration tells. */
final class Derivation {

  /** More words than these are told in a sentence instead of one by one. */
  static final int MANY = 16;

  private final Operation operation;
  private final Sentences sentences;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();

  private Derivation(Operation operation, Sentences sentences) {
    this.operation = operation;
    this.sentences = sentences;
  }

  static List<Parameter> of(Operation operation, Sentences sentences) {
    var derivation = new Derivation(operation, sentences);
    derivation.path();
    if (!operation.multipart()) {
      operation.body().ifPresent(body -> derivation.members(body, "", true));
    }
    derivation.query();
    return List.copyOf(derivation.parameters);
  }

  private void path() {
    for (var segment : operation.path().split("/")) {
      if (segment.startsWith("{")) {
        var variable = segment.substring(1, segment.length() - 1);
        add(variable, Kind.STRING, true, true, new Place.InPath(variable), string());
      }
    }
  }

  private void members(Schema.Struct struct, String above, boolean required) {
    for (var field : struct.fields()) {
      member(field, above + "/" + field.name(), required && field.isRequired());
    }
  }

  private void member(Field<?> field, String pointer, boolean required) {
    if (field.schema() instanceof Schema.Struct struct) {
      members(struct, pointer, required);
      if (field.isNullable() && field.name().equals("data")) {
        leaf(field, pointer, false, false);
      }
    } else {
      var given = Shapes.constant(field.schema()).isPresent() || isIdOfPath(pointer);
      leaf(field, pointer, required && !given, !given);
    }
  }

  /** The id of what is changed stands in the path already. */
  private boolean isIdOfPath(String pointer) {
    return pointer.equals("/data/id")
        && operation.method() == Http.PATCH
        && operation.path().endsWith("{id}");
  }

  private void leaf(Field<?> field, String pointer, boolean required, boolean listed) {
    var schema = JsonSchemas.of(field.schema());
    field.preset().ifPresent(value -> schema.set("default", Json.MAPPER.valueToTree(value)));
    Shapes.constant(field.schema()).ifPresent(word -> schema.put("default", word));
    var place = new Place.InBody(pointer);
    var name = unused(ArgumentNames.ofPointer(pointer));
    var kind = Shapes.kind(field.schema());
    schema.put("description", sentences.of(operation, place));
    parameters.add(
        new Parameter(name, kind, kind, required, listed, field.isNullable(), place, schema));
  }

  private String unused(String name) {
    var free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + i;
    }
    return free;
  }

  private void query() {
    if (!operation.filters().isEmpty()) {
      query("filter", string(), operation.filterRequired().isPresent());
    }
    if (!operation.sorts().isEmpty()) {
      var schema = string();
      var words = schema.putArray("enum");
      operation.sorts().forEach(sort -> words.add(sort.name()).add("-" + sort.name()));
      query("sort", schema, false);
    }
    if (!operation.includes().isEmpty()) {
      query("include", words(new TreeSet<>(operation.includes())), false);
    }
    operation
        .sparse()
        .forEach(one -> query("fields[" + one.type() + "]", words(one.paths()), false));
    var additional = new LinkedHashMap<String, Set<String>>();
    operation
        .additional()
        .forEach(one ->
            additional.computeIfAbsent(one.type(), _ -> new TreeSet<>()).add(one.attribute()));
    additional.forEach(
        (type, attributes) -> query("additional-fields[" + type + "]", words(attributes), false));
    paging();
    if (operation.isClient()) {
      add("company_id", Kind.STRING, false, false, new Place.InQuery("company_id"), string());
    }
  }

  private void paging() {
    var cursor = operation.method() == Http.GET ? "page[cursor]" : "page_cursor";
    switch (operation.paging()) {
      case Paging.None(), Paging.InBody() -> {}
      case Paging.Fixed(_) -> query(cursor, string(), false);
      case Paging.Sized(var preset, var max) -> {
        query(cursor, string(), false);
        var size = Json.object().put("type", "integer").put("minimum", 1);
        query("page[size]", size.put("maximum", max).put("default", preset), false);
      }
    }
  }

  private void query(String parameter, ObjectNode schema, boolean required) {
    var kind = Kind.of(schema.get("type").asString());
    var name = ArgumentNames.ofQuery(parameter);
    add(name, kind, required, true, new Place.InQuery(parameter), schema);
  }

  private void add(
      String name, Kind kind, boolean required, boolean listed, Place place, ObjectNode schema) {
    schema.put("description", sentences.of(operation, place));
    parameters.add(new Parameter(unused(name), kind, kind, required, listed, false, place, schema));
  }

  private static ObjectNode string() {
    return Json.object().put("type", "string");
  }

  private static ObjectNode words(Set<String> all) {
    var schema = Json.object().put("type", "array");
    var items = schema.putObject("items").put("type", "string");
    if (all.size() <= MANY) {
      var words = items.putArray("enum");
      all.stream().sorted().forEach(words::add);
    }
    return schema;
  }

  /** The same parameters by where they go. */
  static Map<Place, Parameter> byPlace(List<Parameter> parameters) {
    var byPlace = new LinkedHashMap<Place, Parameter>();
    parameters.forEach(parameter -> byPlace.putIfAbsent(parameter.place(), parameter));
    return byPlace;
  }
}
