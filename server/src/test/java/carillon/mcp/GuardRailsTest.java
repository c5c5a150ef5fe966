package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.GuardRails;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Json;
import carillon.platform.DatabaseAddress;
import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the owner of a key allows an agent, and what is left behind of every call. */
class GuardRailsTest {

  private static final String SEND = "KLAVIYO_CREATE_CAMPAIGN_SEND_JOB";

  private final TestClock clock = new TestClock();
  private final DatabaseAddress address = TestDatabase.createAddress();
  private final Database db = open();
  private final Carillon server = TestServer.start(Map.of(), db, clock);
  private final Shop shop = TestServer.shop(server);

  private Database open() {
    return Database.open(address, TestDatabase.POOL_SIZE, new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Agent agent(GuardRails rails) {
    var key = server.createKey(shop.account(), Set.of(Caller.EVERYTHING), rails);
    return new Agent(server.url(), key);
  }

  private static GuardRails unconfirmed(Optional<Long> recipients) {
    return new GuardRails(false, false, false, recipients);
  }

  private String list(int members) {
    var list =
        shop.post(
                "/api/lists",
                """
                {"data":{"type":"list","attributes":{"name":"List of %d","opt_in_process":"single_opt_in"}}}
                """
                    .formatted(members))
            .expect(201)
            .id();
    for (int i = 0; i < members; i++) {
      add(list, "p%d-%s@example.com".formatted(i, list.toLowerCase(java.util.Locale.ROOT)));
    }
    return list;
  }

  private void add(String list, String email) {
    var profiles =
        """
        {"data":{"type":"profile-subscription-bulk-create-job","attributes":{"profiles":{"data":[
          {"type":"profile","attributes":{"email":"%s",
            "subscriptions":{"email":{"marketing":{"consent":"SUBSCRIBED"}}}}}]}},
          "relationships":{"list":{"data":{"type":"list","id":"%s"}}}}}
        """
            .formatted(email, list);
    shop.post("/api/profile-subscription-bulk-create-jobs", profiles).expect(202);
    shop.eventually(
        () -> shop.get("/api/lists/" + list + "/profiles?page[size]=100"),
        answer -> answer.attributes("email").contains(email));
  }

  private String campaign(String list) {
    var template =
        shop.post(
                "/api/templates",
                """
                {"data":{"type":"template","attributes":{"name":"News","editor_type":"CODE",
                  "html":"<p>Hello {%% unsubscribe %%}</p>"}}}
                """
                    .replace("%%", "%"))
            .expect(201)
            .id();
    var campaign =
        shop.post(
                "/api/campaigns",
                """
                {"data":{"type":"campaign","attributes":{"name":"News","audiences":{"included":["%s"]},
                  "send_strategy":{"method":"immediate"},
                  "send_options":{"use_smart_sending":false},
                  "campaign-messages":{"data":[{"type":"campaign-message","attributes":{
                    "definition":{"channel":"email","label":"News","content":{"subject":"News",
                      "preview_text":"New","from_email":"shop@carillon.invalid","from_label":"Shop"}}}}]}}}}
                """
                    .formatted(list))
            .expect(201);
    var message = campaign.text("/data/relationships/campaign-messages/data/0/id");
    shop.post(
            "/api/campaign-message-assign-template",
            """
            {"data":{"type":"campaign-message","id":"%s","relationships":{
              "template":{"data":{"type":"template","id":"%s"}}}}}
            """
                .formatted(message, template))
        .expect(200);
    return campaign.id();
  }

  private static String send(String campaign) {
    return "{`data__id`: `%s`, `data__type`: `campaign-send-job`}".formatted(campaign);
  }

  private static String send(String campaign, String token) {
    return "{`data__id`: `%s`, `data__type`: `campaign-send-job`, `confirmation_token`: `%s`}"
        .formatted(campaign, token);
  }

  private String status(String campaign) {
    return shop.get("/api/campaigns/" + campaign).expect(200).text("/data/attributes/status");
  }

  private Answer audit(String tool) {
    return shop.get("/carillon/audit-log?filter=equals(tool,%22" + tool + "%22)").expect(200);
  }

  @Test
  void aReadOnlyKeyIsOfferedAndAllowedOnlyReading() {
    var agent = agent(new GuardRails(true, false, true, Optional.empty()));
    assertThat(agent.at("/mcp/x/all").tools())
        .isNotEmpty()
        .allMatch(tool -> tool.at("/annotations/readOnlyHint").booleanValue());
    agent.get("KLAVIYO_GET_TAGS", "{}");
    assertThat(agent.refusal("KLAVIYO_CREATE_LIST", "{`data__attributes__name`: `x`}"))
        .contains("read-only");
    assertThat(audit("KLAVIYO_CREATE_LIST").attributes("outcome")).containsExactly("blocked");
    assertThat(shop.get("/api/lists").expect(200).ids()).isEmpty();
  }

  @Test
  void whatIsNoToolLeavesARowAllTheSame() {
    var agent = agent(GuardRails.USUAL);
    var params = Json.object().put("name", "NO_\0TOOL" + "x".repeat(500));
    agent.ask("tools/call", params, Map.of("Mcp-Name", "=?base64?" + base64(params) + "?="));
    var rows = shop.get("/carillon/audit-log").expect(200);
    assertThat(rows.attributes("tool").getFirst()).startsWith("NO_ TOOLx").hasSize(128);
    assertThat(rows.attributes("outcome")).containsExactly("refused");
  }

  private static String base64(JsonNode params) {
    var name = params.get("name").stringValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return java.util.Base64.getEncoder().encodeToString(name);
  }

  @Test
  void theAddressCanBeReadOnlyToo() {
    var agent = agent(GuardRails.USUAL).at("/mcp/readonly");
    assertThat(agent.refusal("KLAVIYO_CREATE_LIST", "{`data__attributes__name`: `x`}"))
        .contains("read-only");
  }

  @Test
  void aDryRunTellsWhatItWouldDoAndWritesNothing() {
    var agent = agent(new GuardRails(false, true, true, Optional.empty()));
    var told = agent.get("KLAVIYO_CREATE_LIST", "{`data__attributes__name`: `Dry`}");
    assertThat(told.at("/meta/dry_run").booleanValue()).isTrue();
    assertThat(told.at("/meta/would/0/path").stringValue()).isEqualTo("/api/lists");
    assertThat(told.at("/meta/would/0/body/data/attributes/name").stringValue()).isEqualTo("Dry");
    assertThat(told.at("/meta/would/0/affected").intValue()).isEqualTo(1);
    assertThat(shop.get("/api/lists").expect(200).ids()).isEmpty();
    assertThat(audit("KLAVIYO_CREATE_LIST").attributes("outcome")).containsExactly("dry_run");
    assertThat(agent.refusal("KLAVIYO_DELETE_LIST", "{`id`: `NOLIST`}")).contains("not_found");
    var campaign = campaign(list(3));
    var sent = agent.get(SEND, send(campaign));
    assertThat(sent.at("/meta/would/0/affected").intValue()).isEqualTo(3);
    assertThat(status(campaign)).isEqualTo("Draft");
    agent(unconfirmed(Optional.empty())).get(SEND, send(campaign));
    assertThat(agent.refusal(SEND, send(campaign))).contains("only a draft can be sent");
  }

  @Test
  void aDryRunIsRefusedForWhatOnlyTheWorkItselfFinds() {
    var agent = agent(new GuardRails(false, true, true, Optional.empty()));
    assertThat(
            agent.refusal(
                "KLAVIYO_ASSIGN_CAMPAIGN_MESSAGE_TEMPLATE",
                "{`data__id`: `01AAAAAAAAAAAAAAAAAAAAAAAA`,"
                    + " `data__relationships__template__data__id`: `NOTEMP`}"))
        .contains("not_found");
    assertThat(
            agent.refusal(
                "KLAVIYO_ADD_PROFILE_TO_LIST",
                "{`list_id`: `NOLIST`, `profile_ids`: [`01AAAAAAAAAAAAAAAAAAAAAAAA`]}"))
        .contains("not_found");
    var taken = "{`data__attributes__email`: `taken@example.com`}";
    agent.get("KLAVIYO_CREATE_PROFILE", taken);
    agent.get("KLAVIYO_CREATE_PROFILE", taken);
    agent(GuardRails.USUAL).get("KLAVIYO_CREATE_PROFILE", taken);
    assertThat(agent.refusal("KLAVIYO_CREATE_PROFILE", taken)).contains("duplicate_profile");
    agent.get(
        "KLAVIYO_CREATE_EVENT",
        "{`data__attributes__metric__data__attributes__name`: `Dreamt`,"
            + " `data__attributes__profile__data__attributes__email`: `dry@example.com`}");
    assertThat(shop.get("/api/metrics").expect(200).attributes("name")).doesNotContain("Dreamt");
    assertThat(shop.get("/api/profiles").expect(200).attributes("email"))
        .containsExactly("taken@example.com");
  }

  @Test
  void whatAToolMayNotDoCannotBeDoneAroundIt() {
    var template =
        """
        {"data":{"type":"template","attributes":{"name":"News","editor_type":"CODE","html":"<p>Hi</p>"}}}
        """;
    for (var rails :
        List.of(
            new GuardRails(true, false, true, Optional.empty()),
            new GuardRails(false, true, true, Optional.empty()))) {
      var direct = shop.with(server.createKey(shop.account(), Set.of(Caller.EVERYTHING), rails));
      assertThat(direct.post("/api/templates", template).expect(403).details())
          .containsExactly("This key may only read.");
      direct.get("/api/templates").expect(200);
    }
    var campaign = campaign(list(1));
    var capped =
        shop.with(
            server.createKey(
                shop.account(), Set.of(Caller.EVERYTHING), unconfirmed(Optional.of(5L))));
    var send = "{\"data\":{\"type\":\"campaign-send-job\",\"id\":\"%s\"}}".formatted(campaign);
    assertThat(capped.post("/api/campaign-send-jobs", send).expect(403).details().getFirst())
        .contains("only the tools for agents count them");
    assertThat(status(campaign)).isEqualTo("Draft");
    capped.post("/api/templates", template).expect(201);
    agent(unconfirmed(Optional.of(5L))).get(SEND, send(campaign));
    assertThat(status(campaign)).isNotEqualTo("Draft");
  }

  @Test
  void sendingNeedsTheTokenOfTheSummary() {
    var agent = agent(GuardRails.USUAL);
    var campaign = campaign(list(3));
    var summary = agent.get(SEND, send(campaign));
    assertThat(summary.at("/meta/confirmation_required").booleanValue()).isTrue();
    assertThat(summary.at("/meta/recipients").intValue()).isEqualTo(3);
    assertThat(summary.at("/meta/about").stringValue()).contains("News");
    assertThat(status(campaign)).isEqualTo("Draft");

    var token = summary.at("/meta/confirmation_token").stringValue();
    var sent = agent.get(SEND, send(campaign, token));
    assertThat(sent.at("/data/id").stringValue()).isEqualTo(campaign);
    assertThat(status(campaign)).isNotEqualTo("Draft");
    assertThat(audit(SEND).attributes("outcome")).containsExactly("done", "unconfirmed");
    assertThat(audit(SEND).body()).doesNotContain(token);
  }

  @Test
  void aTokenCanComeThroughCallTool() {
    var agent = agent(GuardRails.USUAL);
    var campaign = campaign(list(1));
    var call = "{`name`: `%s`, `arguments`: {`data__id`: `%s`}%s}";
    var summary = agent.get("call_tool", call.formatted(SEND, campaign, ""));
    var token = summary.at("/meta/confirmation_token").stringValue();
    agent.get(
        "call_tool", call.formatted(SEND, campaign, ", `confirmation_token`: `" + token + "`"));
    assertThat(status(campaign)).isNotEqualTo("Draft");
  }

  @Test
  void aTokenIsGoodForOneKeyOneCallAndAWhile() {
    var agent = agent(GuardRails.USUAL);
    var list = list(1);
    var campaign = campaign(list);
    var token = token(agent, campaign);

    assertUnconfirmed(agent(GuardRails.USUAL), campaign, token);
    assertUnconfirmed(agent, campaign(list), token);
    assertUnconfirmed(agent, campaign, "nonsense");
    assertUnconfirmed(agent, campaign, token.substring(1) + "A");
    clock.tick(Confirmations.VALID.plusSeconds(2));
    assertUnconfirmed(agent, campaign, token);
  }

  @Test
  void aTokenIsGoodOnceUnlessTheCallWasRefused() {
    var agent = agent(GuardRails.USUAL);
    var list = list(0);
    var subscribe =
        ("{`data__attributes__profiles__data`: [{`type`: `profile`, `attributes`: {`email`:"
                + " `new@example.com`, `subscriptions`: {`email`: {`marketing`: {`consent`:"
                + " `SUBSCRIBED`}}}}}], `data__relationships__list__data__id`: `%s`%s}")
            .formatted(list, "%s");
    var token =
        agent
            .get("KLAVIYO_SUBSCRIBE_PROFILES", subscribe.formatted(""))
            .at("/meta/confirmation_token")
            .stringValue();
    var confirmed = subscribe.formatted(", `confirmation_token`: `" + token + "`");
    shop.delete("/api/lists/" + list).expect(204);
    assertThat(agent.refusal("KLAVIYO_SUBSCRIBE_PROFILES", confirmed)).contains("not_found");
    assertThat(db.sql("select token from agent_confirmation").list(row -> row.text("token")))
        .isEmpty();

    var again = list(0);
    var asked = subscribe.replace(list, again);
    var once =
        agent
            .get("KLAVIYO_SUBSCRIBE_PROFILES", asked.formatted(""))
            .at("/meta/confirmation_token")
            .stringValue();
    var said = asked.formatted(", `confirmation_token`: `" + once + "`");
    assertThat(agent.get("KLAVIYO_SUBSCRIBE_PROFILES", said).at("/meta/accepted").booleanValue())
        .isTrue();
    assertThat(agent.get("KLAVIYO_SUBSCRIBE_PROFILES", said).toString())
        .contains("\"confirmation_required\":true", "was used");
  }

  @Test
  void aCampaignThatHasChangedSinceMustBeConfirmedAnew() {
    var agent = agent(GuardRails.USUAL);
    var campaign = campaign(list(1));
    var token = token(agent, campaign);
    shop.patch(
            "/api/campaigns/" + campaign,
            """
            {"data":{"type":"campaign","id":"%s","attributes":{"audiences":{"included":["%s"]}}}}
            """
                .formatted(campaign, list(2)))
        .expect(200);
    assertUnconfirmed(agent, campaign, token);
    agent.get(SEND, send(campaign, token(agent, campaign)));
    assertThat(status(campaign)).isNotEqualTo("Draft");
  }

  @Test
  void anAudienceThatHasGrownMustBeConfirmedAnew() {
    var agent = agent(GuardRails.USUAL);
    var list = list(1);
    var campaign = campaign(list);
    var token = token(agent, campaign);
    for (int i = 0; i < 11; i++) {
      add(list, "late%d@example.com".formatted(i));
    }
    assertUnconfirmed(agent, campaign, token);
  }

  private static String token(Agent agent, String campaign) {
    return agent.get(SEND, send(campaign)).at("/meta/confirmation_token").stringValue();
  }

  private void assertUnconfirmed(Agent agent, String campaign, String token) {
    var answer = agent.get(SEND, send(campaign, token));
    assertThat(answer.at("/meta/confirmation_required").booleanValue()).isTrue();
    assertThat(answer.toString()).contains("token given is not good");
    assertThat(status(campaign)).isEqualTo("Draft");
  }

  @Test
  void whatCannotBeSentIsRefusedBeforeAnybodyIsAsked() {
    var agent = agent(GuardRails.USUAL);
    assertThat(agent.refusal(SEND, send("01AAAAAAAAAAAAAAAAAAAAAAAA"))).contains("not exist");
    assertThat(agent.refusal(SEND, "{}")).contains("data__id");
  }

  @Test
  void confirmationCanBeSwitchedOff() {
    var agent = agent(unconfirmed(Optional.empty()));
    var campaign = campaign(list(1));
    assertThat(agent.get(SEND, send(campaign)).at("/data/id").stringValue()).isEqualTo(campaign);
  }

  @Test
  void aKeyReachesNoMorePeopleADayThanItMayWhateverNodeItAsks() {
    var key =
        server.createKey(shop.account(), Set.of(Caller.EVERYTHING), unconfirmed(Optional.of(5L)));
    var agent = new Agent(server.url(), key);
    var list = list(3);
    agent.get(SEND, send(campaign(list)));
    try (var other = TestServer.start(Map.of(), open(), clock)) {
      var elsewhere = new Agent(other.url(), key);
      var second = campaign(list);
      assertThat(elsewhere.refusal(SEND, send(second)))
          .contains("3 people")
          .contains("5 a day")
          .contains("3 today");
      assertThat(status(second)).isEqualTo("Draft");
      clock.tick(Duration.ofDays(1));
      elsewhere.get(SEND, send(second));
    }
  }

  @Test
  void aSendThatFailsIsNotCounted() {
    var key =
        server.createKey(shop.account(), Set.of(Caller.EVERYTHING), unconfirmed(Optional.of(3L)));
    var agent = new Agent(server.url(), key);
    var campaign = campaign(list(3));
    agent.get(SEND, send(campaign));
    agent.refusal(SEND, send(campaign));
    assertThat(db.sql("select recipients from agent_reach").list(row -> row.number("recipients")))
        .containsExactly(3L);
  }
}
