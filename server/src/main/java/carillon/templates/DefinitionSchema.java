package carillon.templates;

import static carillon.templates.BlockSchemas.optional;
import static carillon.templates.StyleFields.styles;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;

/** The published shape of a template made of sections, rows, columns and blocks. */
final class DefinitionSchema {

  static final String[] COLUMN_LAYOUTS = {
    "1-column-full-width",
    "2-columns-25%-75%",
    "2-columns-33%-67%",
    "2-columns-67%-33%",
    "2-columns-75%-25%",
    "2-columns-equal-width",
    "3-columns-25%-25%-50%",
    "3-columns-25%-50%-25%",
    "3-columns-50%-25%-25%",
    "3-columns-equal-width",
    "4-columns-equal-width"
  };

  private static final Schema.Struct COLUMN =
      Schema.struct(
          "Column",
          optional("id"),
          optional("data_id"),
          Schema.struct("ColumnData").as("data"),
          Schema.items(BlockSchemas.ANY).as("blocks").nullable());

  private static final Schema.Struct ROW =
      Schema.struct(
          "Row",
          optional("id"),
          optional("data_id"),
          Schema.struct(
                  "RowData",
                  styles()
                      .choice("column_layout", COLUMN_LAYOUTS)
                      .in("RowStyles")
                      .as("styles")
                      .required())
              .as("data")
              .required(),
          Schema.items(COLUMN).as("columns").nullable());

  private static final Schema.Struct SECTION_STYLES =
      styles()
          .background()
          .texts("background_color", "content_color")
          .flags("background_image_full_width", "stack_on_mobile")
          .border("border")
          .vertical("column_align")
          .choice("column_direction", "ltr", "no-stack", "rtl")
          .choice("content_color_type", "none", "section", "template")
          .padding("inner_padding")
          .in("SectionStyles");

  private static final Schema.Struct SECTION =
      Schema.struct(
          "Section",
          optional("id"),
          optional("data_id"),
          optional("universal_id"),
          Schema.choice("section").as("content_type").required(),
          Schema.choice("section").as("type").required(),
          Schema.struct(
                  "SectionData",
                  styles()
                      .flags("is_ai_generated", "is_prebuilt_content")
                      .in("SectionProperties")
                      .as("properties")
                      .required(),
                  BlockSchemas.DISPLAY,
                  SECTION_STYLES.as("styles").required())
              .as("data")
              .required(),
          Schema.items(ROW).as("rows").nullable());

  private static final Schema.Struct BODY =
      Schema.struct(
          "Body",
          optional("id"),
          styles().texts("id", "css_class").in("BodyProperties").as("properties").required(),
          styles()
              .texts("background_color")
              .wholes("width")
              .in("BodyStyles")
              .as("styles")
              .required(),
          Schema.items(SECTION).as("sections").nullable());

  static final Schema.Struct DEFINITION =
      Schema.struct(
          "TemplateDefinition",
          optional("id"),
          optional("template_id"),
          BODY.as("body").required(),
          Schema.items(
                  Schema.oneOf(
                      style("base-styles", base(), properties(baseProperties())),
                      style("text-styles", type()),
                      style("heading-1-styles", heading()),
                      style("heading-2-styles", heading()),
                      style("heading-3-styles", heading()),
                      style("heading-4-styles", heading()),
                      style("link-styles", link()),
                      style(
                          "mobile-styles",
                          mobile(),
                          properties(styles().flags("mobile_padding_override")))))
              .as("styles")
              .required());

  private static Schema.Struct style(String type, StyleFields fields, Field<?>... more) {
    var all =
        styles()
            .texts("id")
            .add(Schema.choice(type).as("style_type").required())
            .add(fields.in("Styles").as("styles").required());
    for (var field : more) {
      all.add(field);
    }
    return all.in(type);
  }

  private static Field<?> properties(StyleFields fields) {
    return fields.in("Properties").as("properties").required();
  }

  private static StyleFields baseProperties() {
    return styles()
        .texts("currency")
        .flags("currency_set_on_template", "disable_websafe_fonts", "is_user_draggable")
        .flags("mobile_optimizations", "tip_tap_enabled");
  }

  private static StyleFields base() {
    return styles()
        .background()
        .border("border")
        .wholes("border_radius", "margin_top")
        .texts("content_background_color")
        .padding("inner_padding");
  }

  private static StyleFields type() {
    return styles()
        .type("")
        .numbers("line_height", "mobile_line_height")
        .wholes("mobile_font_size")
        .align("text_align");
  }

  private static StyleFields heading() {
    return type().wholes("margin_bottom");
  }

  private static StyleFields link() {
    return styles()
        .texts("color", "font_weight", "text_decoration")
        .choice("font_style", "italic", "normal");
  }

  private static StyleFields mobile() {
    return styles()
        .wholes("mobile_block_padding_left", "mobile_block_padding_right", "mobile_margin")
        .padding("mobile_padding");
  }

  private DefinitionSchema() {}
}
