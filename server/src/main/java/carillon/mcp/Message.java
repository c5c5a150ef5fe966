package carillon.mcp;

import carillon.jsonapi.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON-RPC message from a client.
 *
 * @param id of a request; empty for what wants no answer
 * @param method empty for an answer to a request of ours, of which there are none
 * @param params an empty object when there are none
 * @param json the whole message as it came
 */
record Message(Optional<JsonNode> id, String method, ObjectNode params, ObjectNode json) {

  private static final String META = "_meta";
  private static final String PREFIX = "io.modelcontextprotocol/";

  /** A message that is none, with the id to answer it by if that could be read. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<JsonNode> id;
    private final transient RpcError error;

    Unreadable(Optional<JsonNode> id, RpcError.Kind kind, String message) {
      super(message, null, false, false);
      this.id = id;
      this.error = new RpcError(kind, message);
    }

    Optional<JsonNode> id() {
      return id;
    }

    RpcError error() {
      return error;
    }
  }

  /**
   * Reads a message.
   *
   * @throws Unreadable when it is none
   */
  static Message read(byte[] bytes) {
    return read(parse(bytes));
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new Unreadable(Optional.empty(), RpcError.Kind.PARSE_ERROR, "This is not JSON.");
    }
  }

  private static Message read(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw invalid(Optional.empty(), "One JSON-RPC message is expected, no batch.");
    }
    var id = id(object);
    if (!object.path("jsonrpc").asString("").equals("2.0")) {
      throw invalid(id, "The member jsonrpc must be \"2.0\".");
    }
    if (object.has("result") || object.has("error")) {
      return new Message(Optional.empty(), "", Json.object(), object);
    }
    if (!object.path("method").isString()) {
      throw invalid(id, "The method is missing.");
    }
    var params = object.path("params");
    if (!params.isMissingNode() && !params.isObject()) {
      throw invalid(id, "The params must be an object.");
    }
    return new Message(
        id,
        object.get("method").stringValue(),
        params instanceof ObjectNode given ? given : Json.object(),
        object);
  }

  private static Optional<JsonNode> id(ObjectNode object) {
    var id = object.get("id");
    if (id == null) {
      return Optional.empty();
    }
    if (!id.isString() && !id.isIntegralNumber()) {
      throw invalid(Optional.empty(), "The id must be a text or a whole number.");
    }
    return Optional.of(id);
  }

  private static Unreadable invalid(Optional<JsonNode> id, String message) {
    return new Unreadable(id, RpcError.Kind.INVALID_REQUEST, message);
  }

  /** Whether no answer is wanted. */
  boolean isNotification() {
    return id.isEmpty();
  }

  /** The revision it says it is written in, which only those since 2026 do. */
  Optional<String> revision() {
    return meta("protocolVersion").filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** What the client tells with every request since 2026. */
  Optional<JsonNode> meta(String name) {
    return Optional.ofNullable(params.path(META).get(PREFIX + name));
  }

  /** A text among the parameters. */
  Optional<String> text(String name) {
    return Optional.ofNullable(params.get(name))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }
}
