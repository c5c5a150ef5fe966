package carillon.django;

import java.text.Normalizer;
import java.util.Locale;

/** Filters that change letters: case, slugs, telephone keys. */
final class CaseFilters {

  private static final String KEYS = "22233344455566677778889999";

  private CaseFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .plain("upper", text -> text.toUpperCase(Locale.ROOT))
        .safePlain("lower", text -> text.toLowerCase(Locale.ROOT))
        .safePlain("capfirst", CaseFilters::capfirst)
        .safePlain("title", CaseFilters::title)
        .safePlain("slugify", CaseFilters::slug)
        .plain("phone2numeric", CaseFilters::phoneKeys)
        .safeText("cut", Arity.REQUIRED, CaseFilters::cut)
        .safePlain("addslashes", CaseFilters::slashes);
  }

  static String capfirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Every letter after something that is no letter becomes large; "it's" and "1st" stay whole. */
  static String title(String text) {
    var out = new StringBuilder(text.length());
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      out.append(startsWord(out) ? Character.toTitleCase(c) : Character.toLowerCase(c));
    }
    return out.toString();
  }

  private static boolean startsWord(StringBuilder before) {
    var last = before.length() - 1;
    if (last < 0) {
      return true;
    }
    if (before.charAt(last) == '\'' && last > 0) {
      return !Character.isLowerCase(before.charAt(last - 1));
    }
    return !Character.isLetterOrDigit(before.charAt(last));
  }

  static String slug(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var out = new StringBuilder(plain.length());
    for (var at = 0; at < plain.length(); at++) {
      var c = plain.charAt(at);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
        out.append(c);
      } else if ((c == '-' || Character.isWhitespace(c)) && !endsWith(out, '-')) {
        out.append('-');
      }
    }
    return trimmed(out);
  }

  private static boolean endsWith(StringBuilder out, char c) {
    return !out.isEmpty() && out.charAt(out.length() - 1) == c;
  }

  private static String trimmed(StringBuilder out) {
    var start = 0;
    var end = out.length();
    while (start < end && "-_".indexOf(out.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && "-_".indexOf(out.charAt(end - 1)) >= 0) {
      end--;
    }
    return out.substring(start, end);
  }

  private static String phoneKeys(String text) {
    var out = new StringBuilder(text.length());
    for (var at = 0; at < text.length(); at++) {
      var c = Character.toLowerCase(text.charAt(at));
      out.append(c >= 'a' && c <= 'z' ? KEYS.charAt(c - 'a') : c);
    }
    return out.toString();
  }

  private static Object cut(String text, Object argument, Context context) {
    var meter = context.meter();
    var part = Text.of(argument, meter);
    return Search.replace(text, part, "", Integer.MAX_VALUE, meter);
  }

  private static String slashes(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("'", "\\'");
  }
}
