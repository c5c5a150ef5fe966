package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a tool asks of the API is limited, counted and logged as if it had come over HTTP. */
class LimitsTest {

  private static final int MORE_THAN_A_MINUTE_ALLOWS = 20;

  @Test
  void theLimitsOfTheApiHoldForTools() {
    try (var server = TestServer.start(Map.of("CARILLON_RATE_LIMITS", "on"), new TestClock())) {
      var shop = TestServer.shop(server);
      var agent = Agent.of(shop, server.url());
      var last = agent.call("KLAVIYO_GET_ACCOUNTS", "{}");
      for (int i = 0; i < MORE_THAN_A_MINUTE_ALLOWS && !last.get("isError").booleanValue(); i++) {
        last = agent.call("KLAVIYO_GET_ACCOUNTS", "{}");
      }
      assertThat(last.at("/content/0/text").stringValue())
          .contains("throttled")
          .containsPattern("Try again in \\d+ s");
      assertThat(last.at("/structuredContent/meta/retry_after_seconds").intValue()).isPositive();
      shop.get("/api/accounts").expect(429);
      assertThat(metrics(server.url()))
          .contains("operation=\"get_accounts\",status=\"429\"")
          .contains("operation=\"mcp\",status=\"200\"");
    }
  }

  private static String metrics(String url) {
    return Shop.send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build()).body();
  }
}
