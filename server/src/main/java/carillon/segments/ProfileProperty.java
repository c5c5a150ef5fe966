package carillon.segments;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a person a condition looks at. */
sealed interface ProfileProperty {

  Set<String> TEXTS =
      Set.of(
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
  Set<String> PLACES =
      Set.of(
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
  Set<String> TIMES = Set.of("created", "updated", "last_event_date");

  /** A plain attribute. */
  record Text(String name) implements ProfileProperty {}

  /** One of the moments the server keeps. */
  record Time(String name) implements ProfileProperty {}

  /** A member of the location. */
  record Place(String member) implements ProfileProperty {}

  /** A custom property. */
  record Custom(String key) implements ProfileProperty {}

  /** Written {@code first_name}, {@code location['city']} or {@code properties['Any key']}. */
  static Optional<ProfileProperty> parse(String name) {
    if (TEXTS.contains(name)) {
      return Optional.of(new Text(name));
    }
    if (TIMES.contains(name)) {
      return Optional.of(new Time(name));
    }
    return keyed(name, "properties")
        .<ProfileProperty>map(Custom::new)
        .or(() -> keyed(name, "location").filter(PLACES::contains).map(Place::new));
  }

  private static Optional<String> keyed(String name, String container) {
    var match =
        Pattern.compile(container + "(?:\\['(.*)'\\]|\\[\"(.*)\"\\]|\\.(.+))", Pattern.DOTALL)
            .matcher(name);
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(match.group(1))
        .or(() -> Optional.ofNullable(match.group(2)))
        .or(() -> Optional.ofNullable(match.group(3)));
  }
}
