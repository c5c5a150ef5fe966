package carillon.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A request to be sent as it is: {@code path} is written to the wire undisturbed. */
public record Probe(String method, String path, Optional<String> contentType, byte[] body) {

  static final String JSON_API = "application/vnd.api+json";
  private static final int SHOWN = 600;

  /** An operation as our own document describes it. */
  public record Target(String id, String method, String path, JsonNode facts) {

    Optional<JsonNode> bodySchema() {
      var content = facts.at("/requestBody/content");
      return content.isEmpty()
          ? Optional.empty()
          : Optional.of(content.iterator().next().get("schema"));
    }

    /** Whether it takes the parts of a form. */
    public boolean multipart() {
      return facts.at("/requestBody/content").has("multipart/form-data");
    }
  }

  /** The operations of a document. */
  public static Stream<Target> operations(JsonNode document) {
    var all = new ArrayList<Target>();
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        all.add(
            new Target(
                method.getValue().get("operationId").stringValue(),
                method.getKey().toUpperCase(java.util.Locale.ROOT),
                path.getKey(),
                method.getValue()));
      }
    }
    return List.copyOf(all).stream();
  }

  /** A plain read. */
  public static Probe get(String path) {
    return new Probe("GET", path, Optional.empty(), new byte[0]);
  }

  static Probe json(String method, String path, String body) {
    return new Probe(method, path, Optional.of(JSON_API), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    var text = new String(body, StandardCharsets.UTF_8);
    var shown = method + " " + path + " " + text;
    return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
  }
}
