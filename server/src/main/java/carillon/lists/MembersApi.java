package carillon.lists;

import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Member;
import carillon.profiles.MemberSearch;
import carillon.profiles.Profiles;
import java.util.stream.Stream;

/** The operations on the members of a list. */
final class MembersApi {

  private static final String IDS = "/api/lists/{id}/relationships/profiles";
  private final Database db;
  private final Lists lists;
  private final Profiles profiles;

  MembersApi(Database db, Lists lists, Profiles profiles) {
    this.db = db;
    this.lists = lists;
    this.profiles = profiles;
  }

  Stream<Operation> operations() {
    return Stream.of(
        reading(
                Member.TYPE.list(
                    "get_profiles_for_list",
                    "/api/lists/{id}/profiles",
                    "List the profiles on a list"))
            .aliases("get_list_profiles")
            .additional("profile", "subscriptions", "predictive_analytics")
            .lowered("predictive_analytics", M)
            .to(this::profiles),
        reading(
                Member.TYPE.linkages(
                    "get_profile_ids_for_list", IDS, "List the ids of the profiles on a list"))
            .aliases("get_list_relationships_profiles")
            .to(this::ids),
        changing(
                Member.TYPE.relate(
                    Http.POST, "add_profiles_to_list", IDS, "Add profiles to a list"))
            .aliases(
                "create_list_relationships",
                "create_list_relationships_profile",
                "create_list_relationships_profiles")
            .to(this::add),
        changing(
                Member.TYPE.relate(
                    Http.DELETE, "remove_profiles_from_list", IDS, "Remove profiles from a list"))
            .aliases("delete_list_relationships", "delete_list_relationships_profiles")
            .to(this::remove));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation
        .group("Lists")
        .scopes("lists:read", "profiles:read")
        .limit(L)
        .filter(MemberSearch.FILTERS.toArray(Filterable[]::new))
        .sort(MemberSearch.BY_JOINING)
        .page(20, 100);
  }

  private static OperationBuilder changing(OperationBuilder operation) {
    return operation.group("Lists").scopes("lists:write", "profiles:write").limit(M);
  }

  private Reply profiles(Request request) {
    lists.check(request.account(), request.id());
    var page = lists.members().page(request.account(), request.id(), request.select());
    return Reply.rows(Member.told(profiles, request.account(), page, request.select()));
  }

  private Reply ids(Request request) {
    lists.check(request.account(), request.id());
    return new Reply.Ids(lists.members().ids(request.account(), request.id(), request.select()));
  }

  private Reply add(Request request) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          refuseUnknown(tx, request);
          lists.add(tx, request.account(), request.id(), request.linkages(), true);
        });
    return Reply.nothing();
  }

  private Reply remove(Request request) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          refuseUnknown(tx, request);
          lists.remove(tx, request.account(), request.id(), request.linkages());
        });
    return Reply.nothing();
  }

  /** Refuses the whole call when the list or one of the profiles is not there. */
  private void refuseUnknown(Tx tx, Request request) {
    ListStore.hold(tx, request.account(), request.id());
    var known = profiles.existing(tx, request.account(), request.linkages());
    for (var profile : request.linkages()) {
      if (!known.contains(profile)) {
        throw ApiError.missing("A", "profile", profile);
      }
    }
  }
}
