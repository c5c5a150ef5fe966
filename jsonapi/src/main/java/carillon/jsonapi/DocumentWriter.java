package carillon.jsonapi;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers as JSON:API documents. */
final class DocumentWriter {

  private final String base;
  private final CursorCodec cursors;

  /** Links start with {@code base}, the server's public address without trailing slash. */
  DocumentWriter(String base, CursorCodec cursors) {
    this.base = base;
    this.cursors = cursors;
  }

  /** The document of a reply; empty for replies without one. */
  byte[] write(Operation operation, Request request, QueryString query, Reply reply) {
    var out = new ByteArrayOutputStream(1024);
    try (var json = Json.MAPPER.createGenerator(out)) {
      new Document<>(json, operation, operation.type(), request, query).write(reply);
    }
    return out.toByteArray();
  }

  private final class Document<T> {
    private final JsonGenerator json;
    private final Operation operation;
    private final ResourceType<T> type;
    private final Request request;
    private final QueryString query;
    private final Map<String, Map<String, List<Object>>> loaded = new HashMap<>();

    Document(
        JsonGenerator json,
        Operation operation,
        ResourceType<T> type,
        Request request,
        QueryString query) {
      this.json = json;
      this.operation = operation;
      this.type = type;
      this.request = request;
      this.query = query;
    }

    void write(Reply reply) {
      json.writeStartObject();
      switch (reply) {
        case Reply.Rows(var slice) -> rows(slice);
        case Reply.Row(var row) -> row(row);
        case Reply.Existing(var row) -> row(row);
        case Reply.NoRow() -> json.writeNullProperty("data");
        case Reply.Report(var row, var next, var prev) ->
            report(new Slice<>(List.of(row), next, prev));
        case Reply.Ids(var slice) -> ids(slice);
        case Reply.Id(var id) -> id(id);
        case Reply.Nothing() -> throw new IllegalStateException(operation.id() + " tells nothing");
      }
      json.writeEndObject();
    }

    private void rows(Slice<?> slice) {
      var rows = typed(slice.rows());
      load(rows);
      json.writeName("data");
      json.writeStartArray();
      rows.forEach(this::primary);
      json.writeEndArray();
      included(rows);
      collectionLinks(slice);
    }

    private void row(Object only) {
      var rows = typed(List.of(only));
      load(rows);
      json.writeName("data");
      primary(rows.getFirst());
      included(rows);
      selfLink();
    }

    private void report(Slice<?> slice) {
      json.writeName("data");
      primary(typed(slice.rows()).getFirst());
      collectionLinks(slice);
    }

    @SuppressWarnings("unchecked")
    private List<T> typed(List<?> rows) {
      return (List<T>) rows;
    }

    private void ids(Slice<String> slice) {
      json.writeName("data");
      json.writeStartArray();
      slice.rows().forEach(id -> identifier(type.name(), id));
      json.writeEndArray();
      collectionLinks(slice);
    }

    private void id(Optional<String> id) {
      json.writeName("data");
      id.ifPresentOrElse(there -> identifier(type.name(), there), json::writeNull);
      if (id.isPresent()) {
        selfLink();
      }
    }

    private void identifier(String ofType, String id) {
      json.writeStartObject();
      json.writeStringProperty("type", ofType);
      json.writeStringProperty("id", id);
      json.writeEndObject();
    }

    private void load(List<T> rows) {
      for (var name : request.select().include()) {
        var included = type.relation(name).orElseThrow().included().orElseThrow();
        loaded.put(name, load(included, rows));
      }
    }

    @SuppressWarnings("unchecked")
    private <R> Map<String, List<Object>> load(Relation.Included<T, R> included, List<T> rows) {
      return rows.isEmpty()
          ? Map.of()
          : (Map<String, List<Object>>)
              (Map<String, ?>) included.loader().load(request.caller(), rows, request.select());
    }

    private void primary(T row) {
      resource(type, row, loaded);
    }

    private void included(List<T> rows) {
      if (request.select().include().isEmpty()) {
        return;
      }
      var seen = new LinkedHashSet<String>();
      json.writeName("included");
      json.writeStartArray();
      for (var name : request.select().include()) {
        var target = type.relation(name).orElseThrow().included().orElseThrow().type().get();
        for (var row : rows) {
          for (var related : loaded.get(name).getOrDefault(type.id().apply(row), List.of())) {
            include(target, related, seen);
          }
        }
      }
      json.writeEndArray();
    }

    @SuppressWarnings("unchecked")
    private <R> void include(ResourceType<R> target, Object row, Set<String> seen) {
      if (seen.add(target.name() + " " + target.id().apply((R) row))) {
        resource(target, (R) row, Map.of());
      }
    }

    private <R> void resource(
        ResourceType<R> of, R row, Map<String, Map<String, List<Object>>> included) {
      var id = of.id().apply(row);
      json.writeStartObject();
      json.writeStringProperty("type", of.name());
      json.writeStringProperty("id", id);
      if (!of.attributes().isEmpty()) {
        attributes(of, row);
      }
      if (!of.relations().isEmpty()) {
        json.writeName("relationships");
        json.writeStartObject();
        for (var relation : of.relations()) {
          if (!relation.told()) {
            continue;
          }
          var found = included.get(relation.name());
          relation(
              of,
              relation,
              row,
              id,
              Optional.ofNullable(found).map(all -> all.getOrDefault(id, List.of())));
        }
        json.writeEndObject();
      }
      if (addressed(of)) {
        json.writeName("links");
        json.writeStartObject();
        json.writeStringProperty(
            "self", base + "/api/" + of.path() + "/" + QueryString.segment(id) + "/");
        json.writeEndObject();
      }
      json.writeEndObject();
    }

    /** Links to a report would lead nowhere. */
    private boolean addressed(ResourceType<?> of) {
      return !(operation.shape() instanceof Shape.Report) && !of.path().isEmpty();
    }

    private <R> void attributes(ResourceType<R> of, R row) {
      var paths = request.select().fieldsOf(of.name());
      json.writeName("attributes");
      json.writeStartObject();
      for (var attribute : of.attributes()) {
        attribute(of, attribute, row, paths);
      }
      json.writeEndObject();
    }

    private <R> void attribute(
        ResourceType<R> of, Attribute<R> attribute, R row, Optional<Set<String>> paths) {
      var name = attribute.name();
      var asked = request.select().wants(of.name(), name);
      if (attribute.additional() && !asked) {
        return;
      }
      if (asked || paths.isEmpty() || paths.get().contains(name)) {
        var value = attribute.value().apply(row);
        if (value != Attribute.ABSENT) {
          json.writeName(name);
          value(value);
        }
      } else if (paths.get().stream().anyMatch(path -> path.startsWith(name + "."))) {
        json.writeName(name);
        value(pruned(attribute.value().apply(row), name + ".", paths.get()));
      }
    }

    private <R> void relation(
        ResourceType<R> of, Relation<R> relation, R row, String id, Optional<List<Object>> found) {
      json.writeName(relation.name());
      json.writeStartObject();
      if (found.isPresent()) {
        relationData(relation, ids(relation, found.get()));
      } else if (relation.inline().isPresent()) {
        relationData(relation, relation.inline().get().apply(row));
      }
      if (relation.linked() && addressed(of)) {
        var self = base + "/api/" + of.path() + "/" + QueryString.segment(id) + "/";
        json.writeName("links");
        json.writeStartObject();
        if (!relation.related()) {
          json.writeStringProperty("self", self + "relationships/" + relation.name() + "/");
        }
        json.writeStringProperty("related", self + relation.name() + "/");
        json.writeEndObject();
      }
      json.writeEndObject();
    }

    private <R> List<String> ids(Relation<R> relation, List<Object> rows) {
      return ids(relation.included().orElseThrow().type().get(), rows);
    }

    @SuppressWarnings("unchecked")
    private <S> List<String> ids(ResourceType<S> target, List<Object> rows) {
      return rows.stream().map(row -> target.id().apply((S) row)).toList();
    }

    private void relationData(Relation<?> relation, List<String> ids) {
      json.writeName("data");
      if (relation.many()) {
        json.writeStartArray();
        ids.forEach(one -> identifier(relation.target(), one));
        json.writeEndArray();
      } else if (ids.isEmpty()) {
        json.writeNull();
      } else {
        identifier(relation.target(), ids.getFirst());
      }
    }

    private void selfLink() {
      json.writeName("links");
      json.writeStartObject();
      json.writeStringProperty("self", url(query));
      json.writeEndObject();
    }

    private void collectionLinks(Slice<?> slice) {
      json.writeName("links");
      json.writeStartObject();
      json.writeStringProperty("self", url(query));
      if (!(operation.paging() instanceof Paging.None)) {
        json.writeName("next");
        link(slice.next());
        json.writeName("prev");
        link(slice.prev());
      }
      json.writeEndObject();
    }

    private void link(Optional<Cursor> cursor) {
      if (cursor.isEmpty()) {
        json.writeNull();
        return;
      }
      var sort = new Operation.Sort(request.select().sort(), request.select().descending());
      var place = QueryReader.place(request.account(), operation.path(), sort);
      json.writeString(url(query.with(cursorName(), cursors.seal(cursor.get(), place))));
    }

    private String cursorName() {
      return operation.method() == Http.GET ? "page[cursor]" : "page_cursor";
    }

    private String url(QueryString with) {
      var path = base + request.raw().path();
      return with.parameters().isEmpty() ? path : path + "?" + with.print();
    }

    private void value(Object value) {
      DocumentWriter.value(json, value);
    }
  }

  /** Only what the asked-for paths below a prefix name. */
  private static JsonNode pruned(Object value, String prefix, Set<String> paths) {
    if (!(Json.MAPPER.valueToTree(value) instanceof ObjectNode whole)) {
      return Json.MAPPER.nullNode();
    }
    var kept = Json.object();
    for (var entry : whole.properties()) {
      var path = prefix + entry.getKey();
      if (paths.contains(path)) {
        kept.set(entry.getKey(), entry.getValue());
      } else if (paths.stream().anyMatch(wanted -> wanted.startsWith(path + "."))) {
        kept.set(entry.getKey(), pruned(entry.getValue(), path + ".", paths));
      }
    }
    return kept;
  }

  static void value(JsonGenerator json, Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case Instant moment -> json.writeString(Json.print(moment));
      case LocalDate day -> json.writeString(day.toString());
      case UUID uuid -> json.writeString(uuid.toString());
      case JsonNode node -> json.writeTree(node);
      case Optional<?> optional -> value(json, optional.orElse(null));
      case Collection<?> items -> {
        json.writeStartArray();
        items.forEach(item -> value(json, item));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((key, inner) -> {
          json.writeName(key.toString());
          value(json, inner);
        });
        json.writeEndObject();
      }
      default -> throw new IllegalStateException("cannot write " + value.getClass());
    }
  }
}
