package carillon.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An argument that a tool takes.
 *
 * @param kind as told
 * @param taken as the API takes it; usually the same
 * @param isListed whether it stands in the input schema; the others are taken all the same and told
 *     by {@link Tool#wholeSchema}
 * @param isNullable whether null says something; if not, null is as good as absent
 * @param schema JSON schema with a description
 */
record Parameter(
    String name,
    Kind kind,
    Kind taken,
    boolean isRequired,
    boolean isListed,
    boolean isNullable,
    Place place,
    ObjectNode schema) {

  /** The types of JSON schema; {@code ANY} when several are taken. */
  enum Kind {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY,
    OBJECT,
    ANY;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Where an argument goes in the request. */
  sealed interface Place {
    record InPath(String variable) implements Place {}

    record InQuery(String parameter) implements Place {}

    /** A boolean that adds a word to a query parameter's list. */
    record Flag(String parameter, String word) implements Place {}

    record InBody(String pointer) implements Place {}

    /** The script knows. */
    record Own() implements Place {}

    /** Taken for the sake of those who send it, and left out: the operation has no such thing. */
    record Nowhere() implements Place {}
  }

  Parameter listed(boolean listed) {
    return new Parameter(
        name, kind, taken, isRequired && listed, listed, isNullable, place, schema);
  }

  /** Whether a value is of the type told, or of that which the API takes. */
  boolean takes(JsonNode value) {
    return isOf(kind, value)
        || isOf(taken, value)
        || place instanceof Place.InQuery && taken == Kind.ARRAY && value.isString();
  }

  private static boolean isOf(Kind kind, JsonNode value) {
    return switch (kind) {
      case STRING -> value.isString();
      case INTEGER -> value.isIntegralNumber();
      case NUMBER -> value.isNumber();
      case BOOLEAN -> value.isBoolean();
      case ARRAY -> value.isArray();
      case OBJECT -> value.isObject();
      case ANY -> true;
    };
  }
}
