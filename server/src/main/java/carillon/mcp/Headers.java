package carillon.mcp;

import carillon.jsonapi.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The headers that repeat what a message says, so that others can route it without reading it. */
final class Headers {

  static final String REVISION = "MCP-Protocol-Version";
  static final String METHOD = "Mcp-Method";
  static final String NAME = "Mcp-Name";

  private static final Set<String> NAMED = Set.of("tools/call", "resources/read", "prompts/get");
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  /** The name or address a message is about, which its header must repeat. */
  static Optional<String> subject(Message message) {
    return NAMED.contains(message.method())
        ? message.text("name").or(() -> message.text("uri"))
        : Optional.empty();
  }

  /**
   * Compares the headers of a request with its message.
   *
   * @throws RpcError when one is missing or says something else
   */
  static void check(HttpRequest request, Message message) {
    same(REVISION, request.header(REVISION), message.revision().orElse(""));
    same(METHOD, request.header(METHOD), message.method());
    subject(message)
        .ifPresent(name -> same(NAME, request.header(NAME).map(Headers::decoded), name));
  }

  private static void same(String header, Optional<String> found, String wanted) {
    var value = found.map(String::strip).orElseThrow(() -> mismatch(header + " is missing."));
    if (!value.equals(wanted)) {
      throw mismatch(
          "%s header value '%s' does not match body value '%s'".formatted(header, value, wanted));
    }
  }

  private static String decoded(String value) {
    var plain = value.strip();
    if (!plain.startsWith(OPEN) || !plain.endsWith(CLOSE) || plain.length() < 11) {
      return plain;
    }
    try {
      var inner = plain.substring(OPEN.length(), plain.length() - CLOSE.length());
      return new String(Base64.getDecoder().decode(inner), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw mismatch(NAME + " is not Base64.");
    }
  }

  /** A value as it may stand in a header. */
  static String encoded(String value) {
    var plain =
        value.chars().allMatch(c -> c > 0x20 && c < 0x7f || c == ' ')
            && value.equals(value.strip())
            && !value.startsWith(OPEN);
    return plain
        ? value
        : OPEN + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + CLOSE;
  }

  private static RpcError mismatch(String detail) {
    return new RpcError(RpcError.Kind.HEADER_MISMATCH, "Header mismatch: " + detail);
  }

  private Headers() {}
}
