package carillon.jsonapi;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of resource: what it is called and made of.
 *
 * @param name the type word, such as {@code tag-group}
 * @param path its collection below {@code /api}, such as {@code tag-groups}; empty for what has no
 *     address of its own and is told without links
 * @param id gets a row's id
 * @param attributes what it tells of itself; a type without any is told without that member
 * @param looseId whether the id is published as one that might be absent or null; it never is
 */
public record ResourceType<T>(
    String name,
    String path,
    Function<T, String> id,
    List<Attribute<T>> attributes,
    List<Relation<T>> relations,
    boolean looseId) {

  public ResourceType {
    attributes = List.copyOf(attributes);
    relations = List.copyOf(relations);
  }

  /** A type with attributes; relations are added by {@link #with}. */
  public static <T> ResourceType<T> of(
      String name, String path, Function<T, String> id, List<Attribute<T>> attributes) {
    return new ResourceType<>(name, path, id, attributes, List.of(), false);
  }

  /** The same type with these relations. */
  public ResourceType<T> with(List<Relation<T>> all) {
    return new ResourceType<>(name, path, id, attributes, all, looseId);
  }

  /** The same type, published with an id that might be absent or null. */
  public ResourceType<T> withLooseId() {
    return new ResourceType<>(name, path, id, attributes, relations, true);
  }

  /** The same type without the attributes that must be asked for, for where they cannot be. */
  public ResourceType<T> plain() {
    return new ResourceType<>(
        name,
        path,
        id,
        attributes.stream().filter(attribute -> !attribute.additional()).toList(),
        relations,
        looseId);
  }

  /** The relation of that name. */
  public Optional<Relation<T>> relation(String wanted) {
    return relations.stream().filter(relation -> relation.name().equals(wanted)).findFirst();
  }

  /** The same type as it appears where a relation's ids are not told. */
  public ResourceType<T> linksOnly(String relation) {
    return new ResourceType<>(
        name,
        path,
        id,
        attributes,
        relations.stream()
            .map(one ->
                one.name().equals(relation)
                    ? new Relation<>(
                        one.name(),
                        one.target(),
                        one.many(),
                        Optional.<Function<T, List<String>>>empty(),
                        one.included(),
                        one.linked(),
                        one.related(),
                        one.told())
                    : one)
            .toList(),
        looseId);
  }

  /** An operation that answers a collection of this type. */
  public OperationBuilder list(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.GET, urlPath, summary, this, new Shape.Many());
  }

  /** An operation that answers one resource of this type. */
  public OperationBuilder get(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.GET, urlPath, summary, this, new Shape.One());
  }

  /** An operation that creates a resource and answers it, 201. */
  public OperationBuilder create(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.POST, urlPath, summary, this, new Shape.Created());
  }

  /** A POST that answers a resource with 200. */
  public OperationBuilder query(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.POST, urlPath, summary, this, new Shape.One());
  }

  /** A POST that answers a {@link Reply.Report}, 200. */
  public OperationBuilder report(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.POST, urlPath, summary, this, new Shape.Report());
  }

  /** A POST that starts a job and answers it, 202. */
  public OperationBuilder start(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.POST, urlPath, summary, this, new Shape.Started());
  }

  /** A POST taken with 202 and no document. */
  public OperationBuilder accept(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.POST, urlPath, summary, this, new Shape.Accepted());
  }

  /** A PATCH that answers the changed resource. */
  public OperationBuilder update(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.PATCH, urlPath, summary, this, new Shape.One());
  }

  /** A PATCH that answers 204. */
  public OperationBuilder change(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.PATCH, urlPath, summary, this, new Shape.NoContent());
  }

  /** A DELETE. */
  public OperationBuilder delete(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.DELETE, urlPath, summary, this, new Shape.NoContent());
  }

  /** The ids of several related resources of this type. */
  public OperationBuilder linkages(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.GET, urlPath, summary, this, new Shape.Linkages());
  }

  /** The id of one related resource of this type. */
  public OperationBuilder linkage(String id, String urlPath, String summary) {
    return OperationBuilder.of(id, Http.GET, urlPath, summary, this, new Shape.Linkage());
  }

  /** Adds (POST), replaces (PATCH) or removes (DELETE) relations to several of this type. */
  public OperationBuilder relate(Http method, String id, String urlPath, String summary) {
    return OperationBuilder.of(id, method, urlPath, summary, this, new Shape.NoContent())
        .body(Body.linkages(name));
  }
}
