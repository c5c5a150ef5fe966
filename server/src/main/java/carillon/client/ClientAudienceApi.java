package carillon.client;

import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Values;
import carillon.lists.Subscriptions;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.profiles.Identities;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import carillon.profiles.PushToken;
import carillon.profiles.PushTokenFields;
import carillon.profiles.PushTokens;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The operations by which browsers and apps subscribe people and their devices. */
public final class ClientAudienceApi {

  private static final RateLimit SUBSCRIPTIONS = new RateLimit(350, 750, 0);
  private static final RateLimit TOKENS = new RateLimit(150, 1400, 0);

  private final Database db;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final Identities identities;
  private final PushTokens tokens;

  public ClientAudienceApi(
      Database db,
      Clock clock,
      Subscriptions subscriptions,
      Identities identities,
      PushTokens tokens) {
    this.db = db;
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.identities = identities;
    this.tokens = tokens;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        type("subscription")
            .accept("create_client_subscription", "/client/subscriptions", "Subscribe to a list")
            .group("Client")
            .scopes("subscriptions:write")
            .limit(SUBSCRIPTIONS)
            .effect(Operation.Effect.REACHES_PEOPLE)
            .body(Subscriptions.CLAIM)
            .to(this::subscribe),
        type("push-token")
            .accept("create_client_push_token", "/client/push-tokens", "Register a device")
            .group("Client")
            .limit(TOKENS)
            .body(
                Body.of("push-token")
                    .attributes(PushTokenFields.attributes(ProfileFields.subjectOfToken())))
            .to(this::register),
        type("push-token-unregister")
            .accept(
                "unregister_client_push_token",
                "/client/push-token-unregister",
                "Forget a device of somebody")
            .group("Client")
            .aliases("create_client_push_token_unregister")
            .limit(M)
            .body(
                Body.of("push-token-unregister")
                    .attributes(
                        PushTokenFields.TOKEN,
                        PushTokenFields.PLATFORM,
                        PushTokenFields.VENDOR.optional().nullable(),
                        Body.nested("profile", ProfileFields.upsert()).required()))
            .to(this::unregister));
  }

  private static ResourceType<String> type(String name) {
    return ResourceType.of(name, name + "s", id -> id, List.of());
  }

  private Reply subscribe(Request request) {
    var list =
        request
            .related("list")
            .orElseThrow(
                () -> ApiError.invalid("/data/relationships/list/data", "A list is required."));
    subscriptions.claim(
        request.account(),
        list,
        request.find(Subscriptions.SOURCE).filter(source -> !source.isBlank()),
        profile(request).node());
    return Reply.nothing();
  }

  private Reply register(Request request) {
    var part = part(request);
    if (!part.isReferenceOnly() || owner(request, part)) {
      db.transact(
          Repeat.SAFE,
          tx -> {
            var account = request.account();
            var found = identities.resolve(tx, account, List.of(part)).getFirst().profileId();
            var now = clock.instant();
            tokens.register(
                tx,
                account,
                found.stream().map(id -> PushToken.of(id, request.attributes(), now)).toList());
          });
    }
    return Reply.nothing();
  }

  /** Only from who has it, and without a word of whether they had. */
  private Reply unregister(Request request) {
    var part = part(request);
    var token = request.get(PushTokenFields.TOKEN);
    db.transact(
        Repeat.SAFE,
        tx ->
            identities
                .owner(tx, request.account(), part)
                .ifPresent(id -> tokens.remove(tx, request.account(), id, List.of(token))));
    return Reply.nothing();
  }

  private boolean owner(Request request, ProfilePart part) {
    return identities.owner(db, request.account(), part).isPresent();
  }

  private static Values profile(Request request) {
    return request.attributes().in("profile").in("data");
  }

  private static ProfilePart part(Request request) {
    ProfilePart.fault(profile(request), "/data/attributes/profile/data")
        .ifPresent(fault -> {
          throw new ApiError(List.of(fault));
        });
    return ProfilePart.read(profile(request)).asClaim();
  }
}
