package carillon.mcp;

import carillon.mcp.Parameter.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call, by name, each known and of its type. */
final class Arguments {

  private final Map<String, JsonNode> values;

  private Arguments(Map<String, JsonNode> values) {
    this.values = values;
  }

  /**
   * Reads what was given.
   *
   * @throws Complaint.Raised with everything that is wrong
   */
  static Arguments read(List<Parameter> parameters, ObjectNode given) {
    var values = new LinkedHashMap<String, JsonNode>();
    var complaints = new ArrayList<Complaint>();
    var byName = new LinkedHashMap<String, Parameter>();
    parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    for (var entry : given.properties()) {
      var parameter = byName.get(entry.getKey());
      var value = entry.getValue();
      if (parameter == null) {
        complaints.add(unknown(entry.getKey(), parameters));
      } else if (value.isNull()) {
        if (parameter.isNullable()) {
          values.put(parameter.name(), value);
        }
      } else if (parameter.takes(value)) {
        values.put(parameter.name(), value);
      } else {
        complaints.add(wrongType(parameter, value));
      }
    }
    for (var parameter : parameters) {
      if (parameter.isRequired() && given.path(parameter.name()).isMissingNode()
          || parameter.isRequired()
              && !parameter.isNullable()
              && given.get(parameter.name()).isNull()) {
        complaints.add(new Complaint(parameter.name(), "This argument is required."));
      }
    }
    if (!complaints.isEmpty()) {
      throw new Complaint.Raised(complaints);
    }
    return new Arguments(values);
  }

  private static Complaint unknown(String name, List<Parameter> parameters) {
    var near = Nearest.to(name, parameters.stream().map(Parameter::name).toList());
    return new Complaint(
        name,
        parameters.isEmpty()
            ? "There is no such argument; this tool takes none."
            : "There is no such argument. Nearest: " + String.join(", ", near) + ".");
  }

  private static Complaint wrongType(Parameter parameter, JsonNode value) {
    return new Complaint(
        parameter.name(),
        "This must be " + article(parameter.kind()) + ", not " + found(value) + ".");
  }

  private static String article(Kind kind) {
    return (kind == Kind.STRING || kind == Kind.NUMBER || kind == Kind.BOOLEAN ? "a " : "an ")
        + kind.word();
  }

  private static String found(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "the string " + value;
      case NUMBER -> "the number " + value;
      case BOOLEAN -> "the boolean " + value;
      case ARRAY -> "an array";
      default -> "an object";
    };
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A string that was given. */
  Optional<String> text(String name) {
    return find(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** Whether a boolean was given and is true. */
  boolean isOn(String name) {
    return find(name).filter(JsonNode::asBoolean).isPresent();
  }

  /** The strings of an array; what is no string is left out. */
  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    find(name)
        .ifPresent(array ->
            array.forEach(one -> {
              if (one.isString()) {
                texts.add(one.stringValue());
              }
            }));
    return texts;
  }

  /** The same with one argument set. */
  Arguments with(String name, JsonNode value) {
    var changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Arguments(changed);
  }

  /** The same without one argument. */
  Arguments without(String name) {
    var changed = new LinkedHashMap<>(values);
    changed.remove(name);
    return new Arguments(changed);
  }
}
