package carillon.client;

import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.XL;

import carillon.accounts.Accounts;
import carillon.events.ClientEvents;
import carillon.events.Events;
import carillon.events.NewEvent;
import carillon.events.NewEvent.Subject;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.profiles.Identities;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The operations by which browsers and apps say what somebody does and who it is. */
public final class ClientApi {

  private static final ResourceType<String> EVENT = type("event");
  private static final ResourceType<String> EVENTS = type("event-bulk-create");
  private static final ResourceType<String> PROFILE = type("profile");

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Events events;
  private final Identities identities;

  public ClientApi(
      Database db, Clock clock, Accounts accounts, Events events, Identities identities) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.events = events;
    this.identities = identities;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        EVENT
            .accept("create_client_event", "/client/events", "Record what somebody did")
            .group("Client")
            .scopes("events:write")
            .limit(XL)
            .body(ClientEvents.ONE)
            .to(request -> record(request, ClientEvents.one(request, clock, currency(request)))),
        EVENTS
            .accept(
                "bulk_create_client_events",
                "/client/event-bulk-create",
                "Record what somebody did, many events at once")
            .group("Client")
            .aliases("create_client_event_bulk_create")
            .scopes("events:write")
            .limit(M)
            .body(ClientEvents.MANY)
            .to(request -> record(request, ClientEvents.many(request, clock, currency(request)))),
        PROFILE
            .accept(
                "create_client_profile", "/client/profiles", "Say who somebody is and what of them")
            .group("Client")
            .scopes("profiles:write")
            .limit(XL)
            .body(Schema.struct("profile", ProfileFields.subjectOfMany().as("data").required()))
            .to(this::profile));
  }

  private static ResourceType<String> type(String name) {
    return ResourceType.of(name, name + "s", id -> id, List.of());
  }

  private String currency(Request request) {
    return accounts.get(request.account()).currency();
  }

  /** Events of nobody are dropped without a word: to tell would tell who is there. */
  private Reply record(Request request, List<NewEvent> all) {
    var subject = all.getFirst().subject();
    if (!(subject instanceof Subject.Described(var part)) || isSomebody(request, part)) {
      events.record(request.account(), all);
    }
    return Reply.nothing();
  }

  private Reply profile(Request request) {
    ProfilePart.fault(request.data(), "/data")
        .ifPresent(fault -> {
          throw new ApiError(List.of(fault));
        });
    var part = ProfilePart.read(request.data()).asClaim();
    if (isSomebody(request, part)) {
      db.transact(Repeat.SAFE, tx -> identities.resolve(tx, request.account(), List.of(part)));
    }
    return Reply.nothing();
  }

  private boolean isSomebody(Request request, ProfilePart part) {
    return !part.isReferenceOnly() || identities.owner(db, request.account(), part).isPresent();
  }
}
