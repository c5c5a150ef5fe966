package carillon.templates;

import static carillon.templates.Markup.flag;
import static carillon.templates.Markup.text;
import static carillon.templates.Markup.whole;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/**
 * Writes goods and reviews that stand in the definition. Those that would be chosen for each
 * recipient are left out, since nothing here knows a catalogue.
 */
final class ShopBlockHtml {

  private static final int MOST_STARS = 5;

  private final StyleSheet sheet;

  ShopBlockHtml(StyleSheet sheet) {
    this.sheet = sheet;
  }

  void products(Markup out, JsonNode block, JsonNode data, JsonNode styles) {
    var items = new ArrayList<JsonNode>();
    block.path("subblocks").forEach(items::add);
    if (flag(data.path("properties"), "dynamic") || items.isEmpty()) {
      return;
    }
    var columns = Math.max(1, whole(styles, "num_columns", items.size()));
    var stacks = flag(styles, "stack_on_mobile") ? " class=\"stack\"" : "";
    var cell =
        Css.of(styles)
            .padding("item_padding")
            .border("border", "item_border")
            .word("text-align", "item_text_alignment");
    out.table(
        "",
        _ -> {
          for (int start = 0; start < items.size(); start += columns) {
            out.raw("<tr>");
            for (var item : items.subList(start, Math.min(start + columns, items.size()))) {
              out.cell(
                  stacks + " width=\"" + 100 / columns + "%\" valign=\"top\"" + cell.attribute(),
                  _ -> product(out, item, data.path("properties"), styles));
            }
            out.raw("</tr>");
          }
        });
  }

  private void product(Markup out, JsonNode item, JsonNode properties, JsonNode styles) {
    var link = text(item, "link").isBlank() ? text(item, "url") : text(item, "link");
    var title = text(item, "title").isBlank() ? text(item, "name") : text(item, "title");
    var src = text(item, "image_url");
    if (!src.isBlank()) {
      out.link(
          link,
          "",
          _ ->
              out.raw("<img src=\"")
                  .raw(Markup.attribute(src))
                  .raw("\" alt=\"")
                  .raw(Markup.attribute(title))
                  .raw("\" style=\"max-width:100%;\">"));
    }
    if (shown(properties, "show_title")) {
      out.link(
          shown(properties, "show_title_links") ? link : "",
          "",
          _ -> line(out, styles, "title_", title));
    }
    if (flag(properties, "show_description")) {
      line(out, styles, "description_", text(item, "description"));
    }
    if (flag(properties, "show_original_price")) {
      line(out, styles, "original_price_", text(item, "original_price"));
    }
    if (shown(properties, "show_price")) {
      line(out, styles, "price_", text(item, "price"));
    }
    if (flag(properties, "show_button")) {
      button(out, link, text(item, "button_text"), styles);
    }
  }

  /** Shown unless said otherwise. */
  private static boolean shown(JsonNode properties, String field) {
    return !properties.path(field).isBoolean() || flag(properties, field);
  }

  private void line(Markup out, JsonNode styles, String prefix, String words) {
    if (!words.isBlank()) {
      var css =
          Css.of(styles, sheet.text())
              .word("color", prefix + "font_color")
              .font(prefix)
              .pixels("padding-top", prefix + "padding_top")
              .pixels("padding-bottom", prefix + "padding_bottom");
      out.raw("<div").raw(css.attribute()).raw(">").raw(words).raw("</div>");
    }
  }

  private static void button(Markup out, String link, String label, JsonNode styles) {
    if (label.isBlank()) {
      return;
    }
    var css =
        Css.of(styles)
            .fixed("display", "inline-block")
            .word("background-color", "button_background_color")
            .word("color", "button_font_color")
            .font("button_")
            .border("border", "button_border")
            .pixels("border-radius", "button_border_radius")
            .padding("button_padding");
    out.raw("<div").raw(BlockHtml.aligned(styles, "button_alignment", "center")).raw(">");
    out.link(link, css.attribute(), _ -> out.raw(label)).raw("</div>");
  }

  void review(Markup out, JsonNode data, JsonNode styles) {
    var properties = data.path("properties");
    if (flag(properties, "dynamic")) {
      return;
    }
    var box =
        Css.of(styles)
            .word("background-color", "text_area_bg_color")
            .border("border", "border")
            .pixels("border-radius", "border_radius");
    out.raw("<div").raw(box.attribute()).raw(">");
    if (shown(properties, "show_rating")) {
      stars(out, whole(properties, "stars", 0), styles);
    }
    said(out, styles, "quote_", text(properties, "quote"));
    if (shown(properties, "show_reviewer_name")) {
      said(out, styles, "author_", text(properties, "author"));
    }
    if (shown(properties, "show_product_name")) {
      said(out, styles, "product_name_", text(properties, "product_name"));
    }
    out.raw("</div>");
  }

  private static void stars(Markup out, int stars, JsonNode styles) {
    if (stars > 0) {
      var full = Math.min(stars, MOST_STARS);
      var css = Css.of(styles).word("color", "star_color");
      css.fixed("text-align", BlockHtml.align(styles, "star_alignment", "center"));
      out.raw("<div").raw(css.attribute()).raw(">");
      out.raw("★".repeat(full)).raw("☆".repeat(MOST_STARS - full)).raw("</div>");
    }
  }

  private static void said(Markup out, JsonNode styles, String prefix, String words) {
    if (!words.isBlank()) {
      var css =
          Css.of(styles)
              .word("color", prefix + "color")
              .font(prefix)
              .word("text-align", prefix + "align");
      out.raw("<div").raw(css.attribute()).raw(">").raw(words).raw("</div>");
    }
  }
}
