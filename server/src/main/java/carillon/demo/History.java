package carillon.demo;

import carillon.jsonapi.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Invents what people did in the shop during the last days. */
final class History {

  private static final int DAYS = 90;
  private static final int MOST_VISITS = 24;

  private final RandomGenerator random;
  private final Instant now;
  private int orders;

  History(RandomGenerator random, Instant now) {
    this.random = random;
    this.now = now;
  }

  /**
   * The events of one person: visits that sometimes lead to the cart, and sometimes to an order.
   */
  List<ObjectNode> of(Person person) {
    var events = new ArrayList<ObjectNode>();
    var visits = 1 + (int) (person.zeal() * MOST_VISITS);
    for (int i = 0; i < visits; i++) {
      visit(events, now.minus(Duration.ofMinutes(60 + random.nextInt(DAYS * 24 * 60))));
    }
    return events;
  }

  private void visit(List<ObjectNode> events, Instant start) {
    var product = Product.any(random);
    events.add(event("Active on Site", start, Json.object()));
    events.add(event("Viewed Product", start.plusSeconds(20), product.properties()));
    if (random.nextInt(100) < 40) {
      events.add(event("Added to Cart", start.plusSeconds(90), product.properties()));
      if (random.nextInt(100) < 55) {
        var pieces = 1 + random.nextInt(3);
        events.add(event("Started Checkout", start.plusSeconds(200), product.properties()));
        events.add(order(product, pieces, start.plusSeconds(420)));
      }
    }
  }

  /** An order of some pieces of a product. */
  ObjectNode order(Product product, int pieces, Instant at) {
    var number = "R%05d".formatted(++orders);
    var properties = Json.object().put("OrderId", number).put("Pieces", pieces);
    properties.putArray("Items").add(product.properties());
    var order = event("Placed Order", at, properties);
    var attributes = (ObjectNode) order.get("attributes");
    attributes.put("value", product.price().multiply(BigDecimal.valueOf(pieces)));
    attributes.put("value_currency", "USD");
    attributes.put("unique_id", number);
    return order;
  }

  private static ObjectNode event(String metric, Instant at, ObjectNode properties) {
    var event = Json.object().put("type", "event");
    var attributes = event.putObject("attributes");
    attributes.put("time", Json.print(at));
    attributes.set("properties", properties);
    var data = attributes.putObject("metric").putObject("data").put("type", "metric");
    data.putObject("attributes").put("name", metric);
    return event;
  }
}
