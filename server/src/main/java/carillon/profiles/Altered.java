package carillon.profiles;

import carillon.jsonapi.Json;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became another about a person, by name: plain attributes, {@code location} and {@code
 * updated}, and the keys of custom properties. News that names nothing may stand for anything.
 */
final class Altered {

  static ObjectNode between(Profile before, Profile after) {
    var altered = Json.object();
    var attributes = altered.putArray("attributes").add("updated");
    ProfileRows.TEXTS.stream()
        .filter(name -> !before.text(name).equals(after.text(name)))
        .forEach(attributes::add);
    if (!before.location().equals(after.location())) {
      attributes.add("location");
    }
    var properties = altered.putArray("properties");
    keys(before, after)
        .filter(key -> isOther(before.properties(), after.properties(), key))
        .forEach(properties::add);
    return altered;
  }

  private static Stream<String> keys(Profile before, Profile after) {
    var keys = new TreeSet<>(before.properties().propertyNames());
    keys.addAll(after.properties().propertyNames());
    return keys.stream();
  }

  private static boolean isOther(ObjectNode before, ObjectNode after, String key) {
    return before.has(key) != after.has(key) || !before.path(key).equals(after.path(key));
  }

  private Altered() {}
}
