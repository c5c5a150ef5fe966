package carillon.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Makes the HTML of a template from its definition: tables within tables, styles in place, because
 * that is what mail programs understand. The result is source: variables are filled in later.
 */
final class DefinitionHtml {

  private static final int USUAL_WIDTH = 600;
  private static final Pattern PERCENT = Pattern.compile("(\\d+)%");

  private final JsonNode body;
  private final StyleSheet sheet;
  private final BlockHtml blocks;
  private final int width;
  private final Markup out = new Markup();

  private DefinitionHtml(JsonNode definition) {
    this.body = definition.path("body");
    this.sheet = new StyleSheet(definition);
    this.blocks = new BlockHtml(sheet);
    this.width = Math.max(1, Markup.whole(body.path("styles"), "width", USUAL_WIDTH));
  }

  static String of(JsonNode definition) {
    return new DefinitionHtml(definition).document();
  }

  private String document() {
    var base = sheet.of("base-styles");
    var page =
        Css.of(body.path("styles"), base)
            .fixed("margin", "0")
            .fixed("padding", "0")
            .word("background-color", "background_color")
            .background();
    out.raw("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw(sheet.element()).raw("</head>\n<body").raw(names()).raw(page.attribute()).raw(">\n");
    var around = Css.of(base).pixels("padding-top", "margin_top").attribute();
    out.box("", " align=\"center\"" + around, _ -> body.path("sections").forEach(this::section));
    return out.raw("</body>\n</html>\n").toString();
  }

  private String names() {
    var properties = body.path("properties");
    return named("id", Markup.text(properties, "id"))
        + named("class", Markup.text(properties, "css_class"));
  }

  private static String named(String attribute, String value) {
    return value.isBlank() ? "" : " " + attribute + "=\"" + Markup.attribute(value) + "\"";
  }

  private void section(JsonNode section) {
    var options = section.at("/data/display_options");
    out.displayed(
        options,
        _ -> {
          out.raw("<div").raw(Markup.shownOn(options)).raw(">");
          sectionTables(section.at("/data/styles"), section);
          out.raw("</div>\n");
        });
  }

  private void sectionTables(JsonNode styles, JsonNode section) {
    var wide = Markup.flag(styles, "background_image_full_width");
    var outer = Css.of(styles).word("background-color", "background_color");
    var base = sheet.of("base-styles");
    var inner =
        Css.of(styles, base)
            .fixed("width", "100%")
            .fixed("max-width", width + "px")
            .word("background-color", colour(styles))
            .border("border", "border");
    (wide ? outer : inner).background();
    out.box(
        "",
        " align=\"center\"" + outer.attribute(),
        _ ->
            out.table(
                inner.attribute(),
                _ ->
                    out.raw("<tr>")
                        .cell(
                            " class=\"section\""
                                + Css.of(styles, base).padding("inner_padding").attribute(),
                            _ -> section.path("rows").forEach(row -> row(row, styles)))
                        .raw("</tr>")));
  }

  private static String colour(JsonNode styles) {
    return switch (Markup.text(styles, "content_color_type")) {
      case "section" -> "content_color";
      case "none" -> "";
      default -> "content_background_color";
    };
  }

  private void row(JsonNode row, JsonNode styles) {
    var columns = new ArrayList<JsonNode>();
    row.path("columns").forEach(columns::add);
    if (columns.isEmpty()) {
      return;
    }
    var direction = Markup.text(styles, "column_direction");
    var stacks =
        !direction.equals("no-stack")
            && !(styles.path("stack_on_mobile").isBoolean()
                && !Markup.flag(styles, "stack_on_mobile"));
    var layout = Markup.text(row.at("/data/styles"), "column_layout");
    var widths = widths(layout, columns.size());
    out.table(
        direction.equals("rtl") ? " dir=\"rtl\"" : "",
        _ -> {
          out.raw("<tr>");
          for (int i = 0; i < columns.size(); i++) {
            var attributes =
                (stacks ? " class=\"stack\"" : "")
                    + " width=\"%d%%\" dir=\"ltr\" valign=\"%s\""
                        .formatted(widths.get(i), vertical(styles));
            var column = columns.get(i);
            out.cell(
                attributes, _ -> column.path("blocks").forEach(block -> blocks.write(out, block)));
          }
          out.raw("</tr>");
        });
  }

  private static String vertical(JsonNode styles) {
    var align = Markup.text(styles, "column_align");
    return align.isEmpty() ? "top" : align;
  }

  /** Per cent of each column: those a layout such as {@code 2-columns-25%-75%} names, or alike. */
  static List<Integer> widths(String layout, int columns) {
    var named =
        PERCENT.matcher(layout).results().map(match -> Integer.valueOf(match.group(1))).toList();
    if (named.size() == columns) {
      return named;
    }
    return Stream.generate(() -> 100 / columns).limit(columns).toList();
  }
}
