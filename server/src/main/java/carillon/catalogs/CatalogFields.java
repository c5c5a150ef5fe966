package carillon.catalogs;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Items, variants and categories in request bodies. */
final class CatalogFields {

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_URL = 2048;
  private static final int MOST_IMAGES = 100;
  private static final int MOST_LINKS = 1000;
  private static final int LARGEST_METADATA = 100_000;
  private static final BigDecimal GREATEST = BigDecimal.TEN.pow(15);

  static final Field<String> EXTERNAL_ID =
      Schema.text().length(1, CatalogId.LONGEST_EXTERNAL).as("external_id").required();
  private static final Field<String> INTEGRATION_TYPE =
      Schema.choice("$custom").as("integration_type").nullable().preset("$custom");
  private static final Field<String> CATALOG_TYPE =
      Schema.text()
          .checked(CatalogFields::foreignCatalog)
          .as("catalog_type")
          .nullable()
          .preset("$default");

  static final Field<String> TITLE = Schema.text().as("title").nullable();
  static final Field<String> DESCRIPTION = Schema.text().as("description").nullable();
  static final Field<String> URL = Schema.text().length(0, LONGEST_URL).as("url").nullable();
  static final Field<BigDecimal> PRICE = Schema.decimal().as("price").nullable();
  static final Field<String> IMAGE_FULL_URL = picture("image_full_url");
  static final Field<String> IMAGE_THUMBNAIL_URL = picture("image_thumbnail_url");
  static final Field<List<String>> IMAGES =
      Schema.items(Schema.text().length(0, LONGEST_URL))
          .size(0, MOST_IMAGES)
          .as("images")
          .nullable();
  static final Field<ObjectNode> CUSTOM_METADATA = Schema.free().as("custom_metadata").nullable();
  static final Field<Boolean> PUBLISHED = Schema.bool().as("published").nullable();

  static final Field<String> SKU = Schema.text().length(0, LONGEST_NAME).as("sku").nullable();
  static final Field<Long> INVENTORY_POLICY =
      new Schema.WholeChoice(List.of(0, 1, 2)).as("inventory_policy").nullable();
  static final Field<BigDecimal> INVENTORY_QUANTITY =
      Schema.decimal().as("inventory_quantity").nullable();

  static final Field<String> NAME = Schema.text().length(0, LONGEST_NAME).as("name").nullable();

  private static final Field<List<ObjectNode>> LINKED =
      Schema.items(Schema.struct("link", Body.ID)).as("data");

  /** An item to be made. */
  static Body newItem() {
    return Body.of("catalog-item")
        .attributes(
            with(
                shown(true),
                EXTERNAL_ID,
                INTEGRATION_TYPE,
                CATALOG_TYPE,
                PRICE,
                PUBLISHED.preset(true)))
        .relationships(links("categories", "catalog-category"));
  }

  /** An item to be changed. */
  static Body item() {
    return Body.of("catalog-item")
        .id()
        .attributes(with(shown(false), PRICE, PUBLISHED))
        .relationships(links("categories", "catalog-category"));
  }

  /** A variant to be made. */
  static Body newVariant() {
    return Body.of("catalog-variant")
        .attributes(
            with(
                shown(true),
                EXTERNAL_ID,
                INTEGRATION_TYPE,
                CATALOG_TYPE,
                must(PRICE),
                must(SKU),
                must(INVENTORY_QUANTITY),
                INVENTORY_POLICY.preset(0),
                PUBLISHED.preset(true)))
        .requiredRelationships(Body.one("item", "catalog-item").required());
  }

  /** A variant to be changed. */
  static Body variant() {
    return Body.of("catalog-variant")
        .id()
        .attributes(
            with(shown(false), PRICE, SKU, INVENTORY_QUANTITY, INVENTORY_POLICY, PUBLISHED));
  }

  /** A category to be made. */
  static Body newCategory() {
    return Body.of("catalog-category")
        .attributes(EXTERNAL_ID, must(NAME), INTEGRATION_TYPE, CATALOG_TYPE)
        .relationships(links("items", "catalog-item"));
  }

  /** A category to be changed. */
  static Body category() {
    return Body.of("catalog-category")
        .id()
        .attributes(NAME)
        .relationships(links("items", "catalog-item"));
  }

  private static Field<?>[] with(Stream<Field<?>> some, Field<?>... more) {
    return Stream.concat(some, Stream.of(more)).toArray(Field<?>[]::new);
  }

  private static Stream<Field<?>> shown(boolean isNew) {
    return Stream.concat(
        Stream.of(TITLE, DESCRIPTION, URL).map(field -> isNew ? must(field) : field),
        Stream.of(IMAGE_FULL_URL, IMAGE_THUMBNAIL_URL, IMAGES, CUSTOM_METADATA));
  }

  private static <V> Field<V> must(Field<V> field) {
    return field.schema().as(field.name()).required();
  }

  private static Field<String> picture(String name) {
    return Schema.text().length(0, LONGEST_URL).as(name).nullable();
  }

  private static Field<?> links(String relation, String target) {
    return Schema.struct(
            target, Schema.items(Body.identifier(target)).size(0, MOST_LINKS).as("data"))
        .as(relation);
  }

  private static Optional<String> foreignCatalog(String type) {
    return type.equals("$default")
        ? Optional.empty()
        : Optional.of("'" + type + "' is not a valid choice for 'catalog_type'.");
  }

  /** Says what a schema cannot tell is wrong with a resource at a pointer, such as /data. */
  static List<Fault> faults(Values resource, String pointer) {
    var attributes = resource.in("attributes");
    var place = pointer + "/attributes/";
    var faults = new ArrayList<Fault>();
    for (var number : List.of(PRICE, INVENTORY_QUANTITY)) {
      if (attributes
          .find(number)
          .filter(value -> value.abs().compareTo(GREATEST) > 0)
          .isPresent()) {
        faults.add(Fault.at(place + number.name(), "The number is too large."));
      }
    }
    attributes
        .find(CUSTOM_METADATA)
        .ifPresent(metadata -> faults.addAll(faults(metadata, place + CUSTOM_METADATA.name())));
    return faults;
  }

  private static List<Fault> faults(ObjectNode metadata, String place) {
    if (metadata.valueStream().anyMatch(value -> value.isObject())) {
      return List.of(Fault.at(place, "The custom metadata must be flat."));
    }
    return metadata.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_METADATA
        ? List.of(Fault.at(place, "The custom metadata may have at most 100 KB."))
        : List.of();
  }

  /** The resource of a request, in which nothing is wrong. */
  static Values checked(Request request) {
    var faults = faults(request.data(), "/data");
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
    return request.data();
  }

  /** The resource of a request that changes the one in its path. */
  static Values checkedChange(Request request) {
    if (!request.bodyId().equals(Optional.of(request.id()))) {
      throw ApiError.invalid("/data/id", "The id in the body must be the id in the path.");
    }
    return checked(request);
  }

  /** The ids a resource is to be related to; empty when it does not say. */
  static Optional<List<String>> links(Values resource, String relation) {
    return resource
        .in("relationships")
        .in(relation)
        .find(LINKED)
        .map(all -> all.stream().map(one -> new Values(one).get(Body.ID)).distinct().toList());
  }

  private CatalogFields() {}
}
