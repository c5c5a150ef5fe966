package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A message that is answered with an error of the protocol, not with the result of a tool. */
final class RpcError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient ObjectNode data;

  /** Kinds of errors with their code, and the HTTP status the current revision asks for. */
  enum Kind {
    PARSE_ERROR(-32700, 400),
    INVALID_REQUEST(-32600, 400),
    METHOD_NOT_FOUND(-32601, 404),
    INVALID_PARAMS(-32602, 200),
    INCOMPLETE_META(-32602, 400),
    INTERNAL_ERROR(-32603, 500),
    HEADER_MISMATCH(-32020, 400),
    UNSUPPORTED_VERSION(-32022, 400);

    private final int code;
    private final int status;

    Kind(int code, int status) {
      this.code = code;
      this.status = status;
    }
  }

  RpcError(Kind kind, String message) {
    this(kind, message, Json.object());
  }

  private RpcError(Kind kind, String message, ObjectNode data) {
    super(message, null, false, false);
    this.kind = kind;
    this.data = data;
  }

  static RpcError unsupported(String requested, List<String> supported) {
    var data = Json.object();
    supported.forEach(data.putArray("supported")::add);
    data.put("requested", requested);
    return new RpcError(Kind.UNSUPPORTED_VERSION, "Unsupported protocol version", data);
  }

  /** The HTTP status in the current revision. */
  int status() {
    return kind.status;
  }

  /** The member {@code error} of an answer. */
  ObjectNode json() {
    var error = Json.object();
    error.put("code", kind.code);
    error.put("message", getMessage());
    if (!data.isEmpty()) {
      error.set("data", data);
    }
    return error;
  }
}
