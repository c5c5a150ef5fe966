package carillon.lists;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Operation;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import java.util.List;
import java.util.stream.Stream;

/** What a list starts, of a type this package does not know. */
record Triggers<F>(Lists lists, Relation.Included<MailingList, F> flows) {

  Relation<MailingList> relation() {
    return Relation.<MailingList>many("flow-triggers", "flow")
        .includable(flows.type(), flows.loader());
  }

  Stream<Operation> operations() {
    var flow = flows.type().get();
    return Stream.of(
        flow.list(
                "get_flows_triggered_by_list",
                "/api/lists/{id}/flow-triggers",
                "List the flows that a list starts")
            .group("Lists")
            .aliases("get_flow_triggers_for_list", "get_list_flow_triggers")
            .scopes("flows:read", "lists:read")
            .limit(S)
            .to(request -> Reply.rows(startedBy(request))),
        flow.linkages(
                "get_ids_for_flows_triggered_by_list",
                "/api/lists/{id}/relationships/flow-triggers",
                "List the ids of the flows that a list starts")
            .group("Lists")
            .aliases("get_flow_trigger_ids_for_list", "get_list_relationships_flow_triggers")
            .scopes("flows:read", "lists:read")
            .limit(S)
            .to(request -> Reply.ids(startedBy(request).stream().map(flow.id()).toList())));
  }

  private List<F> startedBy(Request request) {
    var list = lists.store().get(request.account(), request.id());
    return flows
        .loader()
        .load(request.caller(), List.of(list), request.select())
        .getOrDefault(list.id(), List.of());
  }
}
