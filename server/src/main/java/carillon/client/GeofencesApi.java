package carillon.client;

import static carillon.jsonapi.Op.EQUALS;

import carillon.client.Geofence.Place;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Cursor;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Filterable.Kind;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Parameter;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Geofences for apps to read, and our own operations for the shop to set them. */
public final class GeofencesApi {

  private static final String PATH = "/carillon/geofences";
  private static final double LARGEST_RADIUS = 100_000;

  private static final Field<String> ID =
      Schema.text().matching("[A-Za-z0-9_-]{1,64}").as("id").nullable();
  private static final Field<BigDecimal> LATITUDE = number("latitude");
  private static final Field<BigDecimal> LONGITUDE = number("longitude");
  private static final Field<BigDecimal> RADIUS = number("radius");

  private static final ResourceType<Geofence> FENCE =
      ResourceType.of(
          "geofence",
          "geofences",
          Geofence::id,
          List.of(
              Attribute.of(LATITUDE, Geofence::latitude),
              Attribute.of(LONGITUDE, Geofence::longitude),
              Attribute.of(RADIUS, Geofence::radius)));

  /** Where somebody is stands in a header, because addresses are written into logs on the way. */
  private static final Parameter WHERE = Parameter.header("X-Klaviyo-API-Filters");

  private static final Filterable LAT = Filterable.of("lat", Kind.NUMBER, "", EQUALS);
  private static final Filterable LNG = Filterable.of("lng", Kind.NUMBER, "", EQUALS);

  private final GeofenceStore fences;
  private final Ids ids;

  public GeofencesApi(Database db, Clock clock, Ids ids) {
    this.fences = new GeofenceStore(db, clock);
    this.ids = ids;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        FENCE
            .list(
                "get_client_geofences",
                "/client/geofences",
                "List the geofences, the nearest first when it is told where one is")
            .group("Client")
            .limit(RateLimit.S)
            .parameters(WHERE)
            .page(20, 100)
            .to(request -> Reply.rows(page(request, ordered(request)))),
        FENCE
            .list("get_geofences", PATH, "List the geofences")
            .group("Carillon")
            .scopes(Caller.EVERYTHING)
            .limit(RateLimit.S)
            .page(20, 100)
            .to(request -> Reply.rows(page(request, fences.all(request.account())))),
        FENCE
            .create("put_geofence", PATH, "Make a geofence, or put another in its place")
            .upserts()
            .group("Carillon")
            .scopes(Caller.EVERYTHING)
            .limit(RateLimit.M)
            .body(Body.of("geofence").member(ID).attributes(LATITUDE, LONGITUDE, RADIUS))
            .to(this::put),
        FENCE
            .delete("delete_geofence", PATH + "/{id}", "Delete a geofence")
            .group("Carillon")
            .scopes(Caller.EVERYTHING)
            .limit(RateLimit.M)
            .to(this::delete));
  }

  private static Field<BigDecimal> number(String name) {
    return Schema.decimal().as(name).required();
  }

  private List<Geofence> ordered(Request request) {
    var all = fences.all(request.account());
    return place(request)
        .map(place ->
            all.stream()
                .sorted(
                    Comparator.<Geofence>comparingDouble(fence -> fence.distance(place))
                        .thenComparing(Geofence::id))
                .toList())
        .orElse(all);
  }

  private static Optional<Place> place(Request request) {
    return request
        .parameter(WHERE)
        .filter(text -> !text.isBlank())
        .map(text -> {
          var faults = new ArrayList<Fault>();
          var filter = Filter.read(text, List.of(LAT, LNG), "", faults);
          if (!faults.isEmpty()) {
            throw wrong(faults.getFirst().detail());
          }
          var place = new Place(only(filter, LAT), only(filter, LNG));
          if (!place.isOnEarth()) {
            throw wrong("There is no such place: lat goes from -90 to 90, lng from -180 to 180.");
          }
          return place;
        });
  }

  private static double only(Filter filter, Filterable field) {
    var values = filter.valuesOf(field.name());
    if (values.size() != 1) {
      throw wrong("A place needs lat and lng, each once.");
    }
    return ((BigDecimal) values.getFirst()).doubleValue();
  }

  private static ApiError wrong(String detail) {
    return ApiError.parameter(WHERE.name(), detail);
  }

  /** A page after or before the geofence a cursor names; it says nothing of where somebody is. */
  private static Slice<Geofence> page(Request request, List<Geofence> all) {
    var size = request.select().size();
    var cursor = request.select().cursor();
    var at = cursor.map(one -> index(all, one.id())).orElse(-1);
    var forward = cursor.map(Cursor::forward).orElse(true);
    var from = forward ? at + 1 : Math.max(0, at - size);
    var to = forward ? Math.min(all.size(), from + size) : Math.max(0, at);
    var rows = all.subList(from, to);
    return new Slice<>(
        rows,
        to < all.size() && !rows.isEmpty()
            ? Optional.of(new Cursor(true, Optional.empty(), rows.getLast().id()))
            : Optional.empty(),
        from > 0 && !rows.isEmpty()
            ? Optional.of(new Cursor(false, Optional.empty(), rows.getFirst().id()))
            : Optional.empty());
  }

  private static int index(List<Geofence> all, String id) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(id)) {
        return i;
      }
    }
    throw ApiError.of(Fault.Code.INVALID, "Invalid cursor provided.");
  }

  private Reply put(Request request) {
    var fence =
        new Geofence(
            request.data().find(ID).orElseGet(ids::shortId),
            request.get(LATITUDE).doubleValue(),
            request.get(LONGITUDE).doubleValue(),
            request.get(RADIUS).doubleValue());
    if (!new Place(fence.latitude(), fence.longitude()).isOnEarth()) {
      throw ApiError.invalid(
          "/data/attributes",
          "There is no such place: latitude goes from -90 to 90, longitude from -180 to 180.");
    }
    if (!(fence.radius() > 0 && fence.radius() <= LARGEST_RADIUS)) {
      throw ApiError.invalid(
          "/data/attributes/radius", "'radius' must be above 0 and at most 100000 metres.");
    }
    return fences.put(request.account(), fence) ? Reply.row(fence) : new Reply.Existing(fence);
  }

  private Reply delete(Request request) {
    fences.delete(request.account(), request.id());
    return Reply.nothing();
  }
}
