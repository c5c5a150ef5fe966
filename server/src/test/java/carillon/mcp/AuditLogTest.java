package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.accounts.GuardRails;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What agents did is written down, told to the owner, and forgotten in time. */
class AuditLogTest {

  private final Database db = TestDatabase.create();
  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, new Random(7));
  private final AuditLog log = new AuditLog(db, clock, ids);
  private final ApiKeys keys =
      new ApiKeys(db, clock, ids, new Random(8), new Accounts(db, clock, ids, List.of()));

  @AfterEach
  void close() {
    db.close();
  }

  private ApiKeys.AgentKey key() {
    new Accounts(db, clock, ids, List.of()).create("AUDIT1", "Audited");
    var secret = keys.create("AUDIT1", "agent", Set.of("tags:read"), GuardRails.USUAL);
    return keys.agent(secret).orElseThrow();
  }

  @Test
  void callsAreToldTheLatestFirstToKeysThatMayDoEverything() {
    try (var server = TestServer.start(Map.of(), db, clock)) {
      var key = key();
      for (var tool : List.of("KLAVIYO_GET_TAGS", "KLAVIYO_GET_LISTS", "KLAVIYO_GET_TAGS")) {
        clock.tick(Duration.ofMinutes(1));
        var row = log.begin(key, tool, Json.object().put("page__size", 5));
        log.end("AUDIT1", row, AuditLog.Outcome.DONE, List.of("req-1", "req-2"));
      }
      var full = keys.create("AUDIT1", "owner", Set.of(Caller.EVERYTHING));
      var owner = new Shop(server.url(), "AUDIT1", full);

      var first = owner.get("/carillon/audit-log?page[size]=2").expect(200);
      assertThat(first.attributes("tool")).containsExactly("KLAVIYO_GET_TAGS", "KLAVIYO_GET_LISTS");
      assertThat(first.text("/data/0/attributes/outcome")).isEqualTo("done");
      assertThat(first.text("/data/0/attributes/request_ids/1")).isEqualTo("req-2");
      assertThat(first.text("/data/0/attributes/arguments/page__size")).isEqualTo("5");
      assertThat(first.text("/data/0/attributes/key_id")).isEqualTo(key.id().toString());
      assertThat(owner.follow(first.text("/links/next")).expect(200).ids()).hasSize(1);

      var oneTool =
          owner.get(
              "/carillon/audit-log?filter=equals(tool,\"KLAVIYO_GET_LISTS\")".replace("\"", "%22"));
      assertThat(oneTool.expect(200).ids()).hasSize(1);
      var oneKey = owner.get("/carillon/audit-log?filter=equals(key_id,%22" + key.id() + "%22)");
      assertThat(oneKey.expect(200).ids()).hasSize(3);
      var since =
          owner.get(
              "/carillon/audit-log?filter=greater-or-equal(called_at,"
                  + clock.instant().minusSeconds(90)
                  + ")");
      assertThat(since.expect(200).ids()).hasSize(2);

      var few = owner.with(keys.create("AUDIT1", "few", Set.of("tags:read", "accounts:read")));
      few.get("/carillon/audit-log").expect(403);
    }
  }

  @Test
  void secretsAndWhatIsTooLongAreNotWrittenDown() {
    var arguments =
        (ObjectNode)
            Json.read(
                """
                {"name": "x", "endpoint": {"secret_key": "s3cret"}, "confirmation_token": "abc",
                 "note": "use pk_0123456789abcdef please", "file": "%s", "nul": "a\\u0000b"}
                """
                    .formatted("A".repeat(5000)));
    var told = Discretion.of(arguments);
    assertThat(told.toString())
        .doesNotContain("s3cret", "abc\"", "pk_0123456789abcdef", "\\u0000")
        .hasSizeLessThan(900);
    assertThat(told.at("/name").stringValue()).isEqualTo("x");
    assertThat(told.at("/file").stringValue()).endsWith("… 5000 characters");
  }

  @Test
  void callsAreForgottenAfterAWhile() {
    var key = key();
    log.begin(key, "OLD", Json.object());
    clock.tick(AuditLog.KEPT.plusSeconds(1));
    log.begin(key, "NEW", Json.object());
    log.tidy("AUDIT1");
    assertThat(db.sql("select tool from agent_call").list(row -> row.text("tool")))
        .containsExactly("NEW");
  }
}
