package carillon.flows;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Operation;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What resources of a kind start.
 *
 * @param kind such as {@code list}
 * @param get finds the resource a request is about, or refuses
 * @param id of such a resource
 * @param flows what it starts
 */
public record Triggers<T, F>(
    String kind, Function<Request, T> get, Function<T, String> id, Relation.Included<T, F> flows) {

  /** The includable relation {@code flow-triggers}. */
  public Relation<T> relation() {
    return Relation.<T>many("flow-triggers", "flow").includable(flows.type(), flows.loader());
  }

  /** The two operations that tell them. */
  public Stream<Operation> operations() {
    var flow = flows.type().get();
    var path = "/api/" + kind + "s/{id}/";
    var group = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "s";
    return Stream.of(
        flow.list(
                "get_flows_triggered_by_" + kind,
                path + "flow-triggers",
                "List the flows that a " + kind + " starts")
            .group(group)
            .aliases("get_flow_triggers_for_" + kind, "get_" + kind + "_flow_triggers")
            .scopes("flows:read", kind + "s:read")
            .limit(S)
            .to(request -> Reply.rows(startedBy(request))),
        flow.linkages(
                "get_ids_for_flows_triggered_by_" + kind,
                path + "relationships/flow-triggers",
                "List the ids of the flows that a " + kind + " starts")
            .group(group)
            .aliases(
                "get_flow_trigger_ids_for_" + kind, "get_" + kind + "_relationships_flow_triggers")
            .scopes("flows:read", kind + "s:read")
            .limit(S)
            .to(request -> Reply.ids(startedBy(request).stream().map(flow.id()).toList())));
  }

  private List<F> startedBy(Request request) {
    var resource = get.apply(request);
    return flows
        .loader()
        .load(request.caller(), List.of(resource), request.select())
        .getOrDefault(id.apply(resource), List.of());
  }
}
