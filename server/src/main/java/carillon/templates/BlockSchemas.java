package carillon.templates;

import static carillon.templates.StyleFields.styles;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.ArrayList;
import java.util.List;

/** The published shapes of the blocks that columns are filled with. */
final class BlockSchemas {

  /** Repeats what it belongs to for each item of a list in the context. */
  static final Schema.Struct REPEAT =
      Schema.struct(
          "ContentRepeat",
          Schema.text().as("repeat_for").required(),
          Schema.text().as("item_alias").required());

  static final Field<?> DISPLAY =
      styles()
          .showOn()
          .add(REPEAT.as("content_repeat").nullable())
          .add(
              styles()
                  .texts("check", "definition")
                  .flags("is_code_only")
                  .in("Visibility")
                  .as("visibility")
                  .nullable())
          .texts("layout_type")
          .add(Schema.free().as("layout_config").nullable())
          .in("DisplayOptions")
          .as("display_options")
          .required();

  private static final Field<?> CONTENT = Schema.text().as("content").required();

  static final Schema.OneOf ANY =
      Schema.oneOf(
          button(),
          coupon(),
          block("drop_shadow", data("DropShadowBlock", shadowStyles())),
          header(),
          block("horizontal_rule", data("HorizontalRuleBlock", ruleStyles())),
          filled("html", Schema.struct("HTMLBlockData", CONTENT, DISPLAY)),
          image(),
          ProductAndReviewSchemas.product(),
          ProductAndReviewSchemas.review(),
          social(),
          block("spacer", data("SpacerBlock", styles().texts("background_color").wholes("height"))),
          TableSchemas.split(),
          TableSchemas.table(),
          text(),
          video());

  static Schema.Struct block(String type, Schema.Struct data, Field<?>... more) {
    return block(type, data.as("data").required().nullable(), List.of(more));
  }

  /** A block whose data may not be null. */
  private static Schema.Struct filled(String type, Schema.Struct data) {
    return block(type, data.as("data").required(), List.of());
  }

  private static Schema.Struct block(String type, Field<?> data, List<Field<?>> more) {
    var fields = new ArrayList<Field<?>>(ids());
    fields.add(Schema.choice("block").as("content_type").required());
    fields.add(Schema.choice(type).as("type").required());
    fields.add(data);
    fields.addAll(more);
    return new Schema.Struct(type, fields);
  }

  static List<Field<?>> ids() {
    return List.of(optional("id"), optional("data_id"), optional("universal_id"));
  }

  static Field<String> optional(String name) {
    return Schema.text().as(name).nullable();
  }

  static Schema.Struct data(String name, StyleFields styles, Field<?>... more) {
    var fields = new ArrayList<Field<?>>(List.of(more));
    fields.add(DISPLAY);
    fields.add(styles.in(name + "Styles").as("styles").required());
    return new Schema.Struct(name + "Data", fields);
  }

  static Field<?> properties(Schema<?> schema) {
    return schema.as("properties").required();
  }

  /** A property or style that tells two variants apart; the static one may be null. */
  static Field<?> dynamic(boolean word) {
    var field = new Schema.Bool(java.util.Optional.of(word)).as("dynamic").required();
    return word ? field : field.nullable();
  }

  static Field<?> subblocks(Schema<?> kinds) {
    return Schema.items(kinds).as("subblocks").nullable();
  }

  static StyleFields subblock(String type) {
    return styles().texts("id").add(Schema.choice(type).as("type").required());
  }

  private static Schema.Struct button() {
    return block(
        "button",
        data(
            "ButtonBlock",
            boxed().texts("drop_shadow_color"),
            CONTENT.nullable(),
            properties(styles().texts("href").in("ButtonBlockProperties"))));
  }

  private static Schema.Struct coupon() {
    return block(
        "coupon",
        data(
            "CouponBlock",
            boxed()
                .texts("header_font_family")
                .wholes("header_font_size")
                .padding("header_padding"),
            CONTENT,
            properties(
                styles()
                    .texts("coupon_id", "coupon", "href")
                    .flags("header_enabled")
                    .in("CouponBlockProperties"))));
  }

  /** Text in a box of its own colour and border. */
  private static StyleFields boxed() {
    return styles()
        .block()
        .texts("background_color")
        .border("border")
        .wholes("border_radius")
        .type("")
        .padding("inner_padding")
        .flags("mobile_stretch_content", "stretch")
        .align("text_align");
  }

  private static StyleFields shadowStyles() {
    return styles()
        .block()
        .flags("mobile_stretch_content")
        .choice("shadow_color", "dark", "light", "medium");
  }

  private static StyleFields ruleStyles() {
    return styles().block().border("border").flags("mobile_stretch_content");
  }

  private static Schema.Struct header() {
    var styles =
        styles()
            .block()
            .border("border")
            .type("")
            .padding("inner_padding")
            .choice("desktop_layout", "centered", "inline", "links", "stacked")
            .choice("mobile_layout", "inline", "links", "links-stacked", "logo-stacked", "stacked")
            .align("item_align", "logo_align")
            .choice("item_spacing_type", "auto", "manual")
            .wholes("border_radius", "item_spacing", "logo_link_spacing", "mobile_spacing")
            .flags("mobile_wrap")
            .vertical("vertical_align");
    var link =
        subblock("header_link_bar_button")
            .texts("background_color", "content", "drop_shadow_color", "href")
            .showOn()
            .in("HeaderLink");
    return block(
        "header",
        data("HeaderBlock", styles),
        subblocks(
            Schema.oneOf(
                link,
                headerPicture("header_link_bar_image").texts("background_color").in("HeaderImage"),
                headerPicture("header_link_bar_logo").in("HeaderLogo"))));
  }

  private static StyleFields headerPicture(String type) {
    return subblock(type)
        .texts("alt_text", "asset_id", "href", "src")
        .wholes("height", "max_width", "width")
        .showOn();
  }

  private static Schema.Struct image() {
    var cropping =
        styles()
            .texts("aspect_ratio", "asset_id", "src")
            .wholes("height", "width", "x", "y")
            .in("ImageBlockCroppingProperties");
    return block(
        "image",
        data(
            "ImageBlock",
            picture().border("block_border"),
            properties(
                Schema.oneOf(
                    styles()
                        .add(dynamic(false))
                        .texts("alt_text", "asset_id", "href", "src")
                        .add(cropping.as("cropping_properties").nullable())
                        .in("StaticImageBlockProperties"),
                    styles()
                        .add(dynamic(true))
                        .texts("alt_text", "href", "src")
                        .in("DynamicImageBlockProperties")))));
  }

  private static StyleFields picture() {
    return styles()
        .block()
        .align("align")
        .texts("background_color")
        .padding("inner_padding")
        .flags("full_width_mobile", "mobile_stretch_content")
        .wholes("height", "max_width", "width");
  }

  private static Schema.Struct social() {
    var styles =
        styles()
            .block()
            .align("icon_align")
            .choice("icon_color", "black", "default", "grey", "white")
            .choice("icon_size", "large", "medium", "small")
            .wholes("icon_spacing")
            .texts("label_color")
            .font("label_")
            .flags("stack_on_mobile");
    var icon =
        subblock("social_link_icon")
            .texts("custom_asset_id", "custom_src", "label", "link_url")
            .wholes("custom_size")
            .choice("link_type", SocialNetwork.words())
            .in("SocialIcon");
    return block(
        "social",
        data(
            "SocialBlock",
            styles,
            properties(styles().flags("show_labels").in("SocialBlockProperties"))),
        subblocks(
            Schema.oneOf(icon, subblock("social_link_spacer").wholes("width").in("SocialSpacer"))));
  }

  private static Schema.Struct text() {
    var styles =
        styles()
            .block()
            .border("block_border")
            .texts("background_color", "extra_css_class")
            .type("")
            .padding("inner_padding")
            .numbers("line_height")
            .flags("mobile_stretch_content")
            .align("text_align")
            .choice("text_table_layout", "auto", "fixed", "inherit", "initial");
    return filled("text", data("TextBlock", styles, CONTENT));
  }

  private static Schema.Struct video() {
    var properties =
        styles()
            .texts("raw_asset_id", "src_asset_id", "alt_text", "href", "raw_src", "src")
            .flags("overlay_toggle")
            .in("VideoBlockProperties");
    return block("video", data("VideoBlock", picture().border("border"), properties(properties)));
  }

  private BlockSchemas() {}
}
