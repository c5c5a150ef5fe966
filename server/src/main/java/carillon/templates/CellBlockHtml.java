package carillon.templates;

import static carillon.templates.Markup.flag;
import static carillon.templates.Markup.shownOn;
import static carillon.templates.Markup.text;
import static carillon.templates.Markup.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Writes blocks that are made of cells. */
final class CellBlockHtml {

  private final StyleSheet sheet;

  CellBlockHtml(StyleSheet sheet) {
    this.sheet = sheet;
  }

  void split(Markup out, JsonNode block, JsonNode styles) {
    var parts = parts(block, _ -> true);
    if (parts.isEmpty()) {
      return;
    }
    var widths = DefinitionHtml.widths(text(styles, "column_widths"), parts.size());
    var stacks = !text(styles, "mobile_stack_order").equals("no-stack");
    var half = whole(styles, "padding_in_between", 0) / 2;
    out.table(
        "",
        _ -> {
          out.raw("<tr>");
          for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var css = Css.of(part);
            if (i > 0) {
              css.fixed("padding-left", half + "px");
            }
            if (i < parts.size() - 1) {
              css.fixed("padding-right", half + "px");
            }
            var attributes =
                (stacks ? " class=\"stack\"" : "") + " width=\"" + widths.get(i) + "%\"";
            out.cell(attributes + css.attribute(), _ -> part(out, part, sheet.text()));
          }
          out.raw("</tr>");
        });
  }

  void table(Markup out, JsonNode block, JsonNode data, JsonNode styles) {
    var properties = data.path("properties");
    var headers = parts(block, type -> type.equals("table_header"));
    var fallback = parts(block, type -> type.startsWith("table_fallback"));
    var cells =
        parts(block, type -> !type.equals("table_header") && !type.startsWith("table_fallback"));
    var columns = Math.max(1, whole(properties, "num_columns", Math.max(1, headers.size())));
    var css = Css.of(styles).word("background-color", "table_background_color");
    out.table(
        css.attribute(),
        _ -> {
          if (flag(properties, "show_headers")) {
            rows(out, headers, columns, styles, true);
          }
          var repeat = properties.path("row_content_repeat");
          if (flag(properties, "dynamic") && repeat.isObject()) {
            out.raw("{% for ").raw(text(repeat, "item_alias")).raw(" in ");
            out.raw(text(repeat, "repeat_for")).raw(" %}");
            rows(out, cells, columns, styles, false);
            if (flag(properties, "show_fallback_content")) {
              out.raw("{% empty %}");
              rows(out, fallback, columns, styles, false);
            }
            out.raw("{% endfor %}");
          } else {
            rows(out, cells, columns, styles, false);
          }
        });
  }

  private void rows(
      Markup out, List<JsonNode> cells, int columns, JsonNode styles, boolean header) {
    for (int start = 0; start < cells.size(); start += columns) {
      out.raw("<tr>");
      for (var cell : cells.subList(start, Math.min(start + columns, cells.size()))) {
        out.cell(cellAttributes(cell, styles, header), _ -> part(out, cell, styles));
      }
      out.raw("</tr>");
    }
  }

  private static String cellAttributes(JsonNode cell, JsonNode styles, boolean header) {
    var css =
        Css.of(cell, styles)
            .padding(header ? "header_padding" : "cell_padding")
            .border("border-bottom", "cell_horizontal_border")
            .border("border-right", "cell_vertical_border")
            .word("vertical-align", "cell_vertical_align")
            .word("text-align", "cell_text_align");
    if (header) {
      css.word("background-color", "header_background_color")
          .word("color", "header_font_color")
          .font("header_");
    } else {
      css.word("color", "table_font_color")
          .word("font-family", "table_font_family")
          .pixels("font-size", "table_font_size");
      if (text(cell, "cell_text_align").isEmpty()) {
        css.word("text-align", "table_text_align");
      }
    }
    return css.attribute();
  }

  private static void part(Markup out, JsonNode part, JsonNode around) {
    out.raw("<div").raw(shownOn(part)).raw(">");
    switch (text(part, "type")) {
      case "table_image", "table_fallback_image" -> image(out, part);
      case "table_html", "table_fallback_html" -> out.raw(text(part, "content"));
      default -> {
        var css = Css.of(part, around).word("color", "color").font("");
        css.word("text-align", "cell_text_align");
        out.raw("<div").raw(css.attribute()).raw(">").raw(text(part, "content")).raw("</div>");
      }
    }
    out.raw("</div>");
  }

  private static void image(Markup out, JsonNode part) {
    var cropped = text(part, "cropped_src");
    var src = cropped.isBlank() ? text(part, "src") : cropped;
    if (src.isBlank()) {
      return;
    }
    var width = whole(part, "image_width", whole(part, "width", 0));
    out.raw("<div").raw(BlockHtml.aligned(part, "image_align", "center")).raw(">");
    out.link(
        text(part, "href"),
        "",
        _ ->
            out.raw("<img src=\"")
                .raw(Markup.attribute(src))
                .raw("\" alt=\"")
                .raw(Markup.attribute(text(part, "alt_text")))
                .raw("\"")
                .raw(width > 0 ? " width=\"" + width + "\"" : "")
                .raw(">"));
    out.raw("</div>");
  }

  private static List<JsonNode> parts(JsonNode block, Predicate<String> wanted) {
    var found = new ArrayList<JsonNode>();
    for (var part : block.path("subblocks")) {
      if (wanted.test(text(part, "type"))) {
        found.add(part);
      }
    }
    return found;
  }
}
