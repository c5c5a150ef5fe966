package carillon.segments;

import java.util.List;
import java.util.Locale;

/** The ways consent comes, in the words of definitions, found among the words it is kept with. */
final class ConsentMethods {

  /** An SQL condition on {@code consent c}. */
  static String condition(String word, List<String> details, Binds binds) {
    if (word.equals("integration")) {
      return details.isEmpty()
          ? "c.method = 'INTEGRATION'"
          : "(c.method = any(%s) or (c.method = 'INTEGRATION' and c.method_detail = any(%s)))"
              .formatted(
                  binds.bind(details.stream().map(ConsentMethods::upper).toList()),
                  binds.bind(details));
    }
    var kept = "c.method like any(" + binds.bind(kept(word)) + ")";
    return details.isEmpty()
        ? kept
        : "(" + kept + " and c.method_detail = any(" + binds.bind(details) + "))";
  }

  private static List<String> kept(String word) {
    return switch (word) {
      case "api" -> List.of("API", "API\\_V3\\_%");
      case "preference_page" -> List.of("PREFERENCE\\_PAGE", "EMAIL\\_LINK");
      default -> List.of(upper(word).replace("_", "\\_"));
    };
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private ConsentMethods() {}
}
