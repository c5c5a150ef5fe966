package carillon.demo;

import carillon.jsonapi.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * An invented customer.
 *
 * @param zeal how often they come, from 0 to 1
 */
record Person(int number, String first, String last, String city, String zone, double zeal) {

  private static final List<String> FIRST =
      List.of(
          "Ada", "Bela", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Ines", "Jonas", "Kaya",
          "Lior", "Mira", "Nils", "Olga", "Pia", "Quentin", "Rosa", "Sami", "Tove", "Uma", "Vito",
          "Wanda", "Xenia", "Yuki", "Zoe");
  private static final List<String> LAST =
      List.of(
          "Abbott",
          "Berger",
          "Castro",
          "Dahl",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Haddad",
          "Ito",
          "Jensen",
          "Kowalski",
          "Lindgren",
          "Moreau",
          "Novak",
          "Okafor",
          "Petrov",
          "Quist",
          "Rossi",
          "Silva",
          "Tanaka",
          "Ueda",
          "Varga",
          "Weber",
          "Yilmaz",
          "Zhang");
  private static final List<List<String>> CITIES =
      List.of(
          List.of("Lisbon", "Europe/Lisbon"),
          List.of("Berlin", "Europe/Berlin"),
          List.of("Boston", "America/New_York"),
          List.of("Denver", "America/Denver"),
          List.of("Osaka", "Asia/Tokyo"),
          List.of("Perth", "Australia/Perth"));

  static Person invent(int number, RandomGenerator random) {
    var city = CITIES.get(random.nextInt(CITIES.size()));
    var draw = random.nextDouble();
    return new Person(
        number,
        FIRST.get(random.nextInt(FIRST.size())),
        LAST.get(random.nextInt(LAST.size())),
        city.get(0),
        city.get(1),
        draw * draw * draw);
  }

  String email() {
    return "%s.%s.%d@example.org".formatted(first, last, number).toLowerCase(java.util.Locale.ROOT);
  }

  /** The profile part of an event: who it was, with what is known of them. */
  ObjectNode profile() {
    var profile = Json.object().put("type", "profile");
    var attributes = profile.putObject("attributes");
    attributes.put("email", email());
    attributes.put("external_id", "customer-" + number);
    attributes.put("first_name", first);
    attributes.put("last_name", last);
    attributes.putObject("location").put("city", city).put("timezone", zone);
    attributes
        .putObject("properties")
        .put("Favorite plant", Product.of(number).title())
        .put("Loyalty points", (int) (zeal * 1000));
    return profile;
  }
}
