package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientEventsTest {

  private final Shop shop = TestServer.shop();
  private final Browser browser = Browser.of(TestServer.shared().url(), shop.account());

  @Test
  void anEventIsRecordedWithItsPersonAndNothingIsTold() {
    var answer =
        browser.track("Viewed Product", "{'email': 'ada@example.com', 'first_name': 'Ada'}");

    assertThat(answer.expect(202).body()).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    var event = shop.get("/api/events?include=profile,metric").expect(200);
    assertThat(
            event.text("/included/0/attributes/email") + event.text("/included/1/attributes/email"))
        .contains("ada@example.com");
    assertThat(shop.get("/api/metrics").attributes("name")).containsExactly("Viewed Product");
  }

  @Test
  void manyEventsOfOnePersonAreRecordedAtOnce() {
    bulk(0, 1000).expect(202);

    assertThat(shop.get("/api/events?page[size]=1000").ids()).hasSize(1000);
    assertThat(shop.get("/api/profiles").ids()).hasSize(1);
    bulk(1000, 2001).expect(400);
    bulk(0, 0).expect(400);
  }

  @Test
  void aRepeatedUniqueIdInOneRequestIsRefusedAndAcrossRequestsDropped() {
    bulk(1, 2).expect(202);
    bulk(1, 3).expect(202);
    assertThat(shop.get("/api/events").ids()).hasSize(2);

    var twice = events(List.of(event(7), event(7)));
    assertThat(browser.post("/client/event-bulk-create", twice).expect(400).details())
        .containsExactly("The unique_id '7' is repeated for the same profile and metric.");
  }

  @Test
  void theServersOwnMetricsCannotBeForged() {
    var answer =
        browser.post(
            "/client/events",
            Browser.quoted(
                """
                {'data': {'type': 'event', 'attributes': {'properties': {},
                  'metric': {'data': {'type': 'metric',
                    'attributes': {'name': 'Opened Email', 'service': 'klaviyo'}}},
                  'profile': {'data': {'type': 'profile',
                    'attributes': {'email': 'ada@example.com'}}}}}}
                """));
    assertThat(answer.expect(400).details()).containsExactly("'service' may not be 'Klaviyo'.");
  }

  @Test
  void aProfileIsMadeAndThenChanged() {
    browser.identify("{'email': 'ada@example.com', 'properties': {'size': 4}}").expect(202);
    browser
        .post(
            "/client/profiles",
            Browser.quoted(
                """
                {'data': {'type': 'profile', 'attributes': {'email': 'ada@example.com',
                  'last_name': 'Lovelace', 'properties': {'colour': 'red'}},
                  'meta': {'patch_properties': {'append': {'seen': ['a', 'b']}, 'unset': 'size'}}}}
                """))
        .expect(202);

    var ada = shop.get("/api/profiles").expect(200);
    assertThat(ada.ids()).hasSize(1);
    assertThat(ada.text("/data/0/attributes/last_name")).isEqualTo("Lovelace");
    assertThat(ada.at("/data/0/attributes/properties").toString())
        .isEqualTo("{\"seen\":[\"a\",\"b\"],\"colour\":\"red\"}");
  }

  @Test
  void whoIsNotNamedAtAllIsRefused() {
    browser.identify("{'first_name': 'Nobody'}").expect(400);
    browser.track("Ran", "{}").expect(400);
  }

  @Test
  void theCompanyAndTheRevisionAreRequiredAndAKeyIsOfNoUse() {
    assertThat(Browser.of(TestServer.shared().url(), "NONE00").track("Ran", "{'email': 'a@b.co'}"))
        .satisfies(answer -> answer.expect(400))
        .satisfies(answer ->
            assertThat(answer.text("/errors/0/source/parameter")).isEqualTo("company_id"));
    var withoutRevision =
        HttpRequest.newBuilder(address("/client/profiles?company_id=" + shop.account()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(Shop.send(withoutRevision).expect(400).details().getFirst()).contains("revision");
    shop.post("/client/profiles", "{}").expect(400);
  }

  @Test
  void aBrowserMayAskBeforehandFromAnyOrigin() {
    var preflight =
        HttpRequest.newBuilder(address("/client/events?company_id=" + shop.account()))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", "https://shop.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type,revision")
            .build();
    var headers = Shop.send(preflight).expect(200).headers();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(headers.firstValue("Access-Control-Allow-Methods").orElse("")).contains("POST");
    assertThat(headers.firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("content-type", "revision", "x-klaviyo-api-filters");
    assertThat(headers.firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  private carillon.testing.Answer bulk(int from, int to) {
    return browser.post(
        "/client/event-bulk-create",
        events(IntStream.range(from, to).mapToObj(ClientEventsTest::event).toList()));
  }

  private static String events(List<String> events) {
    return Browser.quoted(
        """
        {'data': {'type': 'event-bulk-create', 'attributes': {
          'profile': {'data': {'type': 'profile', 'attributes': {'anonymous_id': 'device'}}},
          'events': {'data': [%s]}}}}
        """
            .formatted(events.stream().collect(Collectors.joining(","))));
  }

  private static String event(int number) {
    return """
    {'type': 'event', 'attributes': {'properties': {}, 'unique_id': '%d',
      'metric': {'data': {'type': 'metric', 'attributes': {'name': 'Scrolled'}}}}}
    """
        .formatted(number);
  }

  private static URI address(String path) {
    return URI.create(TestServer.shared().url() + path);
  }
}
