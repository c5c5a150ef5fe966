package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {

  private static final String BODY = "{}";

  @Test
  void oneAddressCannotUseUpWhatOthersMayDo() {
    try (var server = TestServer.start(Map.of("CARILLON_RATE_LIMITS", "0.01"), new TestClock())) {
      var shop = TestServer.shop(server);
      var browser = Browser.of(server.url(), shop.account());
      flood(browser);

      assertThat(bulk(browser).expect(429).headers().firstValue("Retry-After")).isPresent();
      bulk(browser.at("192.0.2.2")).expect(400);
      bulk(browser.at("2001:db8:0:1::1")).expect(400);
      bulk(browser.at("2001:db8:0:1:ffff::9")).expect(429);
      bulk(browser.at("2001:db8:0:2::1")).expect(400);
      bulk(Browser.of(server.url(), TestServer.shop(server).account())).expect(400);
    }
  }

  @Test
  void whoIsNoTrustedProxyIsNotBelievedAboutAddresses() {
    var settings =
        Map.of("CARILLON_RATE_LIMITS", "0.01", "CARILLON_TRUSTED_PROXIES", "203.0.113.0/24");
    try (var server = TestServer.start(settings, new TestClock())) {
      var browser = Browser.of(server.url(), TestServer.shop(server).account());
      flood(browser);

      bulk(browser.at("192.0.2.2")).expect(429);
    }
  }

  /** At a hundredth of the published limit there is a call a second and two a minute. */
  private static void flood(Browser browser) {
    for (int i = 0; i < 3; i++) {
      bulk(browser);
    }
  }

  private static Answer bulk(Browser browser) {
    return browser.post("/client/event-bulk-create", BODY);
  }
}
