package carillon.mcp;

import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API answered.
 *
 * @param headers by name, as the API writes them, such as {@code Retry-After}
 * @param document empty when there was no body
 */
record ApiAnswer(int status, Map<String, String> headers, ObjectNode document, String requestId) {

  static ApiAnswer of(HttpResponse response) {
    var body = response.body();
    return new ApiAnswer(
        response.status(),
        response.headers(),
        body.length == 0 ? Json.object() : (ObjectNode) Json.MAPPER.readTree(body),
        response.requestId());
  }

  boolean isRefusal() {
    return status >= 400;
  }
}
