package carillon.events;

import static carillon.events.Happenings.attributes;
import static carillon.events.Happenings.of;
import static carillon.events.Happenings.post;
import static carillon.testing.Shop.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MetricsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void aMetricIsMadeByItsFirstEventAndIsKnownByCase() {
    post(shop, of("Placed Order")).expect(202);
    post(shop, of("Placed Order", "bob@example.com")).expect(202);
    post(shop, of("placed order")).expect(202);

    assertThat(shop.get("/api/metrics").attributes("name"))
        .containsExactlyInAnyOrder("Placed Order", "placed order");
  }

  @Test
  void metricsComeInPagesOf200AndTakeNoPageSize() {
    var bulk = Happenings.bulk();
    for (int i = 0; i < 201; i++) {
      Happenings.add(bulk, "p" + i + "@example.com", attributes("Metric " + i));
    }
    Happenings.postBulk(shop, bulk).expect(202);

    var first = shop.get("/api/metrics").expect(200);

    assertThat(first.ids()).hasSize(200);
    assertThat(shop.follow(first.text("/links/next")).ids()).hasSize(1);
    assertThat(shop.get("/api/metrics?page[size]=10").expect(400).details())
        .containsExactly("'page_size' is not a valid field for the resource 'metric'.");
  }

  @Test
  void metricsAreFilteredByTheCategoryOfTheirIntegration() {
    post(shop, of("A")).expect(202);
    var none = "equals(integration.category,\"Internal\")";
    var all = "equals(integration.category,\"API\")";
    assertThat(shop.get("/api/metrics?filter=" + encoded(none)).ids()).isEmpty();
    assertThat(shop.get("/api/metrics?filter=" + encoded(all)).ids()).hasSize(1);
  }

  @Test
  void noFlowIsStartedByAMetric() {
    post(shop, of("A")).expect(202);
    var metric = shop.get("/api/metrics").ids().getFirst();

    var included = shop.get("/api/metrics/" + metric + "?include=flow-triggers").expect(200);

    assertThat(included.at("/data/relationships/flow-triggers/data")).isEmpty();
    assertThat(included.at("/included").isArray()).isTrue();
    assertThat(shop.get("/api/metrics/" + metric + "/flow-triggers").expect(200).ids()).isEmpty();
    assertThat(shop.get("/api/metrics/" + metric + "/relationships/flow-triggers").ids()).isEmpty();
    shop.get("/api/metrics/NoMetr/flow-triggers").expect(404);
  }

  @Test
  void propertiesAreLearntFromEvents() {
    var body = of("Placed Order");
    attributes(body).put("value", 10);
    properties(body).put("Brand", "Acme").put("Items", 3).put("Gift", true);
    properties(body).put("Sent", "2026-01-01T00:00:00Z").put("Empty", "").putNull("Nothing");
    properties(body).putObject("$extra").put("x", 1);
    properties(body).putArray("Tags").add("a").add("b");
    post(shop, body).expect(202);

    var metric = shop.get("/api/metrics").ids().getFirst();
    var learnt = shop.get("/api/metrics/" + metric + "/metric-properties").expect(200);

    assertThat(learnt.attributes("property"))
        .containsExactlyInAnyOrder(
            "$value", "$value_currency", "Brand", "Gift", "Items", "Sent", "Tags");
    assertThat(type(metric, "$value")).isEqualTo("numeric");
    assertThat(type(metric, "Brand")).isEqualTo("string");
    assertThat(type(metric, "Items")).isEqualTo("numeric");
    assertThat(type(metric, "Gift")).isEqualTo("boolean");
    assertThat(type(metric, "Sent")).isEqualTo("date");
    assertThat(type(metric, "Tags")).isEqualTo("list");
    assertThat(learnt.at("/data/0/attributes").has("sample_values")).isFalse();
    assertThat(shop.get("/api/metrics/" + metric + "/relationships/metric-properties").ids())
        .isEqualTo(learnt.ids());
  }

  @Test
  void samplesAreAFewDifferentValues() {
    for (int i = 0; i < 12; i++) {
      var body = of("Viewed", "p" + i + "@example.com");
      properties(body).put("Colour", "colour " + i / 2);
      post(shop, body).expect(202);
    }
    var metric = shop.get("/api/metrics").ids().getFirst();

    var told =
        shop.get(
                "/api/metric-properties/"
                    + id(metric, "Colour")
                    + "?include=metric&additional-fields[metric-property]=sample_values")
            .expect(200);

    assertThat(told.at("/data/attributes/sample_values"))
        .isEqualTo(
            Json.MAPPER.valueToTree(
                List.of("colour 0", "colour 1", "colour 2", "colour 3", "colour 4")));
    assertThat(told.text("/included/0/id")).isEqualTo(metric);
  }

  @Test
  void aPropertySeenWithValuesOfTwoTypesIsAText() {
    var first = of("A");
    properties(first).put("Size", 42);
    var second = of("A", "bob@example.com");
    properties(second).put("Size", "XL");
    post(shop, first).expect(202);
    post(shop, second).expect(202);
    var metric = shop.get("/api/metrics").ids().getFirst();
    assertThat(type(metric, "Size")).isEqualTo("string");
  }

  @Test
  void aPropertyTellsItsMetric() {
    var body = of("A");
    properties(body).put("Größe/x", 1);
    post(shop, body).expect(202);
    var metric = shop.get("/api/metrics").ids().getFirst();
    var path = "/api/metric-properties/" + id(metric, "Größe/x");

    assertThat(shop.get(path).expect(200).text("/data/attributes/label")).isEqualTo("Größe/x");
    assertThat(shop.get(path + "/metric").expect(200).id()).isEqualTo(metric);
    assertThat(shop.get(path + "/relationships/metric").id()).isEqualTo(metric);
    shop.get("/api/metric-properties/nope").expect(404);
    shop.get("/api/metric-properties/" + id(metric, "Unknown")).expect(404);
  }

  private String type(String metric, String property) {
    return shop.get("/api/metric-properties/" + id(metric, property))
        .expect(200)
        .text("/data/attributes/inferred_type");
  }

  private static String id(String metric, String property) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((metric + "." + property).getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode properties(ObjectNode body) {
    return (ObjectNode) attributes(body).get("properties");
  }
}
