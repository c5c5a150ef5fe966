package carillon.catalogs;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.EQUALS;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Filterable.Kind;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Items, variants and categories in answers, and what they can be found by. */
final class CatalogTypes {

  static final ResourceType<CatalogCategory> CATEGORY =
      ResourceType.of(
              "catalog-category",
              "catalog-categories",
              CatalogCategory::id,
              List.<Attribute<CatalogCategory>>of(
                  text("external_id", category -> CatalogId.external(category.id())),
                  text("name", CatalogCategory::name),
                  moment("updated", CatalogCategory::updated)))
          .with(List.of(Relation.many("items", "catalog-item")));

  static final ResourceType<CatalogVariant> VARIANT =
      ResourceType.of(
              "catalog-variant",
              "catalog-variants",
              CatalogVariant::id,
              Stream.of(
                      Stream.of(
                          CatalogTypes.<CatalogVariant>text(
                              "external_id", variant -> CatalogId.external(variant.id()))),
                      details(CatalogVariant::details),
                      Stream.<Attribute<CatalogVariant>>of(
                          text("sku", variant -> variant.stock().sku()),
                          Attribute.of(
                              CatalogFields.INVENTORY_POLICY, variant -> variant.stock().policy()),
                          Attribute.of(
                              CatalogFields.INVENTORY_QUANTITY,
                              variant -> variant.stock().quantity()),
                          moment("created", CatalogVariant::created),
                          moment("updated", CatalogVariant::updated)))
                  .flatMap(all -> all)
                  .toList())
          .with(List.of(Relation.one("item", "catalog-item")));

  static final Filterable[] ITEM_FILTERS = {
    Filterable.text("ids", "i.id").list(ANY),
    Filterable.text("category.id", "i.id", EQUALS),
    Filterable.text("title", "i.title", CONTAINS),
    Filterable.of("published", Kind.BOOLEAN, "i.published", EQUALS)
  };

  static final Filterable[] VARIANT_FILTERS = {
    Filterable.text("ids", "v.id").list(ANY),
    Filterable.text("item.id", "v.item_id", EQUALS),
    Filterable.text("sku", "v.sku", EQUALS),
    Filterable.text("title", "v.title", CONTAINS),
    Filterable.of("published", Kind.BOOLEAN, "v.published", EQUALS)
  };

  static final Filterable[] CATEGORY_FILTERS = {
    Filterable.text("ids", "c.id").list(ANY),
    Filterable.text("item.id", "c.id", EQUALS),
    Filterable.text("name", "c.name", CONTAINS)
  };

  static final Sortable ITEM_CREATED = Sortable.moment("created", "i.created_at");
  static final Sortable VARIANT_CREATED = Sortable.moment("created", "v.created_at");
  static final Sortable CATEGORY_CREATED = Sortable.moment("created", "c.created_at");

  static ResourceType<CatalogItem> item(VariantStore variants) {
    return ResourceType.of(
            "catalog-item",
            "catalog-items",
            CatalogItem::id,
            Stream.of(
                    Stream.of(
                        CatalogTypes.<CatalogItem>text(
                            "external_id", item -> CatalogId.external(item.id()))),
                    details(CatalogItem::details),
                    Stream.of(
                        moment("created", CatalogItem::created),
                        moment("updated", CatalogItem::updated)))
                .flatMap(all -> all)
                .toList())
        .with(
            List.of(
                Relation.<CatalogItem>many("variants", "catalog-variant")
                    .includable(
                        () -> VARIANT,
                        (caller, items, _) -> variants.ofItems(caller.account(), items))));
  }

  private static <T> Stream<Attribute<T>> details(Function<T, Details> of) {
    return Stream.of(
        text("title", of.andThen(Details::title)),
        text("description", of.andThen(Details::description)),
        Attribute.of(CatalogFields.PRICE, of.andThen(details -> details.price().orElse(null))),
        text("url", of.andThen(Details::url)),
        text("image_full_url", of.andThen(Details::imageFullUrl)),
        text("image_thumbnail_url", of.andThen(Details::imageThumbnailUrl)),
        Attribute.of(CatalogFields.IMAGES, of.andThen(Details::images)),
        Attribute.of(CatalogFields.CUSTOM_METADATA, of.andThen(Details::customMetadata)),
        Attribute.of(CatalogFields.PUBLISHED, of.andThen(Details::published)));
  }

  private static <T> Attribute<T> text(String name, Function<T, String> value) {
    return Attribute.of(Schema.text().as(name).nullable(), value);
  }

  private static <T> Attribute<T> moment(String name, Function<T, Instant> value) {
    return Attribute.of(Schema.moment().as(name).nullable(), value);
  }

  private CatalogTypes() {}
}
