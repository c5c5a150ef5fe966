package carillon.templates;

/** Definitions of templates for tests, as clients write them. */
final class Definitions {

  /** A definition with these blocks in one column. */
  static String with(String... blocks) {
    return columns("", blocks.length == 0 ? "" : column(blocks));
  }

  /** A definition with one row of columns. */
  static String columns(String layout, String... columns) {
    var style = layout.isEmpty() ? "" : "\"column_layout\": \"" + layout + "\"";
    return section(
        "{}",
        """
        {"data": {"styles": {%s}}, "columns": [%s]}
        """
            .formatted(style, String.join(",", columns)));
  }

  static String section(String styles, String rows) {
    return """
    {"body": {"properties": {"css_class": "mail"}, "styles": {"background_color": "#eeeeee",
        "width": 640},
      "sections": [{"content_type": "section", "type": "section", "data": {"properties": {},
        "display_options": {}, "styles": %s}, "rows": [%s]}]},
     "styles": [
      {"style_type": "base-styles", "properties": {},
        "styles": {"content_background_color": "#ffffff", "margin_top": 12}},
      {"style_type": "text-styles", "styles": {"font_family": "Georgia", "font_size": 15,
        "mobile_font_size": 17, "color": "#222222"}},
      {"style_type": "heading-1-styles", "styles": {"font_size": 30, "margin_bottom": 10}},
      {"style_type": "link-styles", "styles": {"color": "#0000cc"}},
      {"style_type": "mobile-styles", "properties": {}, "styles": {"mobile_padding_left": 4}}]}
    """
        .formatted(styles, rows);
  }

  static String column(String... blocks) {
    return "{\"blocks\": [" + String.join(",", blocks) + "]}";
  }

  /** A block with the members of its data; display options are empty. */
  static String block(String type, String data) {
    return block(type, data, "{}", "");
  }

  static String block(String type, String data, String display, String subblocks) {
    return """
    {"content_type": "block", "type": "%s", "data": {"display_options": %s%s}%s}
    """
        .formatted(
            type,
            display,
            data.isEmpty() ? "" : ", " + data,
            subblocks.isEmpty() ? "" : ", \"subblocks\": [" + subblocks + "]");
  }

  static String text(String html) {
    return block("text", "\"content\": \"" + html + "\", \"styles\": {}");
  }

  private Definitions() {}
}
