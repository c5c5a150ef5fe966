package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void whatAVisitorDidBecomesThePersonsOnceARequestNamesBoth() {
    var ada = create("{'email': 'ada@example.com', 'properties': {'a': 1}}");
    track("Viewed Product", "{'anonymous_id': 'laptop', 'properties': {'a': 2, 'b': 3}}");
    track("Added to Cart", "{'anonymous_id': 'laptop'}");
    assertThat(eventsOf(ada)).isEmpty();

    track("Placed Order", "{'email': 'ada@example.com', 'anonymous_id': 'laptop'}");

    Eventually.check(() -> assertThat(eventsOf(ada)).hasSize(3));
    assertThat(shop.get("/api/profiles").ids()).containsExactly(ada);
    var read = shop.get("/api/profiles/" + ada);
    assertThat(read.at("/data/attributes/properties").toString()).isEqualTo("{\"a\":1,\"b\":3}");
    assertThat(shop.get("/api/metrics").attributes("name")).doesNotContain("Merged Profile");
    track("Viewed Product", "{'anonymous_id': 'laptop'}");
    assertThat(eventsOf(ada)).hasSize(4);
  }

  @Test
  void aVisitorNobodyKnowsYetBecomesThePerson() {
    track("Viewed Product", "{'anonymous_id': 'laptop'}");
    var visitor = shop.get("/api/profiles").ids().getFirst();

    track("Placed Order", "{'email': 'new@example.com', 'anonymous_id': 'laptop'}");

    assertThat(eventsOf(visitor)).hasSize(2);
    assertThat(shop.get("/api/profiles/" + visitor).text("/data/attributes/email"))
        .isEqualTo("new@example.com");
  }

  @Test
  void theDeviceOfSomebodyElseBringsNothingWithIt() {
    var ada = create("{'email': 'ada@example.com'}");
    track("Ran", "{'email': 'ada@example.com', 'anonymous_id': 'kiosk'}");
    var bob = create("{'email': 'bob@example.com'}");

    track("Ran", "{'email': 'bob@example.com', 'anonymous_id': 'kiosk'}");
    // Something that is told after the same news would have been, on the way every news takes.
    identifyAnotherAndWait();

    assertThat(eventsOf(ada)).hasSize(1);
    assertThat(eventsOf(bob)).hasSize(1);
    assertThat(shop.get("/api/profiles").ids()).contains(ada, bob);
  }

  @Test
  void manyDevicesIdentifiedAtOnceAllArrive() throws Exception {
    var ada = create("{'email': 'ada@example.com'}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 30)
              .mapToObj(i ->
                  threads.submit(() -> {
                    track("Ran", "{'anonymous_id': 'device" + i + "'}", "a" + i);
                    track(
                        "Ran",
                        "{'email': 'ada@example.com', 'anonymous_id': 'device" + i + "'}",
                        "b" + i);
                  }))
              .toList();
      for (var one : all) {
        one.get();
      }
    }
    Eventually.check(() -> assertThat(shop.get("/api/profiles").ids()).containsExactly(ada));
    assertThat(eventsOf(ada)).hasSize(60);
  }

  private void identifyAnotherAndWait() {
    var other = create("{'email': 'other@example.com'}");
    track("Ran", "{'anonymous_id': 'phone'}");
    track("Ran", "{'email': 'other@example.com', 'anonymous_id': 'phone'}", "second");
    Eventually.check(() -> assertThat(eventsOf(other)).hasSize(2));
  }

  private String create(String attributes) {
    return Household.create(shop, attributes);
  }

  private void track(String metric, String profile) {
    track(metric, profile, metric);
  }

  private void track(String metric, String profile, String uniqueId) {
    var body = Json.object();
    var attributes = body.putObject("data").put("type", "event").putObject("attributes");
    attributes.put("unique_id", uniqueId + System.nanoTime()).putObject("properties");
    var kind = attributes.putObject("metric").putObject("data").put("type", "metric");
    kind.putObject("attributes").put("name", metric);
    var whose = attributes.putObject("profile").putObject("data").put("type", "profile");
    whose.set("attributes", Json.read(profile.replace('\'', '"')));
    shop.post("/api/events", body.toString()).expect(202);
  }

  private List<String> eventsOf(String profile) {
    return shop.get("/api/events?filter=" + Shop.encoded("equals(profile_id,\"" + profile + "\")"))
        .expect(200)
        .ids();
  }
}
