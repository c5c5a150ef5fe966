package carillon.segments;

import java.util.List;
import java.util.Locale;

/** The ways consent comes, in the words of definitions, found among the words it is kept with. */
final class ConsentMethods {

  private static final String LINK = "c.method = 'EMAIL_LINK' and c.method_detail";

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
    var kept = kept(word, binds);
    return details.isEmpty()
        ? kept
        : "(" + kept + " and c.method_detail = any(" + binds.bind(details) + "))";
  }

  private static String kept(String word, Binds binds) {
    return switch (word) {
      case "api" -> "c.method like any('{API,API\\\\_%,CLIENT\\\\_%}')";
      case "preference_page" ->
          "(c.method = 'PREFERENCE_PAGE' or (" + LINK + " is distinct from 'One-Click'))";
      case "one_click_unsubscribe" ->
          "(c.method = 'ONE_CLICK_UNSUBSCRIBE' or (" + LINK + " = 'One-Click'))";
      default -> "c.method = " + binds.bind(upper(word));
    };
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private ConsentMethods() {}
}
