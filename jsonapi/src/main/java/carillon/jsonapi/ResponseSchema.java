package carillon.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape of an operation's answer, derived from its type and form. */
final class ResponseSchema {

  private static final Schema.Text URI = Schema.text().format("uri");

  /** The document's shape; empty when the answer has none. */
  static Optional<Schema.Struct> of(Operation operation) {
    return switch (operation.shape()) {
      case Shape.Many _ ->
          Optional.of(collection(operation, Schema.items(resource(operation.type()))));
      case Shape.One _, Shape.Created _, Shape.Upserted _, Shape.Started _ ->
          Optional.of(single(operation));
      case Shape.Report _ -> Optional.of(report(operation));
      case Shape.Linkages _ ->
          Optional.of(
              collection(operation, Schema.items(Body.identifier(operation.type().name()))));
      case Shape.Linkage _ ->
          Optional.of(
              Schema.struct(
                  "",
                  Body.identifier(operation.type().name()).as("data").required(),
                  objectLinks().as("links")));
      case Shape.Accepted _, Shape.NoContent _ -> Optional.empty();
    };
  }

  private static Schema.Struct single(Operation operation) {
    var members = new ArrayList<Field<?>>();
    members.add(resource(operation.type()).as("data").required());
    included(operation).ifPresent(members::add);
    members.add(objectLinks().as("links"));
    return new Schema.Struct("", members);
  }

  private static Schema.Struct report(Operation operation) {
    var type = operation.type();
    var members = new ArrayList<Field<?>>();
    members.add(Schema.choice(type.name()).as("type").required());
    members.add(attributes(type));
    relationships(type).ifPresent(members::add);
    return Schema.struct(
        "",
        new Schema.Struct(type.name(), members).as("data").required(),
        objectLinks().as("links"));
  }

  private static Schema.Struct collection(Operation operation, Schema<?> data) {
    var members = new ArrayList<Field<?>>();
    members.add(data.as("data").required());
    included(operation).ifPresent(members::add);
    members.add(
        Schema.struct("", URI.as("self").required(), URI.as("prev"), URI.as("next")).as("links"));
    return new Schema.Struct("", members);
  }

  private static Schema.Struct objectLinks() {
    return Schema.struct("", URI.as("self").required());
  }

  private static Optional<Field<?>> included(Operation operation) {
    if (operation.includes().isEmpty()) {
      return Optional.empty();
    }
    var types = new ArrayList<Schema<?>>();
    for (var name : operation.includes()) {
      var relation = operation.type().relation(name).orElseThrow();
      types.add(resource(relation.included().orElseThrow().type().get()));
    }
    Schema<?> element = types.size() == 1 ? types.getFirst() : new Schema.OneOf(types);
    return Optional.of(Schema.items(element).as("included"));
  }

  private static Schema.Struct resource(ResourceType<?> type) {
    var members = new ArrayList<Field<?>>();
    members.add(Schema.choice(type.name()).as("type").required());
    members.add(
        type.looseId() ? Schema.text().as("id").nullable() : Schema.text().as("id").required());
    if (!type.attributes().isEmpty()) {
      members.add(attributes(type));
    }
    relationships(type).ifPresent(members::add);
    if (!type.path().isEmpty()) {
      members.add(objectLinks().as("links").required());
    }
    return new Schema.Struct(type.name(), members);
  }

  private static Field<?> attributes(ResourceType<?> type) {
    var attributes = new ArrayList<Field<?>>();
    type.attributes().forEach(attribute -> attributes.add(attribute.field()));
    return new Schema.Struct(type.name(), attributes).as("attributes").required();
  }

  private static Optional<Field<?>> relationships(ResourceType<?> type) {
    if (type.relations().isEmpty()) {
      return Optional.empty();
    }
    List<Field<?>> relations = new ArrayList<>();
    type.relations().stream()
        .filter(Relation::told)
        .forEach(relation -> relations.add(relation(relation)));
    return Optional.of(new Schema.Struct("", relations).as("relationships"));
  }

  private static Field<?> relation(Relation<?> relation) {
    var members = new ArrayList<Field<?>>();
    var identifier = Body.identifier(relation.target());
    members.add(relation.many() ? Schema.items(identifier).as("data") : identifier.as("data"));
    if (relation.linked()) {
      var related = URI.as("related").required();
      members.add(
          relation.related()
              ? Schema.struct("", related).as("links")
              : Schema.struct("", URI.as("self").required(), related).as("links"));
    }
    return new Schema.Struct("", members).as(relation.name());
  }

  private ResponseSchema() {}
}
