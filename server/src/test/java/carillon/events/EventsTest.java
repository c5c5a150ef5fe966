package carillon.events;

import static carillon.events.Happenings.attributes;
import static carillon.events.Happenings.of;
import static carillon.events.Happenings.post;
import static carillon.testing.Shop.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void anEventIsReadableOnceItIsAccepted() {
    var body = of("Placed Order");
    attributes(body).put("time", "2026-03-01T10:00:00.750+01:00").put("unique_id", "order-1");
    attributes(body).put("value", 29.5).put("value_currency", "EUR");
    ((ObjectNode) attributes(body).get("properties"))
        .put("Brand", "Acme")
        .putObject("$extra")
        .put("note", "x");

    assertThat(post(shop, body).expect(202).body()).isEmpty();

    var answer = shop.get("/api/events").expect(200);
    assertThat(answer.ids()).hasSize(1);
    assertThat(answer.text("/data/0/attributes/datetime")).isEqualTo("2026-03-01T09:00:00+00:00");
    assertThat(answer.at("/data/0/attributes/timestamp").longValue())
        .isEqualTo(Instant.parse("2026-03-01T09:00:00Z").getEpochSecond());
    var properties = answer.at("/data/0/attributes/event_properties");
    assertThat(properties.get("Brand").stringValue()).isEqualTo("Acme");
    assertThat(properties.at("/$extra/note").stringValue()).isEqualTo("x");
    assertThat(properties.get("$value").doubleValue()).isEqualTo(29.5);
    assertThat(properties.get("$value_currency").stringValue()).isEqualTo("EUR");
    assertThat(properties.get("$event_id").stringValue()).isEqualTo("order-1");
    assertThat(answer.text("/data/0/relationships/metric/data/id")).hasSize(6);
    assertThat(answer.text("/data/0/relationships/profile/data/id")).hasSize(26);
    assertThat(answer.at("/data/0/relationships/attributions").has("data")).isFalse();
  }

  @Test
  void anEventClearsTheLocationThatIsNullAndTakesAMetaThatIsNull() {
    var body = of("Moved");
    var person = (ObjectNode) attributes(body).at("/profile/data/attributes");
    person.putObject("location").put("city", "London");
    post(shop, body).expect(202);
    assertThat(city()).isEqualTo("London");

    person.putNull("location").putNull("meta");
    post(shop, body).expect(202);
    assertThat(city()).isEmpty();

    var bulk = Happenings.bulk();
    Happenings.add(bulk, "ada@example.com", Happenings.attributes("Moved"));
    var entry = "/data/attributes/events-bulk-create/data/0/attributes/profile/data";
    ((ObjectNode) bulk.at(entry)).putNull("meta");
    Happenings.postBulk(shop, bulk).expect(202);
  }

  private String city() {
    return shop.get("/api/profiles").at("/data/0/attributes/location/city").asString("");
  }

  @Test
  void anEventTellsItsMetricAndProfile() {
    post(shop, of("Viewed Product")).expect(202);
    var id = shop.get("/api/events").ids().getFirst();

    var event = shop.get("/api/events/" + id + "?include=metric,profile,attributions").expect(200);
    var metric = shop.get("/api/events/" + id + "/metric").expect(200);
    var profile = shop.get("/api/events/" + id + "/profile").expect(200);

    assertThat(event.at("/included")).hasSize(2);
    assertThat(event.at("/data/relationships/attributions/data")).isEmpty();
    assertThat(metric.text("/data/attributes/name")).isEqualTo("Viewed Product");
    assertThat(metric.text("/data/attributes/integration/name")).isEqualTo("API");
    assertThat(profile.text("/data/attributes/email")).isEqualTo("ada@example.com");
    assertThat(shop.get("/api/events/" + id + "/relationships/metric").id()).isEqualTo(metric.id());
    assertThat(shop.get("/api/events/" + id + "/relationships/profile").id())
        .isEqualTo(profile.id());
    assertThat(
            shop.get("/api/events/" + id + "/profile?additional-fields[profile]=subscriptions")
                .at("/data/attributes/subscriptions")
                .isObject())
        .isTrue();
  }

  @Test
  void theNewestEventOfAPersonIsToldWithThem() {
    for (var time :
        List.of("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z")) {
      var body = of("Seen");
      attributes(body).put("time", time);
      post(shop, body).expect(202);
    }
    var id = shop.get("/api/events").ids().getFirst();
    assertThat(shop.get("/api/events/" + id + "/profile").text("/data/attributes/last_event_date"))
        .isEqualTo("2026-03-01T00:00:00+00:00");
  }

  @Test
  void theSameEventTwiceIsKeptOnceAndTheFirstWins() {
    for (int i = 0; i < 2; i++) {
      var body = of("Placed Order");
      attributes(body).put("unique_id", "order-1").put("value", i);
      post(shop, body).expect(202);
    }
    var answer = shop.get("/api/events");
    assertThat(answer.ids()).hasSize(1);
    assertThat(answer.at("/data/0/attributes/event_properties/$value").intValue()).isZero();
  }

  @Test
  void withoutAUniqueIdTheSecondStandsForIt() {
    for (var time : List.of("2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.9Z")) {
      var body = of("Clicked");
      attributes(body).put("time", time);
      post(shop, body).expect(202);
    }
    var answer = shop.get("/api/events");
    assertThat(answer.ids()).hasSize(1);
    assertThat(answer.text("/data/0/attributes/event_properties/$event_id"))
        .isEqualTo(Long.toString(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()));
  }

  @Test
  void theSameUniqueIdOfAnotherMetricOrPersonIsAnotherEvent() {
    for (var body : List.of(of("A"), of("B"), of("A", "bob@example.com"))) {
      attributes(body).put("unique_id", "same");
      post(shop, body).expect(202);
    }
    assertThat(shop.get("/api/events").ids()).hasSize(3);
  }

  @Test
  void onceAMetricHasHadValuesEventsWithoutOneAreWorthNothing() {
    var before = of("Order");
    attributes(before).put("unique_id", "1").put("time", "2026-01-01T00:00:00Z");
    var valued = of("Order");
    attributes(valued).put("unique_id", "2").put("value", 5).put("time", "2026-01-02T00:00:00Z");
    var after = of("Order");
    attributes(after).put("unique_id", "3").put("time", "2026-01-03T00:00:00Z");
    List.of(before, valued, after).forEach(body -> post(shop, body).expect(202));

    var answer = shop.get("/api/events?sort=datetime");

    assertThat(answer.at("/data/0/attributes/event_properties").has("$value")).isFalse();
    assertThat(answer.text("/data/1/attributes/event_properties/$value_currency")).isEqualTo("USD");
    assertThat(answer.at("/data/2/attributes/event_properties/$value").intValue()).isZero();
    assertThat(answer.at("/data/2/attributes/event_properties/$value").isNumber()).isTrue();
  }

  @Test
  void aServiceHasMetricsOfItsOwn() {
    var shopify = of("Placed Order");
    ((ObjectNode) shopify.at("/data/attributes/metric/data/attributes")).put("service", "Shopify");
    post(shop, shopify).expect(202);
    post(shop, of("Placed Order")).expect(202);

    var metrics =
        shop.get("/api/metrics?filter=" + encoded("equals(integration.name,\"Shopify\")"));

    assertThat(metrics.attributes("name")).containsExactly("Placed Order");
    assertThat(shop.get("/api/metrics").ids()).hasSize(2);
  }

  @Test
  void eventsAreFilteredByMetricPersonAndTime() {
    record(10, "A", "ada@example.com");
    record(5, "B", "bob@example.com");
    var metric = shop.get("/api/metrics").ids().getFirst();
    var person =
        shop.get("/api/events?sort=-datetime").text("/data/0/relationships/profile/data/id");
    var from = Instant.parse("2026-01-01T00:00:03Z").getEpochSecond();

    assertThat(filtered("equals(metric_id,\"" + metric + "\")").ids()).hasSize(10);
    assertThat(filtered("equals(profile_id,\"" + person + "\")").ids()).hasSize(10);
    assertThat(filtered("greater-or-equal(datetime,2026-01-01T00:00:03Z)").ids()).hasSize(9);
    assertThat(filtered("greater-than(datetime,2026-01-01T00:00:03+00:00)").ids()).hasSize(7);
    assertThat(filtered("less-than(timestamp," + from + ")").ids()).hasSize(6);
    assertThat(
            filtered(
                    "greater-than(timestamp,"
                        + from
                        + "),less-or-equal(timestamp,"
                        + (from + 2)
                        + ")")
                .ids())
        .hasSize(3);
    assertThat(filtered("less-than(timestamp,1e300)").ids()).hasSize(15);
    assertThat(filtered("has(profile),has(metric)").ids()).hasSize(15);
    assertThat(filtered("equals(metric_id,\"nothing\")").ids()).isEmpty();
  }

  @Test
  void eventsComeNewestFirstUnlessAskedOtherwise() {
    record(4, "A", "ada@example.com");
    var newest = shop.get("/api/events").attributes("timestamp");
    var oldest = shop.get("/api/events?sort=timestamp").attributes("timestamp");
    assertThat(newest).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(oldest).isEqualTo(newest.reversed());
    assertThat(shop.get("/api/events?sort=-datetime").attributes("timestamp")).isEqualTo(newest);
  }

  @Test
  void pagesShowEachEventOnceWhileOthersComeIn() {
    record(40, "A", "ada@example.com");
    var before = new HashSet<>(shop.get("/api/events?page[size]=1000").ids());
    var seen = new ArrayList<String>();
    var page = shop.get("/api/events?page[size]=7").expect(200);
    for (int i = 0; ; i++) {
      seen.addAll(page.ids());
      post(shop, of("Meanwhile", "p" + i + "@example.com")).expect(202);
      if (page.at("/links/next").isNull()) {
        break;
      }
      page = shop.follow(page.text("/links/next")).expect(200);
    }
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
    assertThat(shop.follow(page.text("/links/prev")).ids()).hasSize(7);
  }

  @Test
  void manyClientsAtOnceFindAllTheirEventsExactlyOnce() throws Exception {
    int clients = 64;
    int each = 40;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, clients)
              .<Callable<Boolean>>mapToObj(client -> () -> sendAll(client, each))
              .toList();
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
    var ids = new ArrayList<String>();
    var unique = new ArrayList<String>();
    var page = shop.get("/api/events?page[size]=1000").expect(200);
    while (true) {
      ids.addAll(page.ids());
      page.at("/data")
          .forEach(
              one -> unique.add(one.at("/attributes/event_properties/$event_id").stringValue()));
      if (page.at("/links/next").isNull()) {
        break;
      }
      page = shop.follow(page.text("/links/next")).expect(200);
    }
    assertThat(ids).hasSize(clients * each).doesNotHaveDuplicates();
    assertThat(new HashSet<>(unique)).hasSize(clients * each);
    assertThat(shop.get("/api/metrics").ids()).hasSize(4);
  }

  /** Each event is sent twice, by clients that share people and metrics. */
  private boolean sendAll(int client, int each) {
    for (int i = 0; i < each; i++) {
      var body = of("Metric " + i % 4, "person" + (client + i) % 10 + "@example.com");
      attributes(body).put("unique_id", client + "-" + i);
      post(shop, body).expect(202);
      post(shop, body).expect(202);
    }
    return true;
  }

  @Test
  void afterAMergeEventsAreFoundByTheirOldIds() {
    post(shop, of("Seen", "ada@example.com")).expect(202);
    post(shop, of("Heard", "twin@example.com")).expect(202);
    var people = new java.util.HashMap<String, String>();
    var ids = new java.util.HashMap<String, String>();
    for (var one : shop.get("/api/events?include=metric").at("/data")) {
      var id = one.get("id").stringValue();
      var metric = shop.get("/api/events/" + id + "/metric").text("/data/attributes/name");
      people.put(metric, one.at("/relationships/profile/data/id").stringValue());
      ids.put(metric, id);
    }

    shop.post(
            "/api/profile-merge",
            """
            {"data": {"type": "profile-merge", "id": "%s", "relationships": {"profiles":
              {"data": [{"type": "profile", "id": "%s"}]}}}}
            """
                .formatted(people.get("Seen"), people.get("Heard")))
        .expect(201);

    var moved = shop.get("/api/events/" + ids.get("Heard")).expect(200);
    assertThat(moved.text("/data/relationships/profile/data/id")).isEqualTo(people.get("Seen"));
    assertThat(filtered("equals(profile_id,\"" + people.get("Seen") + "\")").ids())
        .contains(moved.id())
        .hasSize(3);
    var merged = shop.get("/api/metrics?filter=" + encoded("equals(integration.name,\"Klaviyo\")"));
    assertThat(merged.attributes("name")).containsExactly("Merged Profile");
  }

  @Test
  void aMalformedIdIsToldFromAnUnknownOne() {
    var bad = shop.get("/api/events/NOPE01").expect(400);
    assertThat(bad.details()).containsExactly("Invalid Event ID: 'NOPE01'");
    assertThat(bad.text("/errors/0/source/pointer")).isEqualTo("/data/id");

    var unknown = new EventKey("01ARZ3NDEKTSV4RRFFQ69G5FAV", Instant.EPOCH, 1).id();
    shop.get("/api/events/" + unknown).expect(404);
    shop.get("/api/events/" + unknown + "/metric").expect(404);
  }

  @Test
  void anotherAccountSeesNothing() {
    post(shop, of("Mine")).expect(202);
    var id = shop.get("/api/events").ids().getFirst();
    var other = TestServer.shop();
    other.get("/api/events/" + id).expect(404);
    assertThat(other.get("/api/events").ids()).isEmpty();
    assertThat(other.get("/api/metrics").ids()).isEmpty();
  }

  private void record(int count, String metric, String email) {
    for (int i = 0; i < count; i++) {
      var body = of(metric, email);
      attributes(body).put("time", "2026-01-01T00:00:%02dZ".formatted(i));
      post(shop, body).expect(202);
    }
  }

  private Answer filtered(String filter) {
    return shop.get("/api/events?filter=" + encoded(filter)).expect(200);
  }
}
