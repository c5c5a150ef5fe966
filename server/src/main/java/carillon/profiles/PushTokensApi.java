package carillon.profiles;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.S;
import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.platform.db.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operations on push tokens. */
public final class PushTokensApi {

  private static final String PATH = "/api/push-tokens";

  private final Database db;
  private final Clock clock;
  private final Profiles profiles;
  private final Identities identities;
  private final PushTokens tokens;
  private final ResourceType<PushToken> type;

  public PushTokensApi(
      Database db, Clock clock, Profiles profiles, Identities identities, PushTokens tokens) {
    this.db = db;
    this.clock = clock;
    this.profiles = profiles;
    this.identities = identities;
    this.tokens = tokens;
    this.type =
        Related.PUSH_TOKEN.with(
            List.of(
                Relation.<PushToken>one("profile", "profile")
                    .includable(
                        Profiles.TYPE::plain,
                        (caller, rows, _) -> owners(caller.account(), rows))));
  }

  public Stream<Operation> operations() {
    return Stream.of(
        reading(type.list("get_push_tokens", PATH, "List the push tokens"))
            .filter(
                Filterable.text("id", "t.id", EQUALS),
                Filterable.text("profile.id", "t.profile_id", EQUALS),
                Filterable.text("enablement_status", "t.enablement_status", EQUALS)
                    .words("AUTHORIZED", "UNAUTHORIZED", "DENIED", "PROVISIONAL", "NOT_DETERMINED"),
                Filterable.text("platform", "t.platform", EQUALS).words("ios", "android"))
            .include("profile")
            .page(20, 100)
            .to(request -> Reply.rows(tokens.page(request.account(), request.select()))),
        create(),
        reading(type.get("get_push_token", PATH + "/{id}", "Get a push token"))
            .include("profile")
            .to(request -> Reply.row(tokens.get(request.account(), request.id()))),
        type.delete("delete_push_token", PATH + "/{id}", "Delete a push token")
            .group("Profiles")
            .scopes("push-tokens:write")
            .limit(S)
            .to(request -> {
              tokens.delete(request.account(), request.id());
              return Reply.nothing();
            }),
        profileOfToken(),
        reading(
                Profiles.TYPE.linkage(
                    "get_profile_id_for_push_token",
                    PATH + "/{id}/relationships/profile",
                    "Get the id of the profile of a push token"))
            .aliases("get_push_token_relationships_profile")
            .to(request -> Reply.id(owner(request))),
        ofProfile(
                Related.PUSH_TOKEN.list(
                    "get_push_tokens_for_profile",
                    "/api/profiles/{id}/push-tokens",
                    "List the push tokens of a profile"))
            .aliases("get_profile_push_tokens")
            .to(request -> Reply.rows(tokensOf(request))),
        ofProfile(
                Related.PUSH_TOKEN.linkages(
                    "get_push_token_ids_for_profile",
                    "/api/profiles/{id}/relationships/push-tokens",
                    "List the ids of the push tokens of a profile"))
            .aliases("get_profile_relationships_push_tokens")
            .to(request -> Reply.ids(tokensOf(request).stream().map(PushToken::id).toList())));
  }

  private Operation create() {
    return type.accept("create_push_token", PATH, "Register a push token for a profile")
        .group("Profiles")
        .scopes("profiles:write", "push-tokens:write")
        .limit(L)
        .body(
            Body.of("push-token")
                .attributes(PushTokenFields.attributes(ProfileFields.subjectOfToken())))
        .to(this::register);
  }

  private Reply register(Request request) {
    var resource = request.attributes().in("profile").in("data");
    ProfilePart.fault(resource, "/data/attributes/profile/data")
        .ifPresent(fault -> {
          throw new ApiError(List.of(fault));
        });
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          var part = ProfilePart.read(resource);
          var profile =
              identities
                  .resolve(tx, request.account(), List.of(part), Identities.Known.REPLACED)
                  .getFirst()
                  .profileId()
                  .orElseThrow(() -> Profiles.missing(part.id().or(part::kx).orElseThrow()));
          var token = PushToken.of(profile, request.attributes(), clock.instant());
          tokens.register(tx, request.account(), List.of(token));
        });
    return Reply.nothing();
  }

  private Operation profileOfToken() {
    return reading(
            Profiles.TYPE.get(
                "get_profile_for_push_token",
                PATH + "/{id}/profile",
                "Get the profile of a push token"))
        .aliases("get_push_token_profile")
        .additional("profile", "subscriptions", "predictive_analytics")
        .to(request -> {
          var profile = profiles.get(request.account(), owner(request));
          return Reply.row(
              profiles.told(request.account(), List.of(profile), request.select()).getFirst());
        });
  }

  private Map<String, List<Profile>> owners(String account, Collection<PushToken> rows) {
    var found = profiles.get(account, rows.stream().map(PushToken::profileId).toList());
    return rows.stream()
        .filter(row -> found.containsKey(row.profileId()))
        .collect(toMap(PushToken::id, row -> List.of(found.get(row.profileId()))));
  }

  private String owner(Request request) {
    return tokens.get(request.account(), request.id()).profileId();
  }

  private List<PushToken> tokensOf(Request request) {
    var profile = profiles.get(request.account(), request.id()).id();
    return tokens.of(request.account(), List.of(profile)).getOrDefault(profile, List.of());
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Profiles").scopes("profiles:read", "push-tokens:read").limit(M);
  }

  private static OperationBuilder ofProfile(OperationBuilder operation) {
    return operation.group("Profiles").scopes("profiles:read").limit(M);
  }
}
