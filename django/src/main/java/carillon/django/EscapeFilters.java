package carillon.django;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Filters about what is markup, and about writing text for urls and scripts. */
final class EscapeFilters {

  private static final String UNRESERVED = "-._~";
  private static final String IRI_KEPT = "/#%[]=:;$&()+,!?*@'~-._";
  private static final String HEX = "0123456789ABCDEF";

  private EscapeFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add(
            "escape",
            Arity.NONE,
            (value, none, c) -> new SafeText(Html.markup(value, true, c.meter())))
        .text("force_escape", Arity.NONE, (text, none, c) -> new SafeText(Html.escape(text)))
        .text("safe", Arity.NONE, (text, none, c) -> new SafeText(text))
        .add("safeseq", Arity.NONE, (value, none, c) -> each(value, c, false))
        .add("escapeseq", Arity.NONE, (value, none, c) -> each(value, c, true))
        .plain("escapejs", EscapeFilters::escapeScript)
        .text("urlencode", Arity.OPTIONAL, EscapeFilters::urlEncode)
        .safePlain("iriencode", text -> percent(text, IRI_KEPT))
        .add("json_script", Arity.OPTIONAL, EscapeFilters::jsonScript);
  }

  private static List<Object> each(Object value, Context context, boolean escape) {
    var meter = context.meter();
    return Values.elements(value, meter).stream()
        .<Object>map(element ->
            escape
                ? new SafeText(Html.markup(element, true, meter))
                : new SafeText(Text.of(element, meter)))
        .toList();
  }

  private static String escapeScript(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c < 32 || "\\'\"><&=-;`\u2028\u2029".indexOf(c) >= 0) {
        out.append(unicode(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static String unicode(char c) {
    var hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return "\\u" + "0".repeat(4 - hex.length()) + hex;
  }

  private static Object urlEncode(String text, Object safe, Context context) {
    var kept = safe == null ? "/" : Text.of(safe, context.meter());
    return percent(text, UNRESERVED + kept);
  }

  /** Writes all bytes but letters, digits and the kept characters as %XX. */
  static String percent(String text, String kept) {
    var out = new StringBuilder(text.length() + 16);
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static Object jsonScript(Object value, Object id, Context context) {
    var json = Json.write(value, context);
    var markup = json.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026");
    var name = id == null ? "" : " id=\"" + Html.markup(id, true, context.meter()) + "\"";
    return new SafeText("<script" + name + " type=\"application/json\">" + markup + "</script>");
  }
}
