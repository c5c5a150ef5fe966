package carillon.mcp;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import java.util.List;
import java.util.stream.Stream;

/** The audit log as an operation of our own, in the API's manner but not among the published. */
public final class AuditApi {

  private static final String PATH = "/carillon/audit-log";

  /** Without an address of its own: calls are only listed. */
  private static final ResourceType<AuditLog.Call> CALL =
      ResourceType.of(
          "agent-call",
          "",
          AuditLog.Call::id,
          List.of(
              Attribute.of(Schema.text().as("tool"), AuditLog.Call::tool),
              Attribute.of(Schema.text().as("key_id"), AuditLog.Call::key),
              Attribute.of(Schema.text().as("key_last4"), AuditLog.Call::last4),
              Attribute.of(Schema.free().as("arguments"), AuditLog.Call::arguments),
              Attribute.of(Schema.text().as("outcome"), AuditLog.Call::outcome),
              Attribute.of(
                  Schema.items(Schema.text()).as("request_ids"), AuditLog.Call::requestIds),
              Attribute.of(Schema.moment().as("called_at"), AuditLog.Call::at)));

  private static final Filterable[] FILTERS = {
    Filterable.text("key_id", "c.key_id", EQUALS),
    Filterable.text("tool", "c.tool", EQUALS),
    Filterable.text("outcome", "c.outcome", EQUALS),
    Filterable.moment(
        "called_at", "c.called_at", GREATER_OR_EQUAL, GREATER_THAN, LESS_OR_EQUAL, LESS_THAN)
  };

  private static final Sortable CALLED = Sortable.moment("called_at", "c.called_at");

  private final AuditLog log;

  public AuditApi(AuditLog log) {
    this.log = log;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        CALL.list("get_audit_log", PATH, "List what agents did, the latest first")
            .group("Carillon")
            .scopes(Caller.EVERYTHING)
            .limit(M)
            .filter(FILTERS)
            .sort(CALLED)
            .order(CALLED, true)
            .page(100, 500)
            .to(request -> Reply.rows(log.page(request.account(), request.select()))));
  }
}
