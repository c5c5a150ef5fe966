package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something an agent can have done.
 *
 * @param name as it is called, such as {@code KLAVIYO_GET_TAGS}
 * @param title for people
 * @param asked words that people may ask for it by, beside those of the description
 * @param parameters the arguments it takes, listed ones first, in a fixed order
 * @param scopes what a key needs in any case; the API decides at the call
 * @param group the published group of its operations, such as {@code Tags}
 * @param reachesPeople whether it may send something to people
 */
record Tool(
    String name,
    String title,
    String description,
    String asked,
    List<Parameter> parameters,
    Hints hints,
    Set<String> scopes,
    String group,
    boolean reachesPeople,
    Script script) {

  Tool {
    parameters = List.copyOf(parameters);
    scopes = Set.copyOf(scopes);
  }

  /** JSON schema of the arguments that are listed. */
  ObjectNode inputSchema() {
    var schema = schema(Parameter::isListed);
    if (parameters.stream().allMatch(Parameter::isListed)) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  /** JSON schema of all arguments, also those that are taken but not listed. */
  ObjectNode wholeSchema() {
    return schema(_ -> true).put("additionalProperties", false);
  }

  /** JSON schema of what {@link Result#structured} may hold. */
  ObjectNode outputSchema() {
    var schema = Json.object().put("type", "object");
    var members = schema.putObject("properties");
    members.putObject("data").put("description", "A resource, several, or none");
    members.putObject("included").put("type", "array");
    members.putObject("links").put("type", "object");
    members.putObject("meta").put("type", "object");
    members.putObject("errors").put("type", "array");
    return schema;
  }

  /** Does it; whatever is wrong is told by the result. */
  Result call(ObjectNode arguments, ApiClient api) {
    try {
      return script.run(Arguments.read(parameters, arguments), api);
    } catch (Complaint.Raised e) {
      return Answers.complaints(e.complaints());
    }
  }

  private ObjectNode schema(Predicate<Parameter> wanted) {
    var schema = Json.object().put("type", "object");
    var members = schema.putObject("properties");
    var required = Json.MAPPER.createArrayNode();
    for (var parameter : parameters) {
      if (wanted.test(parameter)) {
        members.set(parameter.name(), parameter.schema());
        if (parameter.isRequired()) {
          required.add(parameter.name());
        }
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }
}
