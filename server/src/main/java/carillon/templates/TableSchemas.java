package carillon.templates;

import static carillon.templates.BlockSchemas.block;
import static carillon.templates.BlockSchemas.data;
import static carillon.templates.BlockSchemas.dynamic;
import static carillon.templates.BlockSchemas.properties;
import static carillon.templates.BlockSchemas.subblock;
import static carillon.templates.BlockSchemas.subblocks;
import static carillon.templates.StyleFields.styles;

import carillon.jsonapi.Schema;

/** The published shapes of blocks made of cells. */
final class TableSchemas {

  static Schema.Struct split() {
    var styles =
        styles()
            .block()
            .texts("column_widths")
            .choice("mobile_stack_order", "ltr", "no-stack", "rtl")
            .wholes("padding_in_between");
    return block(
        "split",
        data("SplitBlock", styles),
        subblocks(Schema.oneOf(text("table_text"), image("table_image"), html("table_html"))));
  }

  static Schema.Struct table() {
    var still =
        styles()
            .add(dynamic(false))
            .wholes("num_columns")
            .flags("show_headers")
            .in("StaticTableBlockProperties");
    var moving =
        styles()
            .add(dynamic(true))
            .wholes("num_columns")
            .add(BlockSchemas.REPEAT.as("row_content_repeat").nullable())
            .flags("show_headers", "show_fallback_content", "show_static_row")
            .in("DynamicTableBlockProperties");
    return block(
        "table",
        data("TableBlock", tableStyles(), properties(Schema.oneOf(still, moving))),
        subblocks(
            Schema.oneOf(
                text("table_header"),
                html("table_html"),
                image("table_image"),
                text("table_text"),
                html("table_fallback_html"),
                image("table_fallback_image"),
                text("table_fallback_text"))));
  }

  private static StyleFields tableStyles() {
    return styles()
        .block()
        .border("block_border", "cell_horizontal_border", "cell_vertical_border")
        .padding("cell_padding", "header_padding")
        .vertical("cell_vertical_align")
        .texts("header_background_color", "header_font_color")
        .font("header_")
        .wholes("header_letter_spacing")
        .numbers("header_line_height")
        .texts("table_background_color", "table_font_color", "table_font_family")
        .wholes("table_font_size")
        .align("table_text_align")
        .flags("use_legacy_mobile_padding");
  }

  private static Schema.Struct text(String type) {
    return subblock(type)
        .texts("content", "table_column_width")
        .align("cell_text_align")
        .type("")
        .showOn()
        .in(type);
  }

  private static Schema.Struct image(String type) {
    return subblock(type)
        .flags("dynamic")
        .texts("alt_text", "asset_id", "href", "src", "table_column_width")
        .texts("cropped_asset_id", "cropped_src", "cropping_aspect_ratio")
        .wholes("width", "height", "image_width")
        .wholes("cropping_height", "cropping_width", "cropping_x", "cropping_y")
        .align("image_align", "cell_text_align")
        .showOn()
        .in(type);
  }

  private static Schema.Struct html(String type) {
    return subblock(type).texts("content").showOn().in(type);
  }

  private TableSchemas() {}
}
