package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.TestServer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever an agent makes up for arguments, it gets an answer it can act on. */
class HostileArgumentsTest {

  private static final int ROUNDS = 4;

  private static final List<String> JUNK =
      List.of(
          "null",
          "true",
          "-1",
          "1e308",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../../%00\"",
          "\"equals(id,\\\"x\\\")\"",
          "[]",
          "[[]]",
          "[null]",
          "[\"x\", {\"a\": 1}]",
          "{}",
          "{\"data\": [{}]}",
          "[{\"type\": \"profile\", \"attributes\": {\"email\": \"a@b.co\"}}]");

  private final Agent agent =
      Agent.of(TestServer.shop(), TestServer.shared().url()).at("/mcp/x/all");

  @Test
  void anyArgumentsAreAnswered() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (var tool : agent.tools()) {
      for (int i = 0; i < ROUNDS; i++) {
        var arguments = arguments(tool, random);
        var name = tool.get("name").stringValue();
        if (!name.equals("call_tool")) {
          var result = agent.call(name, arguments.toString());
          assertThat(result.at("/content/0/text").stringValue())
              .as("seed " + seed + ": " + name + " " + arguments)
              .doesNotContain("refused this with 5");
        }
      }
    }
  }

  private static ObjectNode arguments(JsonNode tool, Random random) {
    var arguments = Json.object();
    var schema = tool.get("inputSchema");
    for (var argument : schema.get("properties").properties()) {
      if (random.nextBoolean() || schema.path("required").toString().contains(argument.getKey())) {
        arguments.set(argument.getKey(), Json.read(value(argument.getValue(), random)));
      }
    }
    return arguments;
  }

  /** Now and then something of the right type, to get further. */
  private static String value(JsonNode schema, Random random) {
    if (random.nextInt(3) > 0) {
      return JUNK.get(random.nextInt(JUNK.size()));
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> schema.has("enum") ? schema.at("/enum/0").toString() : "\"abc@x.invalid\"";
      case "array" -> "[\"x\"]";
      case "boolean" -> "true";
      case "integer", "number" -> "1";
      default -> "{\"a\": \"b\"}";
    };
  }
}
