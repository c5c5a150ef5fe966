package carillon.catalogs;

import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.XL;

import carillon.catalogs.CatalogLinks.Side;
import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import java.util.stream.Stream;

/** The operations on items, and on what belongs to one. */
final class ItemsApi {

  private static final String ITEMS = "/api/catalog-items";
  private static final String ITEM = ITEMS + "/{id}";

  private final Database db;
  private final ItemStore items;
  private final VariantStore variants;
  private final CategoryStore categories;
  private final LinkRequests links;
  private final ResourceType<CatalogItem> type;

  ItemsApi(Database db, ItemStore items, VariantStore variants, CategoryStore categories) {
    this.db = db;
    this.items = items;
    this.variants = variants;
    this.categories = categories;
    this.links = new LinkRequests(db);
    this.type = CatalogTypes.item(variants);
  }

  Stream<Operation> operations() {
    return Stream.of(itself(), itsVariants(), itsCategories()).flatMap(all -> all);
  }

  private Stream<Operation> itself() {
    return Stream.of(
        reading(type.list("get_catalog_items", ITEMS, "List the items of the catalog"))
            .filter(CatalogTypes.ITEM_FILTERS)
            .sort(CatalogTypes.ITEM_CREATED)
            .include("variants")
            .page(100, 100)
            .to(request -> Reply.rows(items.page(request.account(), request.select()))),
        writing(type.create("create_catalog_item", ITEMS, "Create an item"))
            .body(CatalogFields.newItem())
            .to(this::create),
        reading(type.get("get_catalog_item", ITEM, "Get an item"))
            .include("variants")
            .to(request -> Reply.row(items.get(request.account(), request.id()))),
        writing(type.update("update_catalog_item", ITEM, "Change an item"))
            .body(CatalogFields.item())
            .to(this::update),
        writing(type.delete("delete_catalog_item", ITEM, "Delete an item and its variants"))
            .to(this::delete));
  }

  private Reply create(Request request) {
    var resource = CatalogFields.checked(request);
    return Reply.row(
        db.<CatalogItem>transaction(
            Repeat.SAFE, tx -> items.create(tx, request.account(), resource)));
  }

  private Reply update(Request request) {
    var resource = CatalogFields.checkedChange(request);
    return Reply.row(
        db.<CatalogItem>transaction(
            Repeat.SAFE, tx -> items.update(tx, request.account(), request.id(), resource)));
  }

  private Reply delete(Request request) {
    db.transact(Repeat.SAFE, tx -> items.delete(tx, request.account(), request.id()));
    return Reply.nothing();
  }

  private Stream<Operation> itsVariants() {
    return Stream.of(
        variants(
                CatalogTypes.VARIANT.list(
                    "get_variants_for_catalog_item",
                    ITEM + "/variants",
                    "List the variants of an item"))
            .aliases("get_catalog_item_variants")
            .to(request -> Reply.rows(variantsOf(request))),
        variants(
                CatalogTypes.VARIANT.linkages(
                    "get_variant_ids_for_catalog_item",
                    ITEM + "/relationships/variants",
                    "List the ids of the variants of an item"))
            .aliases("get_catalog_item_relationships_variants")
            .to(request -> LinkRequests.ids(variantsOf(request), CatalogVariant::id)));
  }

  private static OperationBuilder variants(OperationBuilder operation) {
    return reading(operation)
        .filter(CatalogTypes.VARIANT_FILTERS)
        .sort(CatalogTypes.VARIANT_CREATED)
        .page(100, 100);
  }

  private Slice<CatalogVariant> variantsOf(Request request) {
    var item = items.get(request.account(), request.id()).id();
    return variants.ofItem(request.account(), item, request.select());
  }

  private Stream<Operation> itsCategories() {
    var path = ITEM + "/relationships/categories";
    return Stream.of(
        categories(
                CatalogTypes.CATEGORY.list(
                    "get_categories_for_catalog_item",
                    ITEM + "/categories",
                    "List the categories of an item"))
            .aliases("get_catalog_item_categories")
            .to(request -> Reply.rows(categoriesOf(request))),
        categories(
                CatalogTypes.CATEGORY.linkages(
                    "get_category_ids_for_catalog_item",
                    path,
                    "List the ids of the categories of an item"))
            .aliases("get_catalog_item_relationships_categories")
            .to(request -> LinkRequests.ids(categoriesOf(request), CatalogCategory::id)),
        writing(
                CatalogTypes.CATEGORY.relate(
                    Http.POST, "add_categories_to_catalog_item", path, "Put an item in categories"))
            .aliases(
                "add_category_to_catalog_item",
                "create_catalog_item_relationships_category",
                "create_catalog_item_relationships_categories")
            .to(request -> links.add(Side.ITEM, request)),
        writing(
                CatalogTypes.CATEGORY.relate(
                    Http.PATCH,
                    "update_categories_for_catalog_item",
                    path,
                    "Put an item in these categories and no others"))
            .aliases("update_catalog_item_relationships_categories")
            .to(request -> links.replace(Side.ITEM, request)),
        writing(
                CatalogTypes.CATEGORY.relate(
                    Http.DELETE,
                    "remove_categories_from_catalog_item",
                    path,
                    "Take an item out of categories"))
            .aliases("delete_catalog_item_relationships_categories")
            .to(request -> links.remove(Side.ITEM, request)));
  }

  private static OperationBuilder categories(OperationBuilder operation) {
    return reading(operation)
        .filter(CatalogTypes.CATEGORY_FILTERS)
        .sort(CatalogTypes.CATEGORY_CREATED)
        .page(100, 100);
  }

  private Slice<CatalogCategory> categoriesOf(Request request) {
    var item = items.get(request.account(), request.id()).id();
    return categories.ofItem(request.account(), item, request.select());
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:read").limit(XL);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:write").limit(L);
  }
}
