package carillon.events;

import static carillon.events.Happenings.add;
import static carillon.events.Happenings.attributes;
import static carillon.events.Happenings.bulk;
import static carillon.events.Happenings.of;
import static carillon.events.Happenings.post;
import static carillon.events.Happenings.postBulk;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventRulesTest {

  private static final String ATTRIBUTES = "/data/attributes";

  private final Shop shop = TestServer.shop();
  private final ObjectNode body = of("Placed Order");
  private boolean anyWasTaken;

  @AfterEach
  void whatIsRefusedLeavesNothing() {
    if (!anyWasTaken) {
      assertThat(shop.get("/api/events").ids()).isEmpty();
      assertThat(shop.get("/api/metrics").ids()).isEmpty();
    }
  }

  @Test
  void anEventNeedsPropertiesMetricAndProfile() {
    for (var name : List.of("properties", "metric", "profile")) {
      attributes(body).remove(name);
    }
    assertThat(pointers(post(shop, body).expect(400)))
        .containsExactlyInAnyOrder(
            ATTRIBUTES + "/properties", ATTRIBUTES + "/metric", ATTRIBUTES + "/profile");
  }

  @Test
  void aProfileNeedsAnIdentifier() {
    ((ObjectNode) body.at("/data/attributes/profile/data/attributes"))
        .removeAll()
        .put("first_name", "Ada");
    var answer = post(shop, body).expect(400);
    assertThat(pointers(answer)).allMatch(it -> it.startsWith(ATTRIBUTES + "/profile/data"));
  }

  @Test
  void aMetricNeedsAName() {
    for (var name : List.of("", "  ", "x".repeat(129))) {
      metric().put("name", name);
      assertThat(pointers(post(shop, body).expect(400)))
          .containsExactly(ATTRIBUTES + "/metric/data/attributes/name");
    }
  }

  @Test
  void theServersOwnMetricsCannotBeForged() {
    for (var name : List.of("Klaviyo", " klaviyo ")) {
      metric().put("name", "Clicked Email").put("service", name);
      assertThat(pointers(post(shop, body).expect(400)))
          .containsExactly(ATTRIBUTES + "/metric/data/attributes/service");
    }
  }

  @Test
  void aMetricNameCanHave128CharactersOfAnyKind() {
    anyWasTaken = true;
    metric().put("name", "é".repeat(128));
    post(shop, body).expect(202);
    assertThat(shop.get("/api/metrics").attributes("name")).containsExactly("é".repeat(128));
  }

  @Test
  void timeIsNeitherTooLongAgoNorTooFarAhead() {
    var now = TestServer.CLOCK.instant();
    for (var time : List.of("1999-12-31T23:59:59Z", now.plus(Duration.ofDays(367)).toString())) {
      attributes(body).put("time", time);
      assertThat(pointers(post(shop, body).expect(400))).containsExactly(ATTRIBUTES + "/time");
    }
    anyWasTaken = true;
    for (var time : List.of("2000-01-02T00:00:00Z", now.plus(Duration.ofDays(364)).toString())) {
      attributes(body).put("time", time);
      post(shop, body).expect(202);
    }
    assertThat(shop.get("/api/events").ids()).hasSize(2);
  }

  @Test
  void aUniqueIdHas1To255Characters() {
    for (var id : List.of("", "x".repeat(256))) {
      attributes(body).put("unique_id", id);
      assertThat(pointers(post(shop, body).expect(400))).containsExactly(ATTRIBUTES + "/unique_id");
    }
  }

  @Test
  void aCurrencyIsACodeThatExists() {
    attributes(body).put("value_currency", "dollars");
    assertThat(pointers(post(shop, body).expect(400)))
        .containsExactly(ATTRIBUTES + "/value_currency");
  }

  @Test
  void allLimitsOfPropertiesAreToldAtOnce() {
    properties().put("long", "x".repeat(102_401));
    var array = properties().putArray("array");
    IntStream.range(0, 4001).forEach(array::add);
    properties().put("huge", new java.math.BigInteger("9223372036854775808"));
    var deep = properties().putObject("deep");
    for (int i = 0; i < 9; i++) {
      deep = deep.putObject("deep");
    }
    attributes(body).put("time", "1990-01-01T00:00:00Z");

    assertThat(pointers(post(shop, body).expect(400)))
        .containsExactlyInAnyOrder(
            ATTRIBUTES + "/time",
            ATTRIBUTES + "/properties/long",
            ATTRIBUTES + "/properties/array",
            ATTRIBUTES + "/properties/huge",
            ATTRIBUTES + "/properties" + "/deep".repeat(10));
  }

  @Test
  void anEventHasAtMost400Properties() {
    IntStream.range(0, 401).forEach(i -> properties().put("p" + i, i));
    assertThat(pointers(post(shop, body).expect(400))).containsExactly(ATTRIBUTES + "/properties");
  }

  @Test
  void whatIsJustWithinTheLimitsIsTaken() {
    anyWasTaken = true;
    IntStream.range(0, 396).forEach(i -> properties().put("p" + i, i));
    properties().put("long", "x".repeat(102_400));
    properties().put("great", Long.MAX_VALUE);
    var array = properties().putArray("array");
    IntStream.range(0, 4000).forEach(array::add);
    var deep = properties().putObject("deep");
    for (int i = 0; i < 8; i++) {
      deep = deep.putObject("deep");
    }
    post(shop, body).expect(202);
    assertThat(shop.get("/api/events").at("/data/0/attributes/event_properties/great").longValue())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aProfilePartIsAtMost100Kb() {
    ((ObjectNode) body.at("/data/attributes/profile/data/attributes"))
        .putObject("properties")
        .put("text", "x".repeat(103_000));
    assertThat(pointers(post(shop, body).expect(400)))
        .allMatch(it -> it.startsWith(ATTRIBUTES + "/profile/data"));
  }

  @Test
  void aValueAmongThePropertiesMustBeANumber() {
    properties().put("$value", "much");
    assertThat(pointers(post(shop, body).expect(400)))
        .containsExactly(ATTRIBUTES + "/properties/$value");
  }

  @Test
  void whatOlderClientsPutAmongThePropertiesCounts() {
    anyWasTaken = true;
    properties().put("$value", 12.5).put("$event_id", "old-1");
    post(shop, body).expect(202);
    post(shop, body).expect(202);
    var told = shop.get("/api/events").at("/data/0/attributes/event_properties");
    assertThat(told.get("$value").doubleValue()).isEqualTo(12.5);
    assertThat(told.get("$event_id").stringValue()).isEqualTo("old-1");
    assertThat(shop.get("/api/events").ids()).hasSize(1);
  }

  @Test
  void unknownFieldsAreRefused() {
    attributes(body).put("custmer", 1);
    var answer = post(shop, body).expect(400);
    assertThat(answer.details())
        .containsExactly("'custmer' is not a valid field for the resource 'event'.");
  }

  @Test
  void aRepeatedUniqueIdFailsAWholeBulkRequest() {
    var bulk = bulk();
    add(bulk, "ada@example.com", event("A", "1"), event("B", "1"));
    add(bulk, "bob@example.com", event("A", "1"));
    add(bulk, "ADA@example.com", event("A", "1"));

    assertThat(pointers(postBulk(shop, bulk).expect(400)))
        .containsExactly(
            ATTRIBUTES
                + "/events-bulk-create/data/2/attributes/events/data/0/attributes/unique_id");
  }

  @Test
  void aFaultInOneEntryFailsAWholeBulkRequest() {
    var bulk = bulk();
    var wrong = event("A", "2").put("time", "1980-01-01T00:00:00Z");
    add(bulk, "ada@example.com", event("A", "1"), wrong);

    assertThat(pointers(postBulk(shop, bulk).expect(400)))
        .containsExactly(
            ATTRIBUTES + "/events-bulk-create/data/0/attributes/events/data/1/attributes/time");
  }

  @Test
  void aBulkRequestBringsAtMost1000Events() {
    var bulk = bulk();
    for (int i = 0; i < 2; i++) {
      var person = i;
      add(
          bulk,
          "p" + i + "@example.com",
          IntStream.range(0, 501)
              .mapToObj(n -> event("A", person + "-" + n))
              .toArray(ObjectNode[]::new));
    }
    assertThat(pointers(postBulk(shop, bulk).expect(400)))
        .containsExactly(ATTRIBUTES + "/events-bulk-create/data");
  }

  @Test
  void aBulkRequestIsTakenAndWhatWasThereIsDropped() {
    anyWasTaken = true;
    var bulk = bulk();
    add(bulk, "ada@example.com", event("A", "1"), event("A", "2"), event("B", "1"));
    add(bulk, "bob@example.com", event("A", "1"));
    assertThat(postBulk(shop, bulk).expect(202).body()).isEmpty();

    var more = bulk();
    add(more, "ada@example.com", event("A", "2"), event("A", "3"));
    postBulk(shop, more).expect(202);

    assertThat(shop.get("/api/events").ids()).hasSize(5);
    assertThat(shop.get("/api/events?include=profile").at("/included")).hasSize(2);
  }

  @Test
  void eventsOfOneRequestKeepTheirOrderWithinASecond() {
    anyWasTaken = true;
    var bulk = bulk();
    var names = List.of("C", "A", "B");
    add(
        bulk,
        "ada@example.com",
        names.stream()
            .map(name -> event(name, name).put("time", "2026-01-01T00:00:00Z"))
            .toArray(ObjectNode[]::new));
    postBulk(shop, bulk).expect(202);
    assertThat(shop.get("/api/events?sort=datetime").attributes("event_properties/$event_id"))
        .isEqualTo(names);
  }

  private static ObjectNode event(String metric, String uniqueId) {
    return Happenings.attributes(metric).put("unique_id", uniqueId);
  }

  private ObjectNode properties() {
    return (ObjectNode) attributes(body).get("properties");
  }

  private ObjectNode metric() {
    return (ObjectNode) body.at("/data/attributes/metric/data/attributes");
  }

  private static List<String> pointers(Answer answer) {
    return answer
        .at("/errors")
        .valueStream()
        .map(error -> error.at("/source/pointer").asString())
        .toList();
  }
}
