package carillon.mcp;

import carillon.jsonapi.Json;
import tools.jackson.databind.node.ObjectNode;

/** A tool as it is told to clients. */
final class Listing {

  static ObjectNode of(Tool tool) {
    return told(tool, tool.inputSchema());
  }

  /** With every argument that is taken, also those that lists leave out. */
  static ObjectNode whole(Tool tool) {
    return told(tool, tool.wholeSchema());
  }

  private static ObjectNode told(Tool tool, ObjectNode input) {
    var listing = Json.object();
    listing.put("name", tool.name());
    listing.put("title", tool.title());
    listing.put("description", tool.description());
    listing.set("inputSchema", input);
    listing.set("outputSchema", tool.outputSchema());
    listing.set("annotations", annotations(tool.title(), tool.hints()));
    return listing;
  }

  static ObjectNode annotations(String title, Hints hints) {
    return Json.object()
        .put("title", title)
        .put("readOnlyHint", hints.readOnly())
        .put("destructiveHint", hints.destructive())
        .put("idempotentHint", hints.idempotent())
        .put("openWorldHint", hints.openWorld());
  }

  private Listing() {}
}
