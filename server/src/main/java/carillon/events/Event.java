package carillon.events;

import carillon.jsonapi.Json;
import carillon.platform.db.Row;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Something a person did, as stored. */
public record Event(
    EventKey key,
    String metric,
    String uniqueId,
    Optional<BigDecimal> value,
    ObjectNode properties) {

  static Event read(Row row) {
    return new Event(
        new EventKey(row.text("profile_id"), row.instant("at"), row.number("seq")),
        row.text("metric_id"),
        row.text("unique_id"),
        row.maybeDecimal("value"),
        (ObjectNode) row.json("properties"));
  }

  /** The properties as clients see them, with what is stored beside them. */
  public ObjectNode allProperties() {
    var all = Json.object();
    all.setAll(properties);
    value.ifPresent(number -> all.put("$value", plain(number)));
    all.put("$event_id", uniqueId);
    return all;
  }

  /** Written without an exponent or needless zeros. */
  private static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
