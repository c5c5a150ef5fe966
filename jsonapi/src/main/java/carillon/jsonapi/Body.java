package carillon.jsonapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Builds the schemas of request bodies. */
public final class Body {

  /** The id of a resource in a body. */
  public static final Field<String> ID = Schema.text().length(1, 255).as("id");

  private final String type;
  private final List<Field<?>> members = new ArrayList<>();

  private Body(String type) {
    this.type = type;
    members.add(type(type));
  }

  /** A resource object of a type, to be filled with the methods below. */
  public static Body of(String type) {
    return new Body(type);
  }

  /** With the resource's id, required. */
  public Body id() {
    members.add(ID.required());
    return this;
  }

  /** With an id that may be left out or null. */
  public Body optionalId() {
    members.add(ID.nullable());
    return this;
  }

  /** With attributes, which must be there. */
  public Body attributes(Field<?>... fields) {
    members.add(new Schema.Struct(type, List.of(fields)).as("attributes").required());
    return this;
  }

  /** With attributes that may be left out as a whole. */
  public Body optionalAttributes(Field<?>... fields) {
    members.add(new Schema.Struct(type, List.of(fields)).as("attributes"));
    return this;
  }

  /** With relationships. */
  public Body relationships(Field<?>... relations) {
    members.add(new Schema.Struct(type, List.of(relations)).as("relationships"));
    return this;
  }

  /** With relationships that must be there. */
  public Body requiredRelationships(Field<?>... relations) {
    members.add(new Schema.Struct(type, List.of(relations)).as("relationships").required());
    return this;
  }

  /** With any further member, such as meta. */
  public Body member(Field<?> field) {
    members.add(field);
    return this;
  }

  /** The resource object itself, for nesting. */
  public Schema.Struct resource() {
    return new Schema.Struct(type, members);
  }

  /** The whole body: the resource object under {@code data}. */
  public Schema.Struct document() {
    return Schema.struct(type, resource().as("data").required());
  }

  /** A to-one relation in a body; without data it says nothing. */
  public static Field<?> one(String relation, String target) {
    return Schema.struct(target, identifier(target).as("data")).as(relation);
  }

  /** A to-one relation in a body whose data may be null. */
  public static Field<?> oneOrNull(String relation, String target) {
    return Schema.struct(target, identifier(target).as("data").required().nullable()).as(relation);
  }

  /** A to-many relation in a body. */
  public static Field<?> many(String relation, String target, int most) {
    return Schema.struct(
            target, Schema.items(identifier(target)).size(0, most).as("data").required())
        .as(relation);
  }

  /** The body of an operation on a to-many relation. */
  public static Schema.Struct linkages(String target) {
    return Schema.struct(
        target, Schema.items(identifier(target)).size(0, 1000).as("data").required());
  }

  /** A resource identifier. */
  public static Schema.Struct identifier(String target) {
    return Schema.struct(target, type(target), ID.required());
  }

  /** A resource object nested in attributes: {@code {"data": …}}. */
  public static Field<?> nested(String name, Schema<?> resource) {
    return Schema.struct(name, resource.as("data").required()).as(name);
  }

  /** Several resource objects nested in attributes: {@code {"data": […]}}. */
  public static Field<?> nestedMany(String name, Schema<?> resource, int least, int most) {
    return Schema.struct(name, Schema.items(resource).size(least, most).as("data").required())
        .as(name);
  }

  private static Field<?> type(String word) {
    return Schema.choice(word).as("type").required();
  }

  static List<String> ids(JsonNode linkages) {
    var ids = new ArrayList<String>();
    linkages.forEach(linkage -> ids.add(linkage.get("id").stringValue()));
    return ids;
  }
}
