package carillon.mcp;

import carillon.jsonapi.Http;
import carillon.jsonapi.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of the API that a tool wants made.
 *
 * @param operation id of the operation, such as {@code get_tags}
 * @param path percent-encoded
 * @param query parameters by name, not encoded
 */
record ApiCall(
    String operation, Http method, String path, Map<String, String> query, Content content) {

  /** What is sent along. */
  sealed interface Content {
    record None() implements Content {}

    record Document(ObjectNode body) implements Content {}

    /** Already written, such as the parts of an upload. */
    record Raw(String type, byte[] bytes) implements Content {}
  }

  ApiCall {
    query = new TreeMap<>(query);
  }

  /** The query, encoded, without question mark. */
  String queryString() {
    return query.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  Optional<String> contentType() {
    return switch (content) {
      case Content.None() -> Optional.empty();
      case Content.Document _ -> Optional.of("application/vnd.api+json");
      case Content.Raw(var type, _) -> Optional.of(type);
    };
  }

  byte[] bytes() {
    return switch (content) {
      case Content.None() -> new byte[0];
      case Content.Document(var body) -> Json.MAPPER.writeValueAsBytes(body);
      case Content.Raw(_, var bytes) -> bytes;
    };
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
