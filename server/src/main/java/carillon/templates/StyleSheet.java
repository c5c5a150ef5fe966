package carillon.templates;

import carillon.jsonapi.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The styles of a whole template, by kind. */
final class StyleSheet {

  private static final String PHONES = "@media only screen and (max-width: 600px) {\n";

  private final Map<String, JsonNode> kinds = new HashMap<>();

  StyleSheet(JsonNode definition) {
    definition
        .path("styles")
        .forEach(one -> kinds.put(Markup.text(one, "style_type"), one.path("styles")));
  }

  JsonNode of(String kind) {
    return kinds.getOrDefault(kind, Json.object());
  }

  JsonNode text() {
    return of("text-styles");
  }

  /** What mail programs that read style elements get beyond the inline styles. */
  String element() {
    var css = new StringBuilder("<style>\n");
    css.append("img { border: 0; max-width: 100%; }\n");
    css.append(".mobile-only { display: none; }\n");
    rule(css, ".text", type(text()));
    for (int level = 1; level <= 4; level++) {
      var heading = of("heading-" + level + "-styles");
      rule(
          css,
          "h" + level,
          type(heading).fixed("margin-top", "0").pixels("margin-bottom", "margin_bottom"));
    }
    rule(css, "a", Css.of(of("link-styles")).word("color", "color").font(""));
    css.append(PHONES);
    css.append(".desktop-only { display: none !important; }\n");
    css.append(".mobile-only { display: block !important; }\n");
    css.append("td.stack { display: block !important; width: 100% !important; }\n");
    css.append("img.wide { width: 100% !important; height: auto !important; }\n");
    phone(css, ".text", text());
    for (int level = 1; level <= 4; level++) {
      phone(css, "h" + level, of("heading-" + level + "-styles"));
    }
    rule(css, "td.section", important(Css.of(of("mobile-styles")).padding("mobile_padding")));
    rule(
        css,
        "td.block",
        important(
            Css.of(of("mobile-styles"))
                .pixels("padding-left", "mobile_block_padding_left")
                .pixels("padding-right", "mobile_block_padding_right")));
    return css.append("}\n</style>\n").toString();
  }

  static Css type(JsonNode... styles) {
    return Css.of(styles)
        .word("color", "color")
        .font("")
        .number("line-height", "line_height")
        .word("text-align", "text_align");
  }

  private static void phone(StringBuilder css, String selector, JsonNode styles) {
    rule(
        css,
        selector,
        important(
            Css.of(styles)
                .pixels("font-size", "mobile_font_size")
                .number("line-height", "mobile_line_height")));
  }

  private static String important(Css css) {
    return css.declarations().replace(";", " !important;");
  }

  private static void rule(StringBuilder css, String selector, Css declarations) {
    rule(css, selector, declarations.declarations());
  }

  private static void rule(StringBuilder css, String selector, String declarations) {
    if (!declarations.isEmpty()) {
      css.append(selector).append(" { ").append(declarations).append(" }\n");
    }
  }
}
