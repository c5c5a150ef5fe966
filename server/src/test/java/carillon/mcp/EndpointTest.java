package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The protocol over HTTP, both eras of it. */
class EndpointTest {

  private final Shop shop = TestServer.shop();
  private final Agent agent = Agent.of(shop, TestServer.shared().url());

  private static JsonNode params(String json) {
    return Json.read(json.replace('`', '"'));
  }

  private static void error(Answer answer, int status, int code) {
    answer.expect(status);
    assertThat(answer.at("/error/code").intValue()).as(answer.body()).isEqualTo(code);
    assertThat(answer.at("/id").intValue()).isEqualTo(7);
  }

  @Test
  void theServerTellsWhatItSpeaks() {
    var answer = agent.ask("server/discover", Json.object()).expect(200);
    assertThat(answer.at("/result/supportedVersions").toString())
        .isEqualTo("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\",\"2024-11-05\"]");
    assertThat(answer.text("/result/resultType")).isEqualTo("complete");
    assertThat(answer.at("/result/capabilities/tools").isObject()).isTrue();
    assertThat(answer.at("/result/ttlMs").intValue()).isPositive();
    assertThat(answer.text("/result/cacheScope")).isEqualTo("private");
    assertThat(answer.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name").stringValue())
        .isEqualTo("carillon");
    assertThat(answer.text("/result/instructions")).contains("search_tools");
  }

  @ParameterizedTest
  @CsvSource({
    "Mcp-Method, tools/call",
    "Mcp-Method, SERVER/DISCOVER",
    "Mcp-Method, ''",
    "MCP-Protocol-Version, 2025-11-25",
    "MCP-Protocol-Version, ''"
  })
  void headersMustSayWhatTheBodySays(String header, String value) {
    error(agent.ask("server/discover", Json.object(), Map.of(header, value)), 400, -32020);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KLAVIYO_GET_LISTS", "klaviyo_get_accounts", "", "=?base64?%%?="})
  void theNameInTheHeaderMustBeThatOfTheTool(String name) {
    var call = Json.object().put("name", "KLAVIYO_GET_ACCOUNTS");
    error(agent.ask("tools/call", call, Map.of("Mcp-Name", name)), 400, -32020);
  }

  @Test
  void aNameMayBeEncoded() {
    var call = Json.object().put("name", "KLAVIYO_GET_ACCOUNTS");
    var header = "=?base64?S0xBVklZT19HRVRfQUNDT1VOVFM=?=";
    agent.ask("tools/call", call, Map.of("Mcp-Name", header)).expect(200);
    assertThat(Headers.encoded("Grüße")).isEqualTo("=?base64?R3LDvMOfZQ==?=");
    assertThat(Headers.encoded("KLAVIYO_GET_TAGS")).isEqualTo("KLAVIYO_GET_TAGS");
  }

  @Test
  void aRevisionThatIsNotSpokenIsRefusedWithThoseThatAre() {
    var meta =
        params(
            """
            {`_meta`: {`io.modelcontextprotocol/protocolVersion`: `2031-01-01`,
              `io.modelcontextprotocol/clientCapabilities`: {}}}
            """);
    var answer =
        agent.ask(
            "server/discover",
            (tools.jackson.databind.node.ObjectNode) meta,
            Map.of("MCP-Protocol-Version", "2031-01-01"));
    error(answer, 400, -32022);
    assertThat(answer.text("/error/data/requested")).isEqualTo("2031-01-01");
    assertThat(answer.text("/error/data/supported/0")).isEqualTo("2026-07-28");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{`_meta`: {}}",
        "{`_meta`: {`io.modelcontextprotocol/protocolVersion`: `2026-07-28`}}",
        "{`_meta`: {`io.modelcontextprotocol/clientCapabilities`: {}}}"
      })
  void aRequestMustSayWhatItIs(String params) {
    var given = (tools.jackson.databind.node.ObjectNode) params(params);
    error(agent.ask("tools/list", given), 400, -32602);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "initialize",
        "ping",
        "resources/list",
        "logging/setLevel",
        "subscriptions/listen"
      })
  void whatTheCurrentRevisionDoesNotHaveIsNotFound(String method) {
    error(agent.ask(method, Json.object()), 404, -32601);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-25, 2025-11-25",
    "2025-06-18, 2025-06-18",
    "2025-03-26, 2025-03-26",
    "2024-11-05, 2024-11-05",
    "2026-07-28, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void earlierClientsShakeHands(String asked, String agreed) {
    var answer =
        agent
            .askEarlier(
                "initialize",
                "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{}}"
                    .formatted(asked))
            .expect(200);
    assertThat(answer.text("/result/protocolVersion")).isEqualTo(agreed);
    assertThat(answer.text("/result/serverInfo/name")).isEqualTo("carillon");
    assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
  }

  @Test
  void earlierClientsPingListAndCall() {
    assertThat(agent.askEarlier("ping", "{}").expect(200).at("/result").size()).isZero();
    var listed = agent.askEarlier("tools/list", "{}").expect(200);
    assertThat(listed.at("/result/tools").size()).isGreaterThan(20);
    assertThat(listed.at("/result").has("ttlMs")).isFalse();
    var called = agent.askEarlier("tools/call", "{\"name\":\"KLAVIYO_GET_ACCOUNTS\"}").expect(200);
    assertThat(called.text("/result/structuredContent/data/0/id")).isEqualTo(shop.account());
    assertThat(called.at("/result/isError").booleanValue()).isFalse();
    error(agent.askEarlier("resources/list", "{}"), 200, -32601);
  }

  @Test
  void anEarlierRevisionInTheHeaderMustBeOneOfThoseSpoken() {
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    agent.send("POST", ping, Map.of("MCP-Protocol-Version", "2025-06-18")).expect(200);
    agent.send("POST", ping, Map.of("MCP-Protocol-Version", "1999-01-01")).expect(400);
  }

  @Test
  void notificationsAreTakenWithoutAnAnswer() {
    var told = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertThat(agent.send("POST", told, Map.of()).expect(202).body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json|-32700",
        "[]|-32600",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]|-32600",
        "\"ping\"|-32600",
        "{\"id\":1,\"method\":\"ping\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}|-32600"
      })
  void whatIsNoMessageIsRefused(String body, int code) {
    var answer = agent.send("POST", body, Map.of()).expect(400);
    assertThat(answer.at("/error/code").intValue()).isEqualTo(code);
  }

  @Test
  void onlyPostsAreAnswered() {
    for (var method : new String[] {"GET", "DELETE", "PUT"}) {
      var answer = agent.send(method, "", Map.of()).expect(405);
      assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, 403",
    "null, 403",
    "http://localhost.evil.example, 403",
    "http://evil.example:80, 403",
    "http://localhost:3000, 200",
    "http://127.0.0.1, 200",
    "http://[::1]:9, 200"
  })
  void pagesOfOthersMayNotAsk(String origin, int status) {
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    agent.send("POST", ping, Map.of("Origin", origin)).expect(status);
  }

  @Test
  void aKeyIsNeededAndMayComeInEitherHeader() {
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    var refused = agent.send("POST", ping, Map.of("Authorization", "Bearer pk_nope")).expect(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    agent.send("POST", ping, Map.of("Authorization", "")).expect(401);
    agent.send("POST", ping, Map.of("Authorization", shop.key())).expect(401);
    agent.send("POST", ping, Map.of("Authorization", "Klaviyo-API-Key " + shop.key())).expect(200);
  }

  @Test
  void onlyJsonOfASaneSizeIsRead() {
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    agent.send("POST", ping, Map.of("Content-Type", "text/plain")).expect(415);
    agent.send("POST", " ".repeat(13_000_000) + ping, Map.of()).expect(413);
  }

  @Test
  void everySetIsListedOnPagesInAnOrderThatStays() {
    var usual = agent.names();
    assertThat(usual).hasSizeBetween(20, 40).contains("search_tools", "describe_tool", "call_tool");
    assertThat(agent.names()).isEqualTo(usual);
    var all = agent.at("/mcp/x/all").names();
    assertThat(all).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    var tags = agent.at("/mcp/x/tags").names();
    assertThat(tags).isNotEmpty().allMatch(all::contains);
    assertThat(agent.at("/mcp/x/TAGS/").names()).isEqualTo(tags);
    var reading = agent.at("/mcp/x/all/readonly").tools();
    assertThat(reading)
        .hasSizeBetween(20, all.size() - 20)
        .allMatch(tool -> tool.at("/annotations/readOnlyHint").booleanValue());
    for (var path : new String[] {"/mcp/x/nothing", "/mcp/x", "/mcp/all", "/mcp/x/all/more"}) {
      agent.at(path).ask("tools/list", Json.object()).expect(404);
    }
  }

  @Test
  void aCursorMustBeOneOfTheList() {
    error(agent.ask("tools/list", Json.object().put("cursor", "nonsense")), 200, -32602);
  }

  @Test
  void whatTheScopesOfAKeyDoNotReachIsNotListedAndRefusedByTheApi() {
    var few =
        TestServer.shared()
            .createKey(shop.account(), Set.of("tags:read"), carillon.accounts.GuardRails.USUAL);
    var limited = agent.with(few).at("/mcp/x/all");
    assertThat(limited.names())
        .contains("KLAVIYO_GET_TAGS")
        .noneMatch(name -> name.contains("LIST_PROFILES"));
    assertThat(limited.names()).doesNotContain("KLAVIYO_CREATE_TAG");
    assertThat(limited.refusal("KLAVIYO_GET_LISTS", "{}"))
        .contains("permission_denied")
        .contains("lists:read");
  }

  @Test
  void anUnknownToolIsAnErrorOfTheProtocolThatNamesOthers() {
    var answer = agent.ask("tools/call", Json.object().put("name", "KLAVIYO_GET_TAG_LIST"));
    error(answer, 200, -32602);
    assertThat(answer.text("/error/message")).contains("KLAVIYO_GET_TAG");
    error(agent.ask("tools/call", Json.object()), 200, -32602);
    error(agent.askEarlier("tools/call", "{\"name\":\"no_such\"}"), 200, -32602);
    error(
        agent.askEarlier("tools/call", "{\"name\":\"KLAVIYO_GET_TAGS\",\"arguments\":[]}"),
        200,
        -32602);
    error(
        agent.at("/mcp/x/tags").ask("tools/call", Json.object().put("name", "KLAVIYO_GET_LISTS")),
        200,
        -32602);
  }

  @Test
  void toolsThatAreNotListedAreFoundDescribedAndCalled() {
    var found = agent.get("search_tools", "{`query`: `create tag`, `limit`: 3}");
    assertThat(found.get("data")).hasSizeBetween(1, 3);
    assertThat(found.toString()).contains("KLAVIYO_CREATE_TAG");
    var told = agent.get("describe_tool", "{`name`: `KLAVIYO_GET_TAGS`}");
    assertThat(told.at("/data/inputSchema/properties/sort").isObject()).isTrue();
    assertThat(agent.refusal("describe_tool", "{`name`: `KLAVIYO_NO`}")).contains("Unknown tool");
    assertThat(agent.refusal("search_tools", "{}")).contains("query");
    var called = agent.get("call_tool", "{`name`: `KLAVIYO_GET_TAGS`, `arguments`: {}}");
    assertThat(called.get("data").isArray()).isTrue();
    assertThat(agent.refusal("call_tool", "{`name`: `KLAVIYO_GET_TAGS`, `arguments`: 5}"))
        .contains("arguments");
  }
}
