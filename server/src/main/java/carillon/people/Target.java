package carillon.people;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the cells of a column become. */
sealed interface Target {

  /** Nothing. */
  record Ignored() implements Target {}

  /** The id of the profile. */
  record Id() implements Target {}

  /** A plain attribute, such as email or first_name. */
  record Attribute(String name) implements Target {}

  /** A member of the location. */
  record Location(String member) implements Target {}

  /** A custom property; without a type it is guessed from the first rows. */
  record Property(String name, Optional<CellType> type) implements Target {}

  /** A JSON object of custom properties. */
  record Properties() implements Target {}

  List<String> ATTRIBUTES =
      List.of(
          "email",
          "phone_number",
          "external_id",
          "anonymous_id",
          "first_name",
          "last_name",
          "organization",
          "locale",
          "title",
          "image");

  List<String> LOCATION =
      List.of(
          "address1",
          "address2",
          "city",
          "country",
          "latitude",
          "longitude",
          "region",
          "zip",
          "timezone",
          "ip");

  /** Told by exports and files of rejected rows, and decided by the server. */
  List<String> TOLD = List.of("created", "updated", "rejected_line", "rejected_because");

  /** Usual headers, in letters and digits only. */
  Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("id", "id"),
          Map.entry("profileid", "id"),
          Map.entry("mail", "email"),
          Map.entry("emailaddress", "email"),
          Map.entry("phone", "phone_number"),
          Map.entry("mobile", "phone_number"),
          Map.entry("mobilephone", "phone_number"),
          Map.entry("telephone", "phone_number"),
          Map.entry("customerid", "external_id"),
          Map.entry("userid", "external_id"),
          Map.entry("givenname", "first_name"),
          Map.entry("forename", "first_name"),
          Map.entry("surname", "last_name"),
          Map.entry("familyname", "last_name"),
          Map.entry("company", "organization"),
          Map.entry("organisation", "organization"),
          Map.entry("jobtitle", "title"),
          Map.entry("language", "locale"),
          Map.entry("avatar", "image"),
          Map.entry("address", "location.address1"),
          Map.entry("street", "location.address1"),
          Map.entry("town", "location.city"),
          Map.entry("state", "location.region"),
          Map.entry("province", "location.region"),
          Map.entry("zipcode", "location.zip"),
          Map.entry("postcode", "location.zip"),
          Map.entry("postalcode", "location.zip"),
          Map.entry("lat", "location.latitude"),
          Map.entry("lng", "location.longitude"),
          Map.entry("lon", "location.longitude"),
          Map.entry("ipaddress", "location.ip"));

  /** What somebody says a column is, such as {@code properties.Size:number}; empty when nothing. */
  static Optional<Target> of(String word) {
    if (word.equals("-") || TOLD.contains(word)) {
      return Optional.of(new Ignored());
    }
    if (word.equals("id")) {
      return Optional.of(new Id());
    }
    if (word.equals("properties")) {
      return Optional.of(new Properties());
    }
    if (ATTRIBUTES.contains(word)) {
      return Optional.of(new Attribute(word));
    }
    if (word.startsWith("location.")) {
      return Optional.of(word.substring(9)).filter(LOCATION::contains).map(Location::new);
    }
    return word.startsWith("properties.") ? property(word.substring(11)) : Optional.empty();
  }

  private static Optional<Target> property(String word) {
    var colon = word.lastIndexOf(':');
    var type = colon < 0 ? Optional.<CellType>empty() : CellType.of(word.substring(colon + 1));
    var name = type.isPresent() ? word.substring(0, colon) : word;
    return name.isBlank() ? Optional.empty() : Optional.of(new Property(name, type));
  }

  /** What a header most likely means; a custom property of its name when it is not known. */
  static Target guess(String header) {
    var plain = header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    for (var name : ATTRIBUTES) {
      if (plain.equals(name.replace("_", ""))) {
        return new Attribute(name);
      }
    }
    for (var member : LOCATION) {
      if (plain.equals(member)) {
        return new Location(member);
      }
    }
    return of(header)
        .or(() -> Optional.ofNullable(USUAL.get(plain)).flatMap(Target::of))
        .orElseGet(() -> new Property(header, Optional.empty()));
  }

  /** As it is told, and as {@link #of} reads it. */
  default String word() {
    return switch (this) {
      case Ignored _ -> "-";
      case Id _ -> "id";
      case Attribute(var name) -> name;
      case Location(var member) -> "location." + member;
      case Property(var name, var type) ->
          "properties." + name + type.map(one -> ":" + one.word()).orElse("");
      case Properties _ -> "properties";
    };
  }
}
