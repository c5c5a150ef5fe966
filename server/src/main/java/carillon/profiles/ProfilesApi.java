package carillon.profiles;

import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.XS;

import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The operations on single profiles. */
public final class ProfilesApi {

  private static final ResourceType<String> MERGED =
      ResourceType.of("profile", "profiles", (String id) -> id, List.of());

  private final Profiles profiles;
  private final ProfileSearch search;
  private final ProfileWrites writes;
  private final Merges merges;
  private final ResourceType<Profile> profile;
  private final List<String> groups;

  /**
   * The operations.
   *
   * @param groups the relations {@code lists} and {@code segments}, includable
   */
  public ProfilesApi(
      Database db,
      Profiles profiles,
      Identities identities,
      Merges merges,
      PushTokens tokens,
      List<Relation<Profile>> groups) {
    this.profiles = profiles;
    this.search = new ProfileSearch(db, identities);
    this.writes = new ProfileWrites(db, identities);
    this.merges = merges;
    this.groups = groups.stream().map(Relation::name).toList();
    this.profile =
        type(Stream.concat(groups.stream(), Stream.of(Related.pushTokens(tokens))).toList());
  }

  /** Includable relations take the place of those that can only be told. */
  private static ResourceType<Profile> type(List<Relation<Profile>> includable) {
    var relations = new ArrayList<Relation<Profile>>();
    for (var plain : Profiles.TYPE.relations()) {
      relations.add(
          includable.stream()
              .filter(one -> one.name().equals(plain.name()))
              .findFirst()
              .orElse(plain));
    }
    relations.add(Related.CONVERSATIONS);
    return Profiles.TYPE.with(relations);
  }

  public Stream<Operation> operations() {
    return Stream.of(
        reading(profile.list("get_profiles", "/api/profiles", "List the profiles"))
            .lowered("predictive_analytics", M)
            .filter(ProfileSearch.FILTERS)
            .sort(ProfileSearch.SORTS)
            .include("push-tokens", "conversation")
            .page(20, 100)
            .to(this::list),
        writing(profile.create("create_profile", "/api/profiles", "Create a profile"))
            .body(Body.of("profile").attributes(ProfileFields.attributes()))
            .to(request -> told(request, writes.create(request.account(), request.data()))),
        reading(profile.get("get_profile", "/api/profiles/{id}", "Get a profile"))
            .lowered("lists", XS)
            .lowered("segments", XS)
            .include(includes())
            .to(request -> told(request, profiles.get(request.account(), request.id()))),
        writing(profile.update("update_profile", "/api/profiles/{id}", "Change a profile"))
            .body(
                Body.of("profile")
                    .id()
                    .attributes(ProfileFields.attributes())
                    .member(ProfileFields.META))
            .to(request ->
                told(request, writes.update(request.account(), request.id(), request.data()))),
        writing(
                profile.create(
                    "create_or_update_profile",
                    "/api/profile-import",
                    "Create a profile or update the one that has the identifiers"))
            .upserts()
            .aliases("create_profile_import")
            .body(Schema.struct("profile", ProfileFields.upsert().as("data").required()))
            .to(this::upsert),
        MERGED
            .create("merge_profiles", "/api/profile-merge", "Merge a profile into another")
            .group("Profiles")
            .aliases("create_profile_merge")
            .scopes("profiles:write")
            .limit(M)
            .body(
                Body.of("profile-merge")
                    .id()
                    .requiredRelationships(
                        Schema.struct(
                                "profiles", Schema.items(Body.identifier("profile")).as("data"))
                            .as("profiles")
                            .required()))
            .to(this::merge));
  }

  private String[] includes() {
    return Stream.concat(Stream.of("push-tokens", "conversation"), groups.stream())
        .toArray(String[]::new);
  }

  private Reply list(Request request) {
    var page = search.page(request.account(), request.select());
    return Reply.rows(
        new Slice<>(
            profiles.told(request.account(), page.rows(), request.select()),
            page.next(),
            page.prev()));
  }

  private Reply upsert(Request request) {
    var written = writes.upsert(request.account(), request.data());
    var row = told(request, List.of(written.profile())).getFirst();
    return written.isNew() ? Reply.row(row) : new Reply.Existing(row);
  }

  private Reply merge(Request request) {
    var sources = request.relatedMany("profiles").orElse(List.of());
    var destination = request.bodyId().orElseThrow();
    merges.merge(request.account(), destination, sources);
    return Reply.row(destination);
  }

  private Reply told(Request request, Profile one) {
    return Reply.row(told(request, List.of(one)).getFirst());
  }

  private List<Profile> told(Request request, List<Profile> rows) {
    return profiles.told(request.account(), rows, request.select());
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return common(operation).scopes("profiles:read");
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return common(operation).scopes("profiles:write");
  }

  private static OperationBuilder common(OperationBuilder operation) {
    return operation
        .group("Profiles")
        .limit(L)
        .additional("profile", "subscriptions", "predictive_analytics");
  }
}
