package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the protocol over HTTP, the current revision unless told otherwise. */
final class Agent {

  private static final String META =
      """
      {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
       "io.modelcontextprotocol/clientCapabilities": {}}
      """;

  private final String url;
  private final String key;
  private final String path;

  Agent(String url, String key) {
    this(url, key, "/mcp");
  }

  private Agent(String url, String key, String path) {
    this.url = url;
    this.key = key;
    this.path = path;
  }

  static Agent of(Shop shop, String url) {
    return new Agent(url, shop.key());
  }

  Agent at(String otherPath) {
    return new Agent(url, key, otherPath);
  }

  Agent with(String otherKey) {
    return new Agent(url, otherKey, path);
  }

  /** Any request at all. */
  Answer send(String method, String body, Map<String, String> headers) {
    var all = new LinkedHashMap<String, String>();
    all.put("Content-Type", "application/json");
    all.put("Accept", "application/json, text/event-stream");
    all.put("Authorization", "Bearer " + key);
    all.putAll(headers);
    var request = HttpRequest.newBuilder(URI.create(url + path));
    all.forEach((name, value) -> {
      if (!value.isEmpty()) {
        request.header(name, value);
      }
    });
    return Shop.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** A request of the current revision with these params, as a client would send it. */
  Answer ask(String method, ObjectNode params) {
    return ask(method, params, Map.of());
  }

  /** The same with other headers, of which empty ones are left out. */
  Answer ask(String method, ObjectNode params, Map<String, String> others) {
    var whole = params.deepCopy();
    if (!whole.has("_meta")) {
      whole.set("_meta", Json.read(META));
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    if (whole.path("name").isString()) {
      headers.put("Mcp-Name", whole.get("name").stringValue());
    }
    headers.putAll(others);
    return send("POST", message(method, whole), headers);
  }

  /** A request of an earlier revision. */
  Answer askEarlier(String method, String params) {
    return send("POST", message(method, (ObjectNode) Json.read(params)), Map.of());
  }

  private static String message(String method, ObjectNode params) {
    var message = Json.object().put("jsonrpc", "2.0").put("id", 7).put("method", method);
    message.set("params", params);
    return message.toString();
  }

  /** The result of a tool, refused or not. */
  JsonNode call(String tool, String arguments) {
    var params = Json.object().put("name", tool);
    params.set("arguments", Json.read(arguments.replace('`', '"')));
    var answer = ask("tools/call", params).expect(200);
    assertThat(answer.json().has("result")).as(answer.body()).isTrue();
    return answer.json().get("result");
  }

  /** What a tool answered, which must not be a refusal. */
  JsonNode get(String tool, String arguments) {
    var result = call(tool, arguments);
    assertThat(result.get("isError").booleanValue()).as(result.toString()).isFalse();
    return result.get("structuredContent");
  }

  /** The text of a refusal. */
  String refusal(String tool, String arguments) {
    var result = call(tool, arguments);
    assertThat(result.get("isError").booleanValue()).as(result.toString()).isTrue();
    return result.at("/content/0/text").stringValue();
  }

  /** The tools of all pages. */
  List<JsonNode> tools() {
    var all = new ArrayList<JsonNode>();
    var params = Json.object();
    while (true) {
      var result = ask("tools/list", params).expect(200).at("/result");
      result.get("tools").forEach(all::add);
      if (!result.has("nextCursor")) {
        return all;
      }
      params.set("cursor", result.get("nextCursor"));
    }
  }

  List<String> names() {
    return tools().stream().map(tool -> tool.get("name").stringValue()).toList();
  }
}
