package carillon.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Declares an operation; every method returns the builder, {@link #to} ends the declaration. */
public final class OperationBuilder {

  private static final Sortable BY_ID = Sortable.text("id", "id");

  private final String id;
  private final Http method;
  private final String path;
  private final String summary;
  private final ResourceType<?> type;
  private Shape shape;
  private String group = "";
  private Set<String> aliases = Set.of();
  private Set<String> scopes = Set.of();
  private RateLimit limit = RateLimit.S;
  private List<Filterable> filters = List.of();
  private List<Sortable> sorts = List.of();
  private Optional<Operation.Sort> defaultSort = Optional.empty();
  private Optional<String> filterRequired = Optional.empty();
  private List<String> includes = List.of();
  private final List<Operation.Additional> additional = new ArrayList<>();
  private final Map<String, RateLimit> lowered = new LinkedHashMap<>();
  private Paging paging = new Paging.None();
  private List<Parameter> parameters = List.of();
  private Optional<Schema.Struct> body = Optional.empty();
  private boolean multipart;
  private Set<Operation.Effect> effects = Set.of();
  private Optional<Boolean> sparse = Optional.empty();

  private OperationBuilder(
      String id, Http method, String path, String summary, ResourceType<?> type, Shape shape) {
    this.id = id;
    this.method = method;
    this.path = path;
    this.summary = summary;
    this.type = type;
    this.shape = shape;
  }

  static OperationBuilder of(
      String id, Http method, String path, String summary, ResourceType<?> type, Shape shape) {
    return new OperationBuilder(id, method, path, summary, type, shape);
  }

  /** Published further names. */
  public OperationBuilder aliases(String... names) {
    aliases = new LinkedHashSet<>(List.of(names));
    return this;
  }

  /** The published group, such as {@code Tags}; every operation has one. */
  public OperationBuilder group(String name) {
    group = name;
    return this;
  }

  /** The scopes a key must hold, all of them. */
  public OperationBuilder scopes(String... all) {
    scopes = new LinkedHashSet<>(List.of(all));
    return this;
  }

  /** How often it may be called. */
  public OperationBuilder limit(RateLimit rate) {
    limit = rate;
    return this;
  }

  /** Fields to filter by. */
  public OperationBuilder filter(Filterable... fields) {
    filters = List.of(fields);
    return this;
  }

  /** A field the filter must name. */
  public OperationBuilder filterRequired(String field) {
    filterRequired = Optional.of(field);
    return this;
  }

  /** Fields to sort by; the first, ascending, is the default. */
  public OperationBuilder sort(Sortable... fields) {
    sorts = List.of(fields);
    return this;
  }

  /** The order when none is asked for; its field need not be one that can be asked for. */
  public OperationBuilder order(Sortable by, boolean descending) {
    defaultSort = Optional.of(new Operation.Sort(by, descending));
    return this;
  }

  /** Relations that can be included. */
  public OperationBuilder include(String... relations) {
    includes = List.of(relations);
    return this;
  }

  /** Costly attributes that can be asked for. */
  public OperationBuilder additional(String ofType, String... attributes) {
    for (var attribute : attributes) {
      additional.add(new Operation.Additional(ofType, attribute));
    }
    return this;
  }

  /** A lower limit when an include or additional attribute of this name is asked for. */
  public OperationBuilder lowered(String name, RateLimit rate) {
    lowered.put(name, rate);
    return this;
  }

  /** Pages by cursor and size. */
  public OperationBuilder page(int preset, int max) {
    paging = new Paging.Sized(preset, max);
    return this;
  }

  /** Pages by cursor only. */
  public OperationBuilder pageOf(int size) {
    paging = new Paging.Fixed(size);
    return this;
  }

  /** Pages by an attribute {@code page_cursor} of the body. */
  public OperationBuilder pageInBody() {
    paging = new Paging.InBody();
    return this;
  }

  /** Parameters that only this operation has. */
  public OperationBuilder parameters(Parameter... all) {
    parameters = List.of(all);
    return this;
  }

  /** The body it takes. */
  public OperationBuilder body(Schema.Struct schema) {
    body = Optional.of(schema);
    return this;
  }

  /** The body it takes. */
  public OperationBuilder body(Body resource) {
    return body(resource.document());
  }

  /** A multipart body, described by its parts. */
  public OperationBuilder multipart(Schema.Struct parts) {
    multipart = true;
    return body(parts);
  }

  /** What it may bring about outside of this server. */
  public OperationBuilder effect(Operation.Effect effect) {
    effects = Set.of(effect);
    return this;
  }

  /** Answers 201 for new and 200 for known resources. */
  public OperationBuilder upserts() {
    shape = new Shape.Upserted();
    return this;
  }

  /** Takes no {@code fields} parameters although it answers a resource. */
  public OperationBuilder withoutFields() {
    sparse = Optional.of(false);
    return this;
  }

  /** Ends the declaration with the code that answers. */
  public Operation to(Function<Request, Reply> handler) {
    return new Operation(
        id,
        aliases,
        method,
        path,
        summary,
        group,
        scopes,
        limit,
        type,
        filters,
        sorts,
        defaultSort.orElseGet(
            () -> new Operation.Sort(sorts.isEmpty() ? BY_ID : sorts.getFirst(), false)),
        filterRequired,
        includes,
        sparse.orElse(shape.hasResource()) ? sparse() : List.of(),
        List.copyOf(additional),
        Map.copyOf(lowered),
        paging,
        parameters,
        body,
        multipart,
        effects,
        shape,
        handler);
  }

  private List<Operation.Sparse> sparse() {
    var all = new ArrayList<Operation.Sparse>();
    all.add(new Operation.Sparse(type.name(), FieldPaths.of(type)));
    for (var name : includes) {
      var relation = type.relation(name).orElseThrow(() -> undeclared(name));
      var included = relation.included().orElseThrow(() -> undeclared(name)).type().get();
      if (all.stream().noneMatch(one -> one.type().equals(included.name()))) {
        all.add(new Operation.Sparse(included.name(), FieldPaths.of(included)));
      }
    }
    return all;
  }

  private IllegalStateException undeclared(String relation) {
    return new IllegalStateException(id + ": " + relation + " cannot be included");
  }
}
