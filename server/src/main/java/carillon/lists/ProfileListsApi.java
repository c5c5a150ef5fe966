package carillon.lists;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.profiles.Profiles;
import java.util.List;
import java.util.stream.Stream;

/** The operations that tell the lists of a profile. */
record ProfileListsApi(Lists lists, Profiles profiles) {

  Stream<Operation> operations() {
    return Stream.of(
        declared(
                Lists.LIST.list(
                    "get_lists_for_profile",
                    "/api/profiles/{id}/lists",
                    "List the lists a profile is on"))
            .aliases("get_profile_lists")
            .to(request -> Reply.rows(listsOf(request))),
        declared(
                Lists.LIST.linkages(
                    "get_list_ids_for_profile",
                    "/api/profiles/{id}/relationships/lists",
                    "List the ids of the lists a profile is on"))
            .aliases("get_profile_relationships_lists")
            .to(request -> Reply.ids(listsOf(request).stream().map(MailingList::id).toList())));
  }

  private static OperationBuilder declared(OperationBuilder operation) {
    return operation.group("Profiles").scopes("lists:read", "profiles:read").limit(S);
  }

  private List<MailingList> listsOf(Request request) {
    var profile = profiles.get(request.account(), request.id());
    return lists
        .store()
        .listsOf(request.account(), List.of(profile.id()))
        .getOrDefault(profile.id(), List.of());
  }
}
