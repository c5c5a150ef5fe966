package carillon.lists;

import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.platform.db.Database;
import java.util.List;
import java.util.stream.Stream;

/** The operations on the members of a list. */
final class MembersApi {

  private static final String IDS = "/api/lists/{id}/relationships/profiles";

  private final Database db;
  private final Lists lists;
  private final ResourceType<String> member =
      ResourceType.of("profile", "profiles", id -> id, List.of());

  MembersApi(Database db, Lists lists) {
    this.db = db;
    this.lists = lists;
  }

  Stream<Operation> operations() {
    return Stream.of(
        changing(member.relate(Http.POST, "add_profiles_to_list", IDS, "Add profiles to a list"))
            .aliases(
                "create_list_relationships",
                "create_list_relationships_profile",
                "create_list_relationships_profiles")
            .to(this::add),
        changing(
                member.relate(
                    Http.DELETE, "remove_profiles_from_list", IDS, "Remove profiles from a list"))
            .aliases("delete_list_relationships", "delete_list_relationships_profiles")
            .to(this::remove));
  }

  private Reply add(Request request) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          ListStore.hold(tx, request.account(), request.id());
          MemberStore.refuseUnknown(tx, request.account(), request.linkages());
          lists.add(tx, request.account(), request.id(), request.linkages(), true);
        });
    return Reply.nothing();
  }

  private Reply remove(Request request) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          ListStore.hold(tx, request.account(), request.id());
          MemberStore.refuseUnknown(tx, request.account(), request.linkages());
          lists.remove(tx, request.account(), request.id(), request.linkages());
        });
    return Reply.nothing();
  }

  private static OperationBuilder changing(OperationBuilder operation) {
    return operation.group("Lists").scopes("lists:write", "profiles:write").limit(M);
  }
}
