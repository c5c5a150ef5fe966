package carillon.templates;

import static carillon.templates.Markup.flag;
import static carillon.templates.Markup.shownOn;
import static carillon.templates.Markup.text;
import static carillon.templates.Markup.whole;

import tools.jackson.databind.JsonNode;

/** Writes rows of links: the header of a mail, and the places where a shop can be followed. */
final class LinkBlockHtml {

  private final StyleSheet sheet;

  LinkBlockHtml(StyleSheet sheet) {
    this.sheet = sheet;
  }

  void header(Markup out, JsonNode block, JsonNode styles) {
    var half = whole(styles, "item_spacing", 20) / 2;
    var css = Css.of(styles).border("border", "border").padding("inner_padding");
    css.fixed("text-align", BlockHtml.align(styles, "item_align", "center"));
    out.raw("<div").raw(css.attribute()).raw(">");
    for (var item : block.path("subblocks")) {
      var around =
          Css.of(item)
              .fixed("display", "inline-block")
              .fixed("padding", "0 " + half + "px")
              .word("background-color", "background_color");
      out.raw("<span").raw(shownOn(item)).raw(around.attribute()).raw(">");
      if (text(item, "type").equals("header_link_bar_button")) {
        var type = Css.of(styles, sheet.text()).word("color", "color").font("").attribute();
        out.link(text(item, "href"), type, _ -> out.raw(text(item, "content")));
      } else {
        image(
            out,
            text(item, "href"),
            text(item, "src"),
            text(item, "alt_text"),
            whole(item, "width", 0));
      }
      out.raw("</span>");
    }
    out.raw("</div>");
  }

  void social(Markup out, JsonNode block, JsonNode data, JsonNode styles) {
    var half = whole(styles, "icon_spacing", 10) / 2;
    out.raw("<div").raw(BlockHtml.aligned(styles, "icon_align", "center")).raw(">");
    for (var item : block.path("subblocks")) {
      if (text(item, "type").equals("social_link_spacer")) {
        out.raw(
            "<span style=\"display:inline-block;width:%dpx;\"></span>"
                .formatted(whole(item, "width", 0)));
      } else {
        out.raw("<span style=\"display:inline-block;padding:0 %dpx;\">".formatted(half));
        icon(out, item, styles, flag(data.path("properties"), "show_labels"));
        out.raw("</span>");
      }
    }
    out.raw("</div>");
  }

  /** Icons are the shop's own pictures; a network without one is a link by its name. */
  private void icon(Markup out, JsonNode item, JsonNode styles, boolean labelled) {
    var given = text(item, "label");
    var label =
        given.isBlank() ? SocialNetwork.name(text(item, "link_type")).orElse("Link") : given;
    var src = text(item, "custom_src");
    var href = text(item, "link_url");
    if (!src.isBlank()) {
      image(out, href, src, label, whole(item, "custom_size", size(styles)));
    }
    if (src.isBlank() || labelled) {
      var type = Css.of(styles, sheet.text()).word("color", "label_color").font("label_");
      out.link(href, type.attribute(), _ -> out.raw(label));
    }
  }

  private static int size(JsonNode styles) {
    return switch (text(styles, "icon_size")) {
      case "small" -> 24;
      case "large" -> 48;
      default -> 32;
    };
  }

  private static void image(Markup out, String href, String src, String alt, int width) {
    if (!src.isBlank()) {
      out.link(
          href,
          "",
          _ ->
              out.raw("<img src=\"")
                  .raw(Markup.attribute(src))
                  .raw("\" alt=\"")
                  .raw(Markup.attribute(alt))
                  .raw("\"")
                  .raw(width > 0 ? " width=\"" + width + "\"" : "")
                  .raw(">"));
    }
  }
}
