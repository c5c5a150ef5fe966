package carillon.lists;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The operations on the members of a list. */
final class MembersApi {

  private static final String IDS = "/api/lists/{id}/relationships/profiles";
  private static final ResourceType<Member> MEMBER =
      Profiles.type(
          Member::profile,
          List.of(
              Attribute.of(Schema.moment().as("joined_group_at").required(), Member::joinedAt)));

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
                MEMBER.list(
                    "get_profiles_for_list",
                    "/api/lists/{id}/profiles",
                    "List the profiles on a list"))
            .aliases("get_list_profiles")
            .additional("profile", "subscriptions", "predictive_analytics")
            .lowered("predictive_analytics", M)
            .to(this::profiles),
        reading(
                MEMBER.linkages(
                    "get_profile_ids_for_list", IDS, "List the ids of the profiles on a list"))
            .aliases("get_list_relationships_profiles")
            .to(this::ids),
        changing(MEMBER.relate(Http.POST, "add_profiles_to_list", IDS, "Add profiles to a list"))
            .aliases(
                "create_list_relationships",
                "create_list_relationships_profile",
                "create_list_relationships_profiles")
            .to(this::add),
        changing(
                MEMBER.relate(
                    Http.DELETE, "remove_profiles_from_list", IDS, "Remove profiles from a list"))
            .aliases("delete_list_relationships", "delete_list_relationships_profiles")
            .to(this::remove));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation
        .group("Lists")
        .scopes("lists:read", "profiles:read")
        .limit(L)
        .filter(
            Filterable.text("email", "email").list(ANY, EQUALS),
            Filterable.text("phone_number", "phone_number").list(ANY, EQUALS),
            Filterable.text("push_token", "push_token").list(ANY, EQUALS),
            Filterable.text("_kx", "_kx", EQUALS),
            Filterable.moment(
                "joined_group_at",
                "m.joined_at",
                GREATER_OR_EQUAL,
                GREATER_THAN,
                LESS_OR_EQUAL,
                LESS_THAN))
        .sort(Sortable.moment("joined_group_at", "m.joined_at"))
        .page(20, 100);
  }

  private static OperationBuilder changing(OperationBuilder operation) {
    return operation.group("Lists").scopes("lists:write", "profiles:write").limit(M);
  }

  private Reply profiles(Request request) {
    lists.check(request.account(), request.id());
    return Reply.rows(
        told(request, lists.members().page(request.account(), request.id(), request.select())));
  }

  private Slice<Member> told(Request request, Slice<Member> page) {
    var found = page.rows().stream().map(Member::profile).toList();
    var told = profiles.told(request.account(), found, request.select());
    var members = new ArrayList<Member>(told.size());
    for (int i = 0; i < told.size(); i++) {
      members.add(page.rows().get(i).with(told.get(i)));
    }
    return new Slice<>(members, page.next(), page.prev());
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
