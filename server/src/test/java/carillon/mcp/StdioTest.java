package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The protocol over standard input and output: one message a line, and nothing else. */
class StdioTest {

  private static final String META =
      "`_meta`:{`io.modelcontextprotocol/protocolVersion`:`2026-07-28`,"
          + "`io.modelcontextprotocol/clientCapabilities`:{}}";

  private final Shop shop = TestServer.shop();

  /** The answers by id, to these lines; whatever is printed must be an answer. */
  private static Map<String, JsonNode> answers(Stdio stdio, String... lines) {
    var in = String.join("\n", lines).replace('`', '"') + "\n";
    var out = new ByteArrayOutputStream();
    stdio.serve(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8));
    var answers = new LinkedHashMap<String, JsonNode>();
    for (var line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      var answer = Json.read(line);
      assertThat(answer.get("jsonrpc").stringValue()).isEqualTo("2.0");
      answers.put(answer.path("id").asString(""), answer);
    }
    return answers;
  }

  private void speaks(Stdio stdio) {
    var answers =
        answers(
            stdio,
            "{`jsonrpc`:`2.0`,`id`:1,`method`:`initialize`,`params`:{`protocolVersion`:`2025-06-18`}}",
            "{`jsonrpc`:`2.0`,`method`:`notifications/initialized`}",
            "",
            "{`jsonrpc`:`2.0`,`id`:2,`method`:`tools/list`}",
            "{`jsonrpc`:`2.0`,`id`:`three`,`method`:`tools/call`,`params`:{`name`:`KLAVIYO_GET_ACCOUNTS`}}",
            "{`jsonrpc`:`2.0`,`id`:4,`method`:`server/discover`,`params`:{" + META + "}}",
            "{`jsonrpc`:`2.0`,`id`:5,`method`:`tools/call`,`params`:{`name`:`KLAVIYO_GET_ACCOUNTS`,"
                + META
                + "}}",
            "{`jsonrpc`:`2.0`,`id`:6,`method`:`no/such`,`params`:{" + META + "}}",
            "not json");
    assertThat(answers.keySet()).containsExactlyInAnyOrder("1", "2", "three", "4", "5", "6", "");
    assertThat(answers.get("1").at("/result/protocolVersion").stringValue())
        .isEqualTo("2025-06-18");
    assertThat(answers.get("2").at("/result/tools").size()).isGreaterThan(20);
    var account = "/result/structuredContent/data/0/id";
    assertThat(answers.get("three").at(account).stringValue()).isEqualTo(shop.account());
    assertThat(answers.get("three").at("/result").has("resultType")).isFalse();
    assertThat(answers.get("4").at("/result/supportedVersions/0").stringValue())
        .isEqualTo("2026-07-28");
    assertThat(answers.get("5").at("/result/resultType").stringValue()).isEqualTo("complete");
    assertThat(answers.get("5").at(account).stringValue()).isEqualTo(shop.account());
    assertThat(answers.get("6").at("/error/code").intValue()).isEqualTo(-32601);
    assertThat(answers.get("").at("/error/code").intValue()).isEqualTo(-32700);
  }

  @Test
  void aNodeCanBeSpokenToDirectly() {
    speaks(TestServer.shared().agents().stdio(shop.key(), "/mcp").orElseThrow());
  }

  @Test
  void aServerThatRunsElsewhereCanBeSpokenTo() {
    speaks(McpServer.bridge(URI.create(TestServer.shared().url() + "/mcp"), shop.key()));
  }

  @Test
  void aKeyAndASetMustBeKnown() {
    var agents = TestServer.shared().agents();
    assertThat(agents.stdio("pk_nope", "/mcp")).isEmpty();
    assertThat(agents.stdio(shop.key(), "/mcp/x/nothing")).isEmpty();
    assertThat(agents.stdio(shop.key(), "/mcp/x/tags/readonly")).isPresent();
  }

  @Test
  void aServerThatRefusesOrIsAwayIsTold() {
    var ping = "{`jsonrpc`:`2.0`,`id`:1,`method`:`ping`}";
    var refused = McpServer.bridge(URI.create(TestServer.shared().url() + "/mcp"), "pk_nope");
    assertThat(answers(refused, ping).get("1").at("/error/message").stringValue())
        .contains("private key");
    var away = McpServer.bridge(URI.create("http://127.0.0.1:1/mcp"), "pk_nope");
    assertThat(answers(away, ping).get("1").at("/error/message").stringValue())
        .contains("cannot be reached");
  }

  @Test
  void aCancelledRequestIsNotAnswered() {
    var cancelled = new CountDownLatch(1);
    Stdio.Partner slow =
        message -> {
          if (message.method().equals("ping")) {
            cancelled.countDown();
          } else {
            await(cancelled);
          }
          return message.id().map(StdioTest::pong);
        };
    var answers =
        answers(
            new Stdio(slow),
            "{`jsonrpc`:`2.0`,`id`:1,`method`:`tools/call`}",
            "{`jsonrpc`:`2.0`,`method`:`notifications/cancelled`,`params`:{`requestId`:1}}",
            "{`jsonrpc`:`2.0`,`method`:`notifications/cancelled`,`params`:{`requestId`:9}}",
            "{`jsonrpc`:`2.0`,`id`:2,`method`:`ping`}");
    assertThat(answers.keySet()).containsExactly("2");
  }

  private static ObjectNode pong(JsonNode id) {
    var answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", id);
    return answer;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
