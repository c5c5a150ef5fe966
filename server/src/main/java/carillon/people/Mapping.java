package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the columns of a file become, and rows as profiles of the API. */
final class Mapping {

  private static final List<Target> IDENTIFYING =
      List.of(
          new Target.Id(),
          new Target.Attribute("email"),
          new Target.Attribute("phone_number"),
          new Target.Attribute("external_id"),
          new Target.Attribute("anonymous_id"));

  /** A column; a guessed type binds no cell, a stated one all. */
  record Column(String header, Target target, boolean guessed) {}

  private final List<Column> columns;

  private Mapping(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Decides on the columns of a file.
   *
   * @param stated targets by header, for those that are not to be guessed
   * @param sample the first rows
   * @throws ApiError 400 when a header or target is unknown or named twice, or nothing identifies
   */
  static Mapping of(List<String> header, Map<String, String> stated, List<List<String>> sample) {
    refuseUnknown(header, stated);
    var columns = new ArrayList<Column>();
    for (int i = 0; i < header.size(); i++) {
      columns.add(column(header.get(i), stated, cells(sample, i)));
    }
    refuseTwice(columns);
    if (columns.stream().noneMatch(column -> IDENTIFYING.contains(column.target()))) {
      throw refusal(
          "No column identifies people: id, email, phone_number, external_id or anonymous_id. Say"
              + " which one does with map, such as Contact=email.");
    }
    return new Mapping(columns);
  }

  private static Column column(String header, Map<String, String> stated, List<String> cells) {
    var target =
        Optional.ofNullable(stated.get(header))
            .map(word ->
                Target.of(word)
                    .orElseThrow(
                        () -> refusal("'" + word + "' is nothing that a column can become.")))
            .orElseGet(() -> Target.guess(header));
    return target instanceof Target.Property(var name, var type) && type.isEmpty()
        ? new Column(header, new Target.Property(name, Optional.of(CellType.guess(cells))), true)
        : new Column(header, target, false);
  }

  private static List<String> cells(List<List<String>> sample, int column) {
    return sample.stream()
        .filter(row -> row.size() > column)
        .map(row -> Formulas.plain(row.get(column).strip()))
        .filter(cell -> !cell.isEmpty())
        .toList();
  }

  private static void refuseUnknown(List<String> header, Map<String, String> stated) {
    if (header.stream().anyMatch(String::isBlank)) {
      throw refusal("The first row must name every column.");
    }
    stated.keySet().stream()
        .filter(name -> !header.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw refusal("No column is called '" + name + "'.");
        });
  }

  private static void refuseTwice(List<Column> columns) {
    Set<String> seen = new HashSet<>();
    for (var column : columns) {
      var word =
          column.target() instanceof Target.Property(var name, _)
              ? "properties." + name
              : column.target().word();
      if (!(column.target() instanceof Target.Ignored) && !seen.add(word)) {
        throw refusal("Two columns would become " + word + ".");
      }
    }
  }

  private static ApiError refusal(String detail) {
    return ApiError.parameter("map", detail);
  }

  List<Column> columns() {
    return columns;
  }

  /** A row that cannot become a profile. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String reason) {
      super(reason);
    }
  }

  /** The profile in a row; an empty cell says nothing. */
  ObjectNode resource(List<String> cells) throws Unfit {
    if (cells.size() != columns.size()) {
      throw new Unfit(
          "The row has %d cells, the first row %d.".formatted(cells.size(), columns.size()));
    }
    var resource = Json.object().put("type", "profile");
    var attributes = resource.putObject("attributes");
    for (int i = 0; i < columns.size(); i++) {
      var cell = Formulas.plain(cells.get(i).strip());
      if (!cell.isEmpty()) {
        put(resource, attributes, columns.get(i), cell);
      }
    }
    return resource;
  }

  private static void put(ObjectNode resource, ObjectNode attributes, Column column, String cell)
      throws Unfit {
    switch (column.target()) {
      case Target.Ignored _ -> {}
      case Target.Id _ -> resource.put("id", cell);
      case Target.Attribute(var name) -> attributes.put(name, cell);
      case Target.Location(var member) ->
          attributes.withObjectProperty("location").put(member, cell);
      case Target.Property(var name, var type) ->
          attributes
              .withObjectProperty("properties")
              .set(name, value(column, type.orElse(CellType.TEXT), cell));
      case Target.Properties _ ->
          attributes
              .withObjectProperty("properties")
              .setAll((ObjectNode) value(column, CellType.JSON, cell));
    }
  }

  private static JsonNode value(Column column, CellType type, String cell) throws Unfit {
    var value = type.read(cell);
    if (column.target() instanceof Target.Properties) {
      value = value.filter(ObjectNode.class::isInstance);
    } else if (column.guessed()) {
      value = value.or(() -> CellType.TEXT.read(cell));
    }
    return value.orElseThrow(
        () -> new Unfit(column.header() + ": '" + cell + "' is no " + type.word() + "."));
  }

  /** The header of the file. */
  List<String> header() {
    return IntStream.range(0, columns.size()).mapToObj(i -> columns.get(i).header()).toList();
  }
}
