package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out calls of tools, and leaves a row in the audit log for each. */
final class Calls {

  /** The argument that confirms a call which reaches people. */
  static final String TOKEN = "confirmation_token";

  private static final int USUAL_FINDINGS = 10;
  private static final int MOST_FINDINGS = 20;

  private final GuardedTools guarded;
  private final AuditLog audit;

  Calls(GuardedTools guarded, AuditLog audit) {
    this.guarded = guarded;
    this.audit = audit;
  }

  /** How a call ended. */
  record Ended(Result result, AuditLog.Outcome outcome) {

    /** What came of a tool. */
    static Ended of(Result result) {
      return new Ended(result, result.isError() ? AuditLog.Outcome.REFUSED : AuditLog.Outcome.DONE);
    }
  }

  private interface Work {
    Ended run(List<String> requestIds);
  }

  /**
   * Calls a tool; a refusal is a result, too.
   *
   * @throws RpcError when there is no such tool here
   */
  ObjectNode call(Visit visit, String name, ObjectNode arguments) {
    var meta = MetaTool.of(name).filter(visit.offer()::has);
    if (meta.isEmpty()) {
      return use(visit, name, arguments, token(arguments));
    }
    return switch (meta.get()) {
      case CALL_TOOL -> callOther(visit, arguments);
      case SEARCH_TOOLS -> audited(visit, name, arguments, _ -> search(visit, arguments));
      case DESCRIBE_TOOL -> audited(visit, name, arguments, _ -> describe(visit, arguments));
    };
  }

  private ObjectNode callOther(Visit visit, ObjectNode arguments) {
    var given = arguments.path("arguments");
    if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
      var fault =
          GuardedTools.error(
              "invalid_argument", "arguments must be an object: the arguments of the tool.");
      return audited(visit, MetaTool.CALL_TOOL.word(), arguments, _ -> Ended.of(fault));
    }
    var inner = given instanceof ObjectNode object ? object : Json.object();
    var token = token(arguments).or(() -> token(inner));
    return use(visit, arguments.path("name").asString(""), inner, token);
  }

  private static Optional<String> token(ObjectNode arguments) {
    return Optional.ofNullable(arguments.get(TOKEN))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  private ObjectNode use(Visit visit, String name, ObjectNode arguments, Optional<String> token) {
    var plain = arguments.deepCopy();
    plain.remove(TOKEN);
    var found = visit.offer().find(name);
    if (found.isEmpty()) {
      var refused = unknown(visit, name);
      audited(visit, name, plain, _ -> Ended.of(GuardedTools.error("unknown_tool", "")));
      throw refused;
    }
    var tool = found.get();
    return audited(visit, tool.name(), plain, ids -> guarded.call(visit, tool, plain, token, ids));
  }

  private static RpcError unknown(Visit visit, String name) {
    var near = visit.offer().nearest(name);
    return new RpcError(
        RpcError.Kind.INVALID_PARAMS,
        "Unknown tool: "
            + name
            + (near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?"));
  }

  private ObjectNode audited(Visit visit, String name, ObjectNode arguments, Work work) {
    var row = audit.begin(visit.key(), name, arguments);
    var requestIds = new ArrayList<String>();
    try {
      var ended = work.run(requestIds);
      audit.end(visit.account(), row, ended.outcome(), requestIds);
      return json(ended.result());
    } catch (RuntimeException e) {
      audit.end(visit.account(), row, AuditLog.Outcome.FAILED, requestIds);
      throw e;
    }
  }

  private static Ended search(Visit visit, ObjectNode arguments) {
    var query = arguments.path("query").asString("");
    if (query.isBlank()) {
      return Ended.of(
          GuardedTools.error(
              "invalid_argument", "query is missing: words for what is to be done."));
    }
    var limit = Math.clamp(arguments.path("limit").asInt(USUAL_FINDINGS), 1, MOST_FINDINGS);
    var found = Json.object();
    var tools = found.putArray("data");
    for (var tool : visit.offer().search(query).stream().limit(limit).toList()) {
      tools
          .addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .put("group", tool.group());
    }
    return Ended.of(Answers.success(found, List.of()));
  }

  private static Ended describe(Visit visit, ObjectNode arguments) {
    var name = arguments.path("name").asString("");
    var listing =
        visit
            .offer()
            .find(name)
            .map(Listing::whole)
            .or(() ->
                MetaTool.of(name)
                    .filter(visit.offer()::has)
                    .map(tool -> tool.listing(visit.offer().isReadOnly())));
    if (listing.isEmpty()) {
      return Ended.of(GuardedTools.error("invalid_argument", unknown(visit, name).getMessage()));
    }
    var found = Json.object();
    found.set("data", listing.get());
    return Ended.of(Answers.success(found, List.of()));
  }

  private static ObjectNode json(Result result) {
    var json = Json.object();
    json.putArray("content").addObject().put("type", "text").put("text", result.text());
    json.set("structuredContent", result.structured());
    return json.put("isError", result.isError());
  }
}
