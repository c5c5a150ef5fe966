package carillon.jsonapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** An invented feature, kept in memory, that uses every form an operation can take. */
final class Harbour {

  static final ResourceType<Ship.Port> PORT =
      ResourceType.of(
          "port",
          "ports",
          Ship.Port::id,
          List.of(Attribute.of(Schema.text().as("name"), Ship.Port::name)));
  static final ResourceType<Ship.Sailor> SAILOR =
      ResourceType.of(
              "sailor",
              "sailors",
              Ship.Sailor::id,
              List.of(
                  Attribute.of(Schema.text().as("name"), Ship.Sailor::name),
                  Attribute.<Ship.Sailor>of(Schema.text().as("diary"), _ -> "wet").onlyWhenAsked()))
          .with(List.of(Relation.one("ship", "ship")));

  final Map<String, Ship> ships = new TreeMap<>();
  final Map<String, Ship.Port> ports = new TreeMap<>();
  final Map<String, Ship.Sailor> sailors = new TreeMap<>();
  final List<ObjectNode> logs = new ArrayList<>();
  final List<Select> selects = new ArrayList<>();
  private final ResourceType<Ship> ship = shipType();

  Harbour() {
    ports.put("P1", new Ship.Port("P1", "Bristol"));
    ports.put("P2", new Ship.Port("P2", "Genoa"));
  }

  Ship add(String id, String values, String port, String... crew) {
    var row = new Ship(id, (ObjectNode) Json.read(values), port, List.of(crew));
    for (var sailor : crew) {
      sailors.put(sailor, new Ship.Sailor(sailor, "Sailor " + sailor, id));
    }
    ships.put(id, row);
    return row;
  }

  /** Ships and logs are as before when the work is done. */
  Reply tryOut(Supplier<Reply> work) {
    var shipsBefore = Map.copyOf(ships);
    var logsBefore = List.copyOf(logs);
    try {
      return work.get();
    } finally {
      ships.clear();
      ships.putAll(shipsBefore);
      logs.clear();
      logs.addAll(logsBefore);
    }
  }

  private ResourceType<Ship> shipType() {
    var attributes = new ArrayList<Attribute<Ship>>();
    for (var field : Ship.PLAIN) {
      attributes.add(Attribute.of(field, row -> row.values().get(field.name())));
    }
    attributes.add(Attribute.of(Ship.LAUNCHED, Ship::launched));
    attributes.add(
        Attribute.<Ship>of(Schema.whole().as("valuation"), row -> row.name().length())
            .onlyWhenAsked());
    return ResourceType.of("ship", "ships", Ship::id, attributes)
        .with(
            List.of(
                Relation.<Ship>one("port", "port")
                    .inlined(row -> row.port().isEmpty() ? List.of() : List.of(row.port()))
                    .includable(() -> PORT, this::portsOf),
                Relation.<Ship>many("crew", "sailor").includable(() -> SAILOR, this::crewOf),
                Relation.<Ship>many("errors", "error").relatedOnly(),
                Relation.<Ship>many("topics", "topic")
                    .inlined(_ -> List.of("t1", "t2"))
                    .withoutLinks()));
  }

  private Map<String, List<Ship.Port>> portsOf(Caller caller, Collection<Ship> rows, Select asked) {
    var found = new HashMap<String, List<Ship.Port>>();
    rows.stream()
        .filter(row -> ports.containsKey(row.port()))
        .forEach(row -> found.put(row.id(), List.of(ports.get(row.port()))));
    return found;
  }

  private Map<String, List<Ship.Sailor>> crewOf(Caller who, Collection<Ship> rows, Select asked) {
    var found = new HashMap<String, List<Ship.Sailor>>();
    rows.forEach(row -> found.put(row.id(), row.crew().stream().map(sailors::get).toList()));
    return found;
  }

  List<Operation> operations() {
    var all = new ArrayList<>(shipOperations());
    all.addAll(relationOperations());
    all.addAll(jobOperations());
    return all;
  }

  private List<Operation> shipOperations() {
    return List.of(
        ship.list("get_ships", "/api/ships", "List ships")
            .group("Ships")
            .scopes("ships:read")
            .limit(RateLimit.L)
            .filter(filters())
            .sort(Sortable.text("name", "name"), Sortable.moment("launched", "l").canBeNull())
            .order(Sortable.text("id", "id"), false)
            .include("port", "crew")
            .additional("ship", "valuation")
            .additional("sailor", "diary")
            .lowered("valuation", RateLimit.M)
            .lowered("crew", RateLimit.XS)
            .page(3, 10)
            .to(this::list),
        ship.create("create_ship", "/api/ships", "Build a ship")
            .group("Ships")
            .scopes("ships:read", "ships:write")
            .body(
                body()
                    .relationships(Body.oneOrNull("port", "port"), Body.many("crew", "sailor", 2)))
            .to(this::create),
        ship.get("get_ship", "/api/ships/{id}", "Get a ship")
            .group("Ships")
            .aliases("read_ship")
            .scopes("ships:read")
            .include("port", "crew")
            .lowered("crew", RateLimit.XS)
            .to(request -> Reply.row(find(request))),
        ship.update("update_ship", "/api/ships/{id}", "Change a ship")
            .scopes("ships:write")
            .body(Body.of("ship").id().attributes(optional()))
            .to(this::update),
        ship.delete("delete_ship", "/api/ships/{id}", "Sink a ship")
            .scopes("ships:write")
            .to(request -> {
              ships.remove(find(request).id());
              return Reply.nothing();
            }));
  }

  private List<Operation> relationOperations() {
    return List.of(
        SAILOR
            .list("get_crew_for_ship", "/api/ships/{id}/crew", "List a crew")
            .scopes("ships:read")
            .pageOf(2)
            .to(request -> new Reply.Rows(page(crew(request), request, Ship.Sailor::id))),
        SAILOR
            .linkages("get_crew_ids_for_ship", "/api/ships/{id}/relationships/crew", "Crew ids")
            .scopes("ships:read")
            .page(2, 5)
            .to(request -> new Reply.Ids(page(find(request).crew(), request, id -> id))),
        crewChange(
            Http.POST,
            "add_crew",
            (old, given) -> {
              var all = new ArrayList<>(old);
              all.addAll(given);
              return all;
            }),
        crewChange(Http.PATCH, "replace_crew", (_, given) -> given),
        crewChange(
            Http.DELETE,
            "remove_crew",
            (old, given) -> old.stream().filter(one -> !given.contains(one)).toList()),
        PORT.get("get_port_for_ship", "/api/ships/{id}/port", "Get the home port")
            .scopes("ships:read")
            .to(request -> Reply.rowOrNull(Optional.ofNullable(ports.get(find(request).port())))),
        PORT.linkage("get_port_id_for_ship", "/api/ships/{id}/relationships/port", "Port id")
            .scopes("ships:read")
            .to(request ->
                new Reply.Id(Optional.of(find(request).port()).filter(id -> !id.isEmpty()))),
        PORT.change("set_port", "/api/ships/{id}/relationships/port", "Move a ship")
            .scopes("ships:write")
            .body(Schema.struct("port", Body.identifier("port").as("data").required().nullable()))
            .to(request -> {
              var old = find(request);
              var port = request.linkage().orElse("");
              ships.put(old.id(), new Ship(old.id(), old.values(), port, old.crew()));
              return Reply.nothing();
            }),
        PORT.list("get_ports", "/api/ports", "List ports")
            .scopes("ports:read")
            .to(_ -> Reply.rows(List.copyOf(ports.values()))),
        SAILOR
            .list("get_sailors", "/api/sailors", "List sailors")
            .scopes("ships:read")
            .filter(Filterable.text("ship.id", "ship", Op.EQUALS))
            .filterRequired("ship.id")
            .to(_ -> Reply.rows(List.copyOf(sailors.values()))));
  }

  private List<Operation> jobOperations() {
    var log = Body.of("log").attributes(Schema.text().as("text").required());
    return List.of(
        ship.start("inspect_ship", "/api/ship-inspection-jobs", "Inspect a ship")
            .scopes("ships:write")
            .body(Body.of("ship").id())
            .to(request -> Reply.row(find(request.bodyId().orElseThrow()))),
        ship.start("tow_ship", "/api/ship-towing", "Fetch a ship")
            .scopes("ships:write")
            .effect(Operation.Effect.FETCHES)
            .body(Body.of("ship").id())
            .to(request -> Reply.row(find(request.bodyId().orElseThrow()))),
        ship.accept("hail_ships", "/api/hails", "Call everybody")
            .scopes("ships:write")
            .effect(Operation.Effect.REACHES_PEOPLE)
            .body(log)
            .to(this::log),
        ship.accept("log_ship", "/api/ship-logs", "Write the log")
            .scopes("ships:write")
            .limit(RateLimit.XL)
            .body(log)
            .to(this::log),
        ship.create("import_ship", "/api/ship-import", "Create or change a ship")
            .upserts()
            .scopes("ships:write")
            .body(Body.of("ship").optionalId().attributes(Ship.NAME))
            .to(request ->
                ships.containsKey(request.bodyId().orElse(""))
                    ? new Reply.Existing(find(request.bodyId().get()))
                    : create(request)),
        ship.create("paint_ship", "/api/ship-photos", "Upload a photo")
            .scopes("ships:write")
            .multipart(Schema.struct("photo", Schema.text().as("file").required()))
            .to(request ->
                Reply.row(add("PHOTO", "{\"name\":\"" + request.raw().body().length + "\"}", ""))),
        ship.query("report_ships", "/api/ship-reports", "Report")
            .scopes("ships:read")
            .limit(RateLimit.REPORT)
            .body(log)
            .to(_ -> Reply.row(ships.values().iterator().next())),
        ship.get("get_wreck", "/api/wrecks", "Break")
            .scopes("ships:read")
            .to(_ -> {
              throw new IllegalStateException("secret of the deep");
            }),
        ship.accept("sight_ship", "/client/sightings", "Report a ship seen")
            .body(log)
            .to(this::log));
  }

  private Reply log(Request request) {
    logs.add(request.document());
    return Reply.nothing();
  }

  private Operation crewChange(
      Http method, String id, BiFunction<List<String>, List<String>, List<String>> change) {
    return SAILOR
        .relate(method, id, "/api/ships/{id}/relationships/crew", "Change a crew")
        .scopes("ships:write")
        .to(request -> {
          var old = find(request);
          var crew = change.apply(old.crew(), request.linkages());
          ships.put(old.id(), new Ship(old.id(), old.values(), old.port(), crew));
          return Reply.nothing();
        });
  }

  private static Filterable[] filters() {
    return new Filterable[] {
      Filterable.text("id", "id").list(Op.ANY),
      Filterable.text("name", "n", Op.CONTAINS, Op.EQUALS).list(Op.ANY),
      Filterable.text("rig", "r", Op.EQUALS).words("sloop", "brig"),
      Filterable.of("tonnage", Filterable.Kind.WHOLE, "t", Op.RANGE),
      Filterable.of("speed", Filterable.Kind.NUMBER, "s", Op.EQUALS),
      Filterable.of("afloat", Filterable.Kind.BOOLEAN, "a", Op.EQUALS),
      Filterable.moment("launched", "l", Op.RANGE),
      Filterable.of("port", Filterable.Kind.PRESENCE, "p"),
      Filterable.text("position.sea.name", "x", Op.EQUALS)
    };
  }

  private static Body body() {
    var fields = new ArrayList<Field<?>>(Ship.PLAIN);
    fields.add(Ship.LAUNCHED);
    return Body.of("ship").optionalId().attributes(fields.toArray(Field<?>[]::new));
  }

  private static Field<?>[] optional() {
    var fields = new ArrayList<Field<?>>(Ship.PLAIN);
    fields.set(0, Ship.NAME.optional());
    return fields.toArray(Field<?>[]::new);
  }

  private Reply list(Request request) {
    selects.add(request.select());
    var rows = new ArrayList<>(ships.values());
    rows.sort(ShipQuery.order(request.select()));
    rows.removeIf(row -> !ShipQuery.holds(request.select().filter(), row));
    return new Reply.Rows(page(rows, request, Ship::id));
  }

  private Reply create(Request request) {
    var id = request.bodyId().orElse("S" + (ships.size() + 1));
    var crew = request.relatedMany("crew").orElse(List.of());
    var values = request.attributes().node();
    ships.put(id, new Ship(id, values, request.related("port").orElse(""), crew));
    return Reply.row(ships.get(id));
  }

  private Reply update(Request request) {
    var row = find(request);
    for (var field : Ship.PLAIN) {
      if (request.has(field)) {
        row.values().set(field.name(), request.attributes().node().get(field.name()));
      }
    }
    return Reply.row(row);
  }

  private Ship find(Request request) {
    return find(request.id());
  }

  private Ship find(String id) {
    return Optional.ofNullable(ships.get(id)).orElseThrow(() -> ApiError.missing("A", "ship", id));
  }

  private List<Ship.Sailor> crew(Request request) {
    return find(request).crew().stream().map(sailors::get).toList();
  }

  /** A page of rows that are already in order. */
  private static <T> Slice<T> page(
      List<T> rows, Request request, java.util.function.Function<T, String> id) {
    var byId = new LinkedHashMap<String, Integer>();
    rows.forEach(row -> byId.put(id.apply(row), byId.size()));
    var size = request.select().size();
    var from =
        request
            .select()
            .cursor()
            .map(cursor ->
                byId.get(cursor.id())
                    + (cursor.forward() ? 1 : -Math.min(size, byId.get(cursor.id()))))
            .orElse(0);
    var page = rows.subList(from, Math.min(rows.size(), from + size));
    return new Slice<>(
        page,
        from + size < rows.size()
            ? Optional.of(new Cursor(true, Optional.empty(), id.apply(page.getLast())))
            : Optional.empty(),
        from > 0 && !page.isEmpty()
            ? Optional.of(new Cursor(false, Optional.empty(), id.apply(page.getFirst())))
            : Optional.empty());
  }
}
