package carillon.events;

import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.XL;

import carillon.accounts.Accounts;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations on events. */
public final class EventsApi {

  private static final ResourceType<Profile> PROFILE = Profiles.TYPE.plain();

  private final Events events;
  private final Metrics metrics;
  private final Profiles profiles;
  private final Accounts accounts;
  private final Clock clock;
  private final ResourceType<Metric> metric;
  private final ResourceType<Event> event;

  public EventsApi(
      Events events,
      Metrics metrics,
      MetricsApi metricsApi,
      Profiles profiles,
      Accounts accounts,
      Clock clock) {
    this.events = events;
    this.metrics = metrics;
    this.profiles = profiles;
    this.accounts = accounts;
    this.clock = clock;
    this.metric = metricsApi.type();
    this.event =
        ResourceType.<Event>of(
                "event",
                "events",
                one -> one.key().id(),
                List.of(
                    Attribute.of(
                        Schema.whole().as("timestamp").nullable(),
                        one -> one.key().at().getEpochSecond()),
                    Attribute.of(
                        Schema.free().as("event_properties").nullable(), Event::allProperties),
                    Attribute.of(Schema.moment().as("datetime").nullable(), one -> one.key().at()),
                    Attribute.of(Schema.text().as("uuid").nullable(), one -> one.key().uuid())))
            .with(
                List.of(
                    Relation.<Event>one("profile", "profile")
                        .inlined(one -> List.of(one.key().profile()))
                        .includable(
                            () -> PROFILE, (caller, rows, _) -> profilesOf(caller.account(), rows)),
                    Relation.<Event>one("metric", "metric")
                        .inlined(one -> List.of(one.metric()))
                        .includable(
                            () -> metric, (caller, rows, _) -> metricsOf(caller.account(), rows)),
                    Relation.<Event>many("attributions", "attribution")
                        .includable(
                            () -> Attribution.TYPE,
                            (caller, rows, _) -> attributionsOf(caller.account(), rows))));
  }

  /** How events appear in answers. */
  public ResourceType<Event> type() {
    return event;
  }

  public Stream<Operation> operations() {
    return Stream.concat(eventOperations(), relatedOperations());
  }

  private Stream<Operation> eventOperations() {
    return Stream.of(
        reading(event.list("get_events", "/api/events", "List events, the newest first"))
            .filter(
                EventStore.METRIC_ID,
                EventStore.PROFILE_ID,
                EventStore.HAS_PROFILE,
                EventStore.HAS_METRIC,
                EventStore.DATETIME,
                EventStore.TIMESTAMP)
            .sort(EventStore.BY_DATETIME, EventStore.BY_TIMESTAMP)
            .order(EventStore.BY_DATETIME, true)
            .include("attributions", "metric", "profile")
            .page(200, 1000)
            .to(request -> Reply.rows(events.store().events(request.account(), request.select()))),
        event
            .accept("create_event", "/api/events", "Record what a person did")
            .group("Events")
            .scopes("events:write")
            .limit(XL)
            .body(EventBody.SINGLE)
            .to(this::create),
        event
            .accept("bulk_create_events", "/api/event-bulk-create-jobs", "Record many events")
            .group("Events")
            .aliases("create_event_bulk_create_job")
            .scopes("events:write")
            .limit(M)
            .body(EventBody.BULK)
            .to(this::createMany),
        reading(event.get("get_event", "/api/events/{id}", "Get an event"))
            .limit(M)
            .include("attributions", "metric", "profile")
            .to(request -> Reply.row(asked(request))));
  }

  private Reply create(Request request) {
    events.record(request.account(), List.of(EventBody.single(request, clock, currency(request))));
    return Reply.nothing();
  }

  private Reply createMany(Request request) {
    events.record(request.account(), EventBody.bulk(request, clock, currency(request)));
    return Reply.nothing();
  }

  private String currency(Request request) {
    return accounts.get(request.account()).currency();
  }

  private Stream<Operation> relatedOperations() {
    return Stream.of(
        reading(
                metric.get(
                    "get_metric_for_event",
                    "/api/events/{id}/metric",
                    "Get the metric of an event"))
            .scopes("events:read", "metrics:read")
            .aliases("get_event_metric")
            .to(request -> Reply.row(metrics.get(request.account(), asked(request).metric()))),
        reading(
                metric.linkage(
                    "get_metric_id_for_event",
                    "/api/events/{id}/relationships/metric",
                    "Get the id of the metric of an event"))
            .scopes("events:read", "metrics:read")
            .aliases("get_event_relationships_metric")
            .to(request -> Reply.id(asked(request).metric())),
        reading(
                Profiles.TYPE.get(
                    "get_profile_for_event", "/api/events/{id}/profile", "Get whose event it is"))
            .scopes("events:read", "profiles:read")
            .aliases("get_event_profile")
            .additional("profile", "subscriptions", "predictive_analytics")
            .to(request -> Reply.row(whose(request))),
        reading(
                Profiles.TYPE.linkage(
                    "get_profile_id_for_event",
                    "/api/events/{id}/relationships/profile",
                    "Get the id of whose event it is"))
            .scopes("events:read", "profiles:read")
            .aliases("get_event_relationships_profile")
            .to(request -> Reply.id(asked(request).key().profile())));
  }

  private Event asked(Request request) {
    return events.store().event(request.account(), request.id());
  }

  private Profile whose(Request request) {
    var profile = profiles.get(request.account(), asked(request).key().profile());
    return profiles.told(request.account(), List.of(profile), request.select()).getFirst();
  }

  private Map<String, List<Profile>> profilesOf(String account, Collection<Event> rows) {
    var ids = rows.stream().map(one -> one.key().profile()).distinct().toList();
    var found = profiles.get(account, ids);
    return related(rows, one -> Optional.ofNullable(found.get(one.key().profile())));
  }

  private Map<String, List<Metric>> metricsOf(String account, Collection<Event> rows) {
    var found = metrics.byIds(account, rows.stream().map(Event::metric).toList());
    return related(rows, one -> Optional.ofNullable(found.get(one.metric())));
  }

  private Map<String, List<Attribution>> attributionsOf(String account, Collection<Event> rows) {
    var found =
        events.store().attributions(account, rows.stream().map(Event::key).toList()).stream()
            .collect(Collectors.toMap(Attribution::event, one -> one));
    return related(rows, one -> Optional.ofNullable(found.get(one.key())));
  }

  private static <R> Map<String, List<R>> related(
      Collection<Event> rows, Function<Event, Optional<R>> of) {
    var all = new HashMap<String, List<R>>();
    rows.forEach(one -> all.put(one.key().id(), of.apply(one).stream().toList()));
    return all;
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Events").scopes("events:read").limit(XL);
  }
}
