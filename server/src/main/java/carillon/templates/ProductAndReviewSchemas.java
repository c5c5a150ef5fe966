package carillon.templates;

import static carillon.templates.BlockSchemas.block;
import static carillon.templates.BlockSchemas.data;
import static carillon.templates.BlockSchemas.dynamic;
import static carillon.templates.BlockSchemas.properties;
import static carillon.templates.BlockSchemas.subblock;
import static carillon.templates.BlockSchemas.subblocks;
import static carillon.templates.StyleFields.styles;

import carillon.jsonapi.Schema;

/** The published shapes of blocks that show goods and what buyers said of them. */
final class ProductAndReviewSchemas {

  static Schema.Struct product() {
    var still =
        productProperties()
            .add(dynamic(false))
            .flags("show_description", "localize_for_recipient")
            .texts("language", "region")
            .in("StaticProductBlockProperties");
    var moving =
        productProperties()
            .add(dynamic(true))
            .texts("button_text", "feed")
            .wholes("feed_offset")
            .flags("is_nbp")
            .in("DynamicProductBlockProperties");
    var item =
        subblock("product")
            .texts("product_id", "external_id", "button_text", "description", "image_url", "link")
            .texts("name", "original_price", "price", "currency_code", "title", "url")
            .flags("autogenerate_link")
            .in("ProductSubBlock");
    return block(
        "product",
        data("ProductBlock", productStyles(), properties(Schema.oneOf(still, moving))),
        subblocks(item));
  }

  private static StyleFields productProperties() {
    return styles()
        .flags("is_ai_generated", "is_prebuilt_content", "show_button", "show_original_price")
        .flags("show_price", "show_rating", "show_rating_count", "show_title", "show_title_links")
        .wholes("item_subtype_id")
        .texts("title_placeholder");
  }

  private static StyleFields productStyles() {
    var styles =
        styles()
            .block()
            .align("button_alignment", "item_text_alignment")
            .border("button_border", "item_border")
            .wholes("button_border_radius", "item_max_height", "num_columns", "num_rows")
            .padding("button_padding", "item_padding")
            .texts("button_background_color", "button_drop_shadow_color")
            .choice("layout", "horizontal", "vertical-left-image", "vertical-right-image")
            .flags("stack_on_mobile");
    for (var part :
        new String[] {"button", "description", "original_price", "price", "rating", "title"}) {
      styles.font(part + "_").texts(part + "_font_color");
      if (!part.equals("original_price")) {
        styles.wholes(part + "_letter_spacing");
      }
      if (!part.equals("button") && !part.equals("original_price")) {
        styles.wholes(part + "_padding_bottom", part + "_padding_top");
      }
    }
    return styles;
  }

  static Schema.Struct review() {
    var still =
        reviewProperties()
            .add(dynamic(false))
            .texts("author", "product_name", "product_variant_name", "quote")
            .wholes("stars")
            .flags("verified")
            .in("StaticReviewBlockProperties");
    var moving =
        reviewProperties()
            .add(dynamic(true))
            .choice(
                "fallback_options",
                "high-quality-review",
                "high-quality-review-or-static",
                "no-review",
                "recent",
                "static-only")
            .choice("fallback_content_type", "full", "quote")
            .choice("product_selection_mode", "automatic", "manual")
            .texts("fallback_review_id", "product_id", "product_event_variable")
            .in("DynamicReviewBlockProperties");
    return block(
        "review", data("ReviewBlock", reviewStyles(), properties(Schema.oneOf(still, moving))));
  }

  private static StyleFields reviewProperties() {
    return styles()
        .flags("show_rating", "show_reviewer_name", "show_product_name", "show_variant_name")
        .flags("show_verified_badge")
        .texts("author_placeholder", "quote_placeholder", "product_name_placeholder")
        .texts("product_variant_name_placeholder")
        .choice(
            "verified_badge_language",
            "dutch",
            "english",
            "french",
            "german",
            "hungarian",
            "italian",
            "japanese",
            "korean",
            "portuguese",
            "spanish");
  }

  private static StyleFields reviewStyles() {
    return styles()
        .block()
        .type("author_", "product_name_", "quote_", "verified_")
        .align("author_align", "product_name_align", "quote_align", "star_alignment")
        .numbers("quote_line_height")
        .choice("quote_style", "line", "square", "standard")
        .line("border_style")
        .wholes("border_radius", "border_width", "star_icon_spacing", "verified_badge_size")
        .texts("empty_star_color", "shadow_color", "star_color", "text_area_bg_color")
        .texts("text_area_border_color")
        .choice("star_size", "large", "medium", "small")
        .choice("star_rating_shape", "circle", "heart", "star")
        .choice("verified_badge_color", "dark", "default", "light")
        .choice("verified_badge_style", "badge-and-text", "badge-only", "text-only")
        .choice(
            "layout",
            "big-quotes",
            "centered-in-quote-bubble",
            "centered-rating-first",
            "centered-review-first",
            "clean",
            "left-aligned",
            "message-bubble",
            "rating-highlight",
            "right-aligned-with-quotation-icon",
            "square",
            "stacked-card",
            "subtle-background");
  }

  private ProductAndReviewSchemas() {}
}
