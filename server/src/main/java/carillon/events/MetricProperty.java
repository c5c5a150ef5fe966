package carillon.events;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A property that events of a metric were seen to have.
 *
 * @param type string, numeric, boolean, date or list
 * @param samples an array of a few values it had
 */
record MetricProperty(String metric, String property, String type, JsonNode samples) {

  /** The public id. */
  String id() {
    var text = metric + "." + property;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The name for people. */
  String label() {
    return property.equals("$value") ? "Value" : property;
  }

  /** What an id names. */
  record Key(String metric, String property) {

    static Optional<Key> parse(String id) {
      try {
        var text = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
        var dot = text.indexOf('.');
        return dot < 0 || text.indexOf(0) >= 0
            ? Optional.empty()
            : Optional.of(new Key(text.substring(0, dot), text.substring(dot + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
