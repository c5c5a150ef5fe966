package carillon.catalogs;

import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a shop shows of an item, and alike of a variant. */
record Details(
    String title,
    String description,
    Optional<BigDecimal> price,
    String url,
    String imageFullUrl,
    String imageThumbnailUrl,
    List<String> images,
    ObjectNode customMetadata,
    boolean published) {

  private static final List<String> COLUMNS =
      List.of(
          "title",
          "description",
          "price",
          "url",
          "image_full_url",
          "image_thumbnail_url",
          "images",
          "custom_metadata",
          "published");

  /** The columns of a table, to be read. */
  static String columns(String table) {
    return list(COLUMNS.stream().map(column -> table + "." + column));
  }

  /** The columns, to be written. */
  static String columns() {
    return list(COLUMNS.stream());
  }

  /** The parameters bound by {@link #bindTo}, in the order of the columns. */
  static String parameters() {
    return list(COLUMNS.stream().map(column -> ":" + column));
  }

  private static String list(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }

  /** Those of something new. */
  static Details read(Values attributes) {
    return new Details(
        attributes.get(CatalogFields.TITLE),
        attributes.get(CatalogFields.DESCRIPTION),
        attributes.find(CatalogFields.PRICE),
        attributes.get(CatalogFields.URL),
        attributes.find(CatalogFields.IMAGE_FULL_URL).orElse(""),
        attributes.find(CatalogFields.IMAGE_THUMBNAIL_URL).orElse(""),
        attributes.find(CatalogFields.IMAGES).orElse(List.of()),
        attributes.find(CatalogFields.CUSTOM_METADATA).orElseGet(Json::object),
        attributes.find(CatalogFields.PUBLISHED).orElse(true));
  }

  /** The same as a request changes them: null clears what need not be there. */
  Details changed(Values attributes) {
    return new Details(
        attributes.find(CatalogFields.TITLE).orElse(title),
        attributes.find(CatalogFields.DESCRIPTION).orElse(description),
        attributes.has(CatalogFields.PRICE) ? attributes.find(CatalogFields.PRICE) : price,
        attributes.find(CatalogFields.URL).orElse(url),
        attributes.has(CatalogFields.IMAGE_FULL_URL)
            ? attributes.find(CatalogFields.IMAGE_FULL_URL).orElse("")
            : imageFullUrl,
        attributes.has(CatalogFields.IMAGE_THUMBNAIL_URL)
            ? attributes.find(CatalogFields.IMAGE_THUMBNAIL_URL).orElse("")
            : imageThumbnailUrl,
        attributes.has(CatalogFields.IMAGES)
            ? attributes.find(CatalogFields.IMAGES).orElse(List.of())
            : images,
        attributes.has(CatalogFields.CUSTOM_METADATA)
            ? attributes.find(CatalogFields.CUSTOM_METADATA).orElseGet(Json::object)
            : customMetadata,
        attributes.has(CatalogFields.PUBLISHED)
            ? attributes.find(CatalogFields.PUBLISHED).orElse(true)
            : published);
  }

  Statement bindTo(Statement statement) {
    return statement
        .bind("title", title)
        .bind("description", description)
        .bind("price", price)
        .bind("url", url)
        .bind("image_full_url", imageFullUrl)
        .bind("image_thumbnail_url", imageThumbnailUrl)
        .array("images", "text", images)
        .bind("custom_metadata", customMetadata)
        .bind("published", published);
  }

  static Details read(Row row) {
    return new Details(
        row.text("title"),
        row.text("description"),
        row.maybeDecimal("price"),
        row.text("url"),
        row.text("image_full_url"),
        row.text("image_thumbnail_url"),
        row.texts("images"),
        (ObjectNode) row.json("custom_metadata"),
        row.bool("published"));
  }
}
