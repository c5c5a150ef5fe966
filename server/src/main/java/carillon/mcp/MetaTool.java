package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The tools that find, explain and call other tools. */
enum MetaTool {
  SEARCH_TOOLS(
      "Search Tools",
      "Find tools by what they do, such as 'create segment' or 'remove tag'. Answers names and"
          + " descriptions, the best first; use describe_tool for the arguments.") {
    @Override
    void describe(ObjectNode properties) {
      text(properties, "query", "Words for what is to be done, or part of a tool's name.");
      number(properties, "limit", "Most tools to answer; 10 when absent, 20 at most.");
    }
  },
  DESCRIBE_TOOL(
      "Describe Tool", "Tell all arguments of a tool, what they mean and what the tool answers.") {
    @Override
    void describe(ObjectNode properties) {
      text(properties, "name", "Name of the tool, such as KLAVIYO_GET_SEGMENTS.");
    }
  },
  CALL_TOOL(
      "Call Tool",
      "Call any tool by its name, also one that is not listed here; describe_tool tells its"
          + " arguments. Takes the token that confirms a call that reaches people.") {
    @Override
    void describe(ObjectNode properties) {
      text(properties, "name", "Name of the tool.");
      properties
          .putObject("arguments")
          .put("type", "object")
          .put("description", "The arguments of the tool; none when absent.");
      text(
          properties,
          Calls.TOKEN,
          "The token of the summary that an unconfirmed call answered, once the user has agreed.");
    }
  };

  private final String title;
  private final String description;

  MetaTool(String title, String description) {
    this.title = title;
    this.description = description;
  }

  abstract void describe(ObjectNode properties);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<MetaTool> of(String name) {
    return Arrays.stream(values()).filter(tool -> tool.word().equals(name)).findFirst();
  }

  /** The tool as it is listed; where nothing can be written, calling others only reads. */
  ObjectNode listing(boolean readOnly) {
    var listing = Json.object();
    listing.put("name", word());
    listing.put("title", title);
    listing.put("description", description);
    var schema = listing.putObject("inputSchema").put("type", "object");
    describe(schema.putObject("properties"));
    schema.putArray("required").add(this == SEARCH_TOOLS ? "query" : "name");
    schema.put("additionalProperties", false);
    var writes = this == CALL_TOOL && !readOnly;
    listing.set(
        "annotations", Listing.annotations(title, new Hints(!writes, writes, !writes, writes)));
    return listing;
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }

  private static void number(ObjectNode properties, String name, String description) {
    properties
        .putObject(name)
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", 20)
        .put("description", description);
  }
}
