package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a call's arguments may be written down: no secrets, and no more than can be read. */
final class Discretion {

  private static final String HIDDEN = "***";
  private static final int LONGEST = 500;
  private static final int LONGEST_NAME = 128;
  private static final int MOST = 50;
  private static final int DEEPEST = 12;

  private static final Set<String> SECRETS =
      Set.of("secret", "password", "passwd", "token", "authorization", "credential", "apikey");

  /** A key that was pasted into some text. */
  private static final Pattern KEYS = Pattern.compile("pk_[A-Za-z0-9_]{8,}");

  static ObjectNode of(JsonNode arguments) {
    return tidy(arguments, 0) instanceof ObjectNode told ? told : Json.object();
  }

  /** A name as it was called, also one that is none of ours. */
  static String name(String called) {
    return storable(called.substring(0, Math.min(called.length(), LONGEST_NAME)));
  }

  private static JsonNode tidy(JsonNode value, int depth) {
    return switch (value) {
      case ObjectNode object -> depth == DEEPEST ? shortened(object) : object(object, depth);
      case ArrayNode array -> depth == DEEPEST ? shortened(array) : array(array, depth);
      default -> value.isString() ? text(value.stringValue()) : value;
    };
  }

  private static JsonNode object(ObjectNode object, int depth) {
    var told = Json.object();
    for (var entry : object.properties()) {
      var name = storable(entry.getKey());
      if (told.size() == MOST) {
        told.put("…", (object.size() - MOST) + " more");
        break;
      }
      told.set(
          name,
          isSecret(name)
              ? Json.MAPPER.getNodeFactory().stringNode(HIDDEN)
              : tidy(entry.getValue(), depth + 1));
    }
    return told;
  }

  private static JsonNode array(ArrayNode array, int depth) {
    var told = Json.MAPPER.createArrayNode();
    for (var element : array) {
      if (told.size() == MOST) {
        told.add("… " + (array.size() - MOST) + " more");
        break;
      }
      told.add(tidy(element, depth + 1));
    }
    return told;
  }

  private static JsonNode text(String value) {
    var whole = KEYS.matcher(storable(value)).replaceAll("pk_" + HIDDEN);
    return Json.MAPPER
        .getNodeFactory()
        .stringNode(
            whole.length() <= LONGEST
                ? whole
                : storable(whole.substring(0, LONGEST)) + "… " + whole.length() + " characters");
  }

  private static JsonNode shortened(JsonNode deep) {
    return Json.MAPPER.getNodeFactory().stringNode("… " + deep.size() + " more");
  }

  private static boolean isSecret(String name) {
    var plain = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    return SECRETS.stream().anyMatch(plain::contains);
  }

  /** PostgreSQL keeps no NUL and no half of a surrogate pair. */
  private static String storable(String text) {
    var utf8 = java.nio.charset.StandardCharsets.UTF_8;
    return new String(text.replace('\0', ' ').getBytes(utf8), utf8);
  }

  private Discretion() {}
}
