package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Published;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GeofencesTest {

  private static final String WHERE = "X-Klaviyo-API-Filters";
  private static final String NEW_YORK = "and(equals(lat,40.71),equals(lng,-74.00))";

  private final Shop shop = TestServer.shop();
  private final Browser app = Browser.of(TestServer.shared().url(), shop.account());

  @Test
  void theNearestComeFirstForWhoTellsWhereTheyAre() {
    put("london", 51.5, -0.12, 200).expect(201);
    put("boston", 42.36, -71.06, 500).expect(201);
    put("newark", 40.73, -74.17, 300.5).expect(201);
    put("fiji", -17.7, 178.0, 100).expect(201);

    var near = app.get("/client/geofences", WHERE, NEW_YORK).expect(200);

    assertThat(near.ids()).containsExactly("newark", "boston", "london", "fiji");
    assertThat(near.at("/data/0/attributes").toString())
        .isEqualTo("{\"latitude\":40.73,\"longitude\":-74.17,\"radius\":300.5}");
    assertThat(Published.faults("GET", "/client/geofences", 200, near.json())).isEmpty();
    assertThat(app.get("/client/geofences", WHERE, "equals(lat,-17),equals(lng,-179.9)").ids())
        .startsWith("fiji");
    assertThat(app.get("/client/geofences").ids())
        .containsExactly("boston", "fiji", "london", "newark");
  }

  @Test
  void pagesGoOnInTheSameOrderAndSayNothingOfThePlace() {
    for (int i = 0; i < 7; i++) {
      put("f" + i, i, i, 100).expect(201);
    }
    var all = new ArrayList<String>();
    var path = "/client/geofences?page%5Bsize%5D=3";
    var previous = "";
    while (!path.isEmpty()) {
      var page = app.get(path, WHERE, "and(equals(lat,6),equals(lng,6))").expect(200);
      all.addAll(page.ids());
      previous = page.at("/links/prev").asString("");
      path = local(page.at("/links/next").asString(""));
      assertThat(path).doesNotContain("lat");
    }
    assertThat(all).containsExactly("f6", "f5", "f4", "f3", "f2", "f1", "f0");
    assertThat(app.get(local(previous), WHERE, "and(equals(lat,6),equals(lng,6))").ids())
        .containsExactly("f3", "f2", "f1");
  }

  @Test
  void aPlaceMustBeWholeAndOnEarth() {
    for (var wrong :
        List.of(
            "equals(lat,40)",
            "and(equals(lat,40),equals(lng,200))",
            "and(equals(lat,\"here\"),equals(lng,1))",
            "and(equals(lat,1),equals(lat,2),equals(lng,1))",
            "greater-than(lat,1)",
            "nonsense(")) {
      var answer = app.get("/client/geofences", WHERE, wrong).expect(400);
      assertThat(answer.text("/errors/0/source/parameter")).isEqualTo(WHERE);
    }
  }

  @Test
  void aGeofenceIsReplacedUnderItsIdAndDeleted() {
    put("shop", 1, 2, 3).expect(201);
    put("shop", 4, 5, 6).expect(200);
    assertThat(shop.get("/carillon/geofences").at("/data/0/attributes/radius").intValue())
        .isEqualTo(6);
    var made = shop.post("/carillon/geofences", body("", 1, 1, 1)).expect(201).id();
    assertThat(made).hasSize(6);
    shop.delete("/carillon/geofences/shop").expect(204);
    shop.delete("/carillon/geofences/shop").expect(404);
    assertThat(shop.get("/carillon/geofences").ids()).containsExactly(made);
  }

  @Test
  void onlyAFullKeySetsThemAndOnlyItsOwn() {
    put("mine", 1, 2, 3).expect(201);
    var other = TestServer.shop();
    other.delete("/carillon/geofences/mine").expect(404);
    assertThat(
            Browser.of(TestServer.shared().url(), other.account()).get("/client/geofences").ids())
        .isEmpty();
    shop.with("pk_nobody").post("/carillon/geofences", body("x", 1, 1, 1)).expect(401);
    put("bad id", 1, 2, 3).expect(400);
    put("north", 91, 0, 3).expect(400);
    put("none", 1, 0, 0).expect(400);
    put("all", 1, 0, 1_000_000).expect(400);
  }

  @Test
  void coordinatesAreNotLogged() {
    var logger = (Logger) LoggerFactory.getLogger("carillon");
    var level = logger.getLevel();
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.TRACE);
    try {
      app.get("/client/geofences", WHERE, "and(equals(lat,12.3456),equals(lng,65.4321))")
          .expect(200);
      app.get("/client/geofences", WHERE, "and(equals(lat,12.3456),equals(lng,6543.21))")
          .expect(400);
      Eventually.check(() -> assertThat(lines.list).hasSizeGreaterThanOrEqualTo(2));
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(level);
    }
    assertThat(List.copyOf(lines.list))
        .noneMatch(line ->
            (line.getFormattedMessage() + line.getKeyValuePairs() + line.getMDCPropertyMap())
                .matches("(?s).*(12\\.3456|65\\.4321|6543\\.21).*"));
  }

  private String local(String link) {
    return link.isEmpty()
        ? ""
        : link.substring(TestServer.shared().url().length())
            .replaceAll("[?&]company_id=[^&]*", "")
            .replaceFirst("geofences&", "geofences?");
  }

  private Answer put(String id, double latitude, double longitude, double radius) {
    return shop.post("/carillon/geofences", body(id, latitude, longitude, radius));
  }

  private static String body(String id, double latitude, double longitude, double radius) {
    return Browser.quoted(
        "{'data': {'type': 'geofence', %s'attributes': {'latitude': %s, 'longitude': %s, 'radius': %s}}}"
            .formatted(id.isEmpty() ? "" : "'id': '" + id + "', ", latitude, longitude, radius));
  }
}
