package carillon.jsonapi;

import tools.jackson.databind.JsonNode;

/** Tells what a write would do that was checked but not carried out. */
public final class DryRun {

  static byte[] document(Operation operation, Request asked) {
    var document = Json.object();
    var data = asked.document().path("data");
    if (!data.isMissingNode()) {
      document.set("data", data);
    }
    document
        .putObject("meta")
        .put("dry_run", true)
        .put("operation", operation.id())
        .put("method", operation.method().name())
        .put("path", asked.raw().path())
        .put("affected", affected(data));
    return Json.MAPPER.writeValueAsBytes(document);
  }

  /**
   * The number of resources a write names: one, or the members of a list of relations, and those a
   * bulk job carries as an attribute.
   *
   * @param data of the document sent
   */
  public static int affected(JsonNode data) {
    if (data.isArray()) {
      return data.size();
    }
    var most = 1;
    for (var attribute : data.path("attributes")) {
      most = Math.max(most, attribute.path("data").isArray() ? attribute.path("data").size() : 1);
    }
    return most;
  }

  private DryRun() {}
}
