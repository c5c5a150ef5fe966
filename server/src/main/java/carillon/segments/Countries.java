package carillon.segments;

import carillon.segments.Condition.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Countries by what people write: two letters, three letters, or a name, in lower case. */
final class Countries {

  private static final Set<String> EUROPEAN_UNION =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  /** Names beside those the Java platform knows. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "united states of america", "US",
          "u.s.", "US",
          "u.s.a.", "US",
          "the netherlands", "NL",
          "holland", "NL",
          "czech republic", "CZ",
          "great britain", "GB",
          "uk", "GB",
          "england", "GB",
          "turkey", "TR");

  private static final Map<String, String> BY_NAME = byName();

  /** The two letters of a country by each of its names. */
  static Map<String, String> codes() {
    return BY_NAME;
  }

  private static Map<String, String> byName() {
    var names = new HashMap<>(OTHER_NAMES);
    var english = Locale.ENGLISH;
    for (var country : Locale.getISOCountries()) {
      var locale = Locale.of("", country);
      names.put(country.toLowerCase(Locale.ROOT), country);
      names.put(locale.getISO3Country().toLowerCase(Locale.ROOT), country);
      names.put(locale.getDisplayCountry(english).toLowerCase(Locale.ROOT), country);
      for (var language : languages(country)) {
        names.putIfAbsent(locale.getDisplayCountry(language).toLowerCase(Locale.ROOT), country);
      }
    }
    return Map.copyOf(names);
  }

  private static List<Locale> languages(String country) {
    var spoken = new ArrayList<Locale>();
    for (var locale : Locale.getAvailableLocales()) {
      if (locale.getCountry().equals(country) && locale.getScript().isEmpty()) {
        spoken.add(Locale.of(locale.getLanguage()));
      }
    }
    return spoken;
  }

  /** All names of the countries of a region. */
  static List<String> names(Region region) {
    var codes =
        switch (region) {
          case EUROPEAN_UNION -> EUROPEAN_UNION;
          case UNITED_STATES -> Set.of("US");
        };
    var names = new TreeSet<String>();
    BY_NAME.forEach((name, country) -> {
      if (codes.contains(country)) {
        names.add(name);
      }
    });
    return List.copyOf(names);
  }

  private Countries() {}
}
