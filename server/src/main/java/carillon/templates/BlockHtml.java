package carillon.templates;

import static carillon.templates.Markup.flag;
import static carillon.templates.Markup.shownOn;
import static carillon.templates.Markup.text;
import static carillon.templates.Markup.whole;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Writes the blocks of a column, one below the other. */
final class BlockHtml {

  private final StyleSheet sheet;
  private final CellBlockHtml cells;
  private final LinkBlockHtml links;
  private final ShopBlockHtml shop;

  BlockHtml(StyleSheet sheet) {
    this.sheet = sheet;
    this.cells = new CellBlockHtml(sheet);
    this.links = new LinkBlockHtml(sheet);
    this.shop = new ShopBlockHtml(sheet);
  }

  void write(Markup out, JsonNode block) {
    var options = block.at("/data/display_options");
    out.displayed(
        options,
        _ -> {
          out.raw("<div").raw(shownOn(options)).raw(">");
          content(out, block, block.path("data"));
          out.raw("</div>\n");
        });
  }

  private void content(Markup out, JsonNode block, JsonNode data) {
    var styles = data.path("styles");
    switch (text(block, "type")) {
      case "text" -> framed(out, styles, _ -> words(out, data, styles));
      case "html" -> out.raw(text(data, "content"));
      case "button", "coupon" -> framed(out, styles, _ -> button(out, data, styles));
      case "image", "video" -> framed(out, styles, _ -> picture(out, data, styles));
      case "spacer" -> spacer(out, styles);
      case "horizontal_rule" -> framed(out, styles, _ -> rule(out, styles));
      case "drop_shadow" -> framed(out, styles, _ -> shadow(out, styles));
      case "split" -> framed(out, styles, _ -> cells.split(out, block, styles));
      case "table" -> framed(out, styles, _ -> cells.table(out, block, data, styles));
      case "header" -> framed(out, styles, _ -> links.header(out, block, styles));
      case "social" -> framed(out, styles, _ -> links.social(out, block, data, styles));
      case "product" -> framed(out, styles, _ -> shop.products(out, block, data, styles));
      case "review" -> framed(out, styles, _ -> shop.review(out, data, styles));
      default -> throw new IllegalStateException("a block the schema does not know");
    }
  }

  private static void framed(Markup out, JsonNode styles, Consumer<Markup> inside) {
    var css =
        Css.of(styles)
            .word("background-color", "block_background_color")
            .padding("block_padding")
            .border("border", "block_border");
    out.box("", " class=\"block\"" + css.attribute(), inside);
  }

  private void words(Markup out, JsonNode data, JsonNode styles) {
    var extra = text(styles, "extra_css_class");
    var css =
        StyleSheet.type(styles, sheet.text())
            .word("background-color", "background_color")
            .padding("inner_padding");
    out.raw("<div class=\"text")
        .raw(extra.isBlank() ? "" : " " + Markup.attribute(extra))
        .raw("\"")
        .raw(css.attribute())
        .raw(">")
        .raw(text(data, "content"))
        .raw("</div>");
  }

  private void button(Markup out, JsonNode data, JsonNode styles) {
    var stretched = flag(styles, "stretch");
    var css =
        Css.of(styles, sheet.text())
            .fixed("display", stretched ? "block" : "inline-block")
            .word("background-color", "background_color")
            .border("border", "border")
            .pixels("border-radius", "border_radius")
            .word("color", "color")
            .font("")
            .padding("inner_padding")
            .fixed("text-align", "center");
    var shadow = text(styles, "drop_shadow_color");
    if (!shadow.isBlank()) {
      css.fixed("box-shadow", "0 2px 6px " + Markup.cssValue(shadow));
    }
    if (text(styles, "text_decoration").isBlank()) {
      css.fixed("text-decoration", "none");
    }
    var label = text(data, "content");
    var href = text(data.path("properties"), "href");
    out.raw("<div" + aligned(styles, "text_align", "center") + ">");
    if (href.isBlank()) {
      out.raw("<span").raw(css.attribute()).raw(">").raw(label).raw("</span>");
    } else {
      out.link(href, css.attribute(), _ -> out.raw(label));
    }
    out.raw("</div>");
  }

  private static void picture(Markup out, JsonNode data, JsonNode styles) {
    var properties = data.path("properties");
    var cropped = text(properties.path("cropping_properties"), "src");
    var src = cropped.isBlank() ? text(properties, "src") : cropped;
    if (src.isBlank()) {
      return;
    }
    var around =
        Css.of(styles).word("background-color", "background_color").padding("inner_padding");
    around.fixed("text-align", align(styles, "align", "center"));
    out.raw("<div").raw(around.attribute()).raw(">");
    out.link(text(properties, "href"), "", _ -> image(out, src, properties, styles));
    out.raw("</div>");
  }

  private static void image(Markup out, String src, JsonNode properties, JsonNode styles) {
    var css =
        Css.of(styles)
            .pixels("max-width", "max_width")
            .border("border", "border")
            .fixed("display", "inline-block");
    var width = whole(styles, "width", 0);
    out.raw("<img src=\"").raw(Markup.attribute(src)).raw("\" alt=\"");
    out.raw(Markup.attribute(text(properties, "alt_text"))).raw("\"");
    out.raw(flag(styles, "full_width_mobile") ? " class=\"wide\"" : "");
    out.raw(width > 0 ? " width=\"" + width + "\"" : "").raw(css.attribute()).raw(">");
  }

  private static void spacer(Markup out, JsonNode styles) {
    var height = whole(styles, "height", 20);
    var css =
        Css.of(styles)
            .word("background-color", "background_color")
            .fixed("height", height + "px")
            .fixed("line-height", height + "px")
            .fixed("font-size", "1px");
    out.box("", css.attribute(), _ -> out.raw("&#160;"));
  }

  private static void rule(Markup out, JsonNode styles) {
    var css = Css.of(styles).border("border-top", "border").fixed("font-size", "1px");
    out.raw("<div").raw(css.fixed("line-height", "1px").attribute()).raw(">&#160;</div>");
  }

  private static void shadow(Markup out, JsonNode styles) {
    var strength =
        switch (text(styles, "shadow_color")) {
          case "dark" -> "0.4";
          case "light" -> "0.1";
          default -> "0.2";
        };
    var gradient = "linear-gradient(rgba(0,0,0," + strength + "), rgba(0,0,0,0))";
    var css = Css.of(styles).fixed("height", "8px").fixed("background-image", gradient);
    out.raw("<div").raw(css.fixed("font-size", "1px").attribute()).raw(">&#160;</div>");
  }

  static String align(JsonNode styles, String field, String otherwise) {
    var align = text(styles, field);
    return align.isEmpty() ? otherwise : align;
  }

  static String aligned(JsonNode styles, String field, String otherwise) {
    return " style=\"text-align:" + align(styles, field, otherwise) + ";\"";
  }
}
