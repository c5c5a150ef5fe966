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

/** The operations on categories, and on what is in one. */
final class CategoriesApi {

  private static final String CATEGORIES = "/api/catalog-categories";
  private static final String CATEGORY = CATEGORIES + "/{id}";

  private final Database db;
  private final CategoryStore categories;
  private final ItemStore items;
  private final LinkRequests links;
  private final ResourceType<CatalogItem> item;

  CategoriesApi(Database db, ItemStore items, VariantStore variants, CategoryStore categories) {
    this.db = db;
    this.categories = categories;
    this.items = items;
    this.links = new LinkRequests(db);
    this.item = CatalogTypes.item(variants);
  }

  Stream<Operation> operations() {
    return Stream.concat(itself(), itsItems());
  }

  private Stream<Operation> itself() {
    var type = CatalogTypes.CATEGORY;
    return Stream.of(
        reading(type.list("get_catalog_categories", CATEGORIES, "List the categories"))
            .filter(CatalogTypes.CATEGORY_FILTERS)
            .sort(CatalogTypes.CATEGORY_CREATED)
            .page(100, 100)
            .to(request -> Reply.rows(categories.page(request.account(), request.select()))),
        writing(type.create("create_catalog_category", CATEGORIES, "Create a category"))
            .body(CatalogFields.newCategory())
            .to(this::create),
        reading(type.get("get_catalog_category", CATEGORY, "Get a category"))
            .to(request -> Reply.row(categories.get(request.account(), request.id()))),
        writing(type.update("update_catalog_category", CATEGORY, "Change a category"))
            .body(CatalogFields.category())
            .to(this::update),
        writing(
                type.delete(
                    "delete_catalog_category", CATEGORY, "Delete a category; its items stay"))
            .to(this::delete));
  }

  private Reply create(Request request) {
    var resource = CatalogFields.checked(request);
    return Reply.row(
        db.<CatalogCategory>transaction(
            Repeat.SAFE, tx -> categories.create(tx, request.account(), resource)));
  }

  private Reply update(Request request) {
    var resource = CatalogFields.checkedChange(request);
    return Reply.row(
        db.<CatalogCategory>transaction(
            Repeat.SAFE, tx -> categories.update(tx, request.account(), request.id(), resource)));
  }

  private Reply delete(Request request) {
    db.transact(Repeat.SAFE, tx -> categories.delete(tx, request.account(), request.id()));
    return Reply.nothing();
  }

  private Stream<Operation> itsItems() {
    var path = CATEGORY + "/relationships/items";
    return Stream.of(
        items(
                item.list(
                    "get_items_for_catalog_category",
                    CATEGORY + "/items",
                    "List the items of a category"))
            .include("variants")
            .aliases("get_catalog_category_items")
            .to(request -> Reply.rows(itemsOf(request))),
        items(
                item.linkages(
                    "get_item_ids_for_catalog_category",
                    path,
                    "List the ids of the items of a category"))
            .aliases("get_catalog_category_relationships_items")
            .to(request -> LinkRequests.ids(itemsOf(request), CatalogItem::id)),
        writing(
                item.relate(
                    Http.POST, "add_items_to_catalog_category", path, "Put items in a category"))
            .aliases(
                "create_catalog_category_relationships_item",
                "create_catalog_category_relationships_items")
            .to(request -> links.add(Side.CATEGORY, request)),
        writing(
                item.relate(
                    Http.PATCH,
                    "update_items_for_catalog_category",
                    path,
                    "Put these items and no others in a category"))
            .aliases("update_catalog_category_relationships_items")
            .to(request -> links.replace(Side.CATEGORY, request)),
        writing(
                item.relate(
                    Http.DELETE,
                    "remove_items_from_catalog_category",
                    path,
                    "Take items out of a category"))
            .aliases("delete_catalog_category_relationships_items")
            .to(request -> links.remove(Side.CATEGORY, request)));
  }

  private static OperationBuilder items(OperationBuilder operation) {
    return reading(operation)
        .filter(CatalogTypes.ITEM_FILTERS)
        .sort(CatalogTypes.ITEM_CREATED)
        .page(100, 100);
  }

  private Slice<CatalogItem> itemsOf(Request request) {
    var category = categories.get(request.account(), request.id()).id();
    return items.inCategory(request.account(), category, request.select());
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:read").limit(XL);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:write").limit(L);
  }
}
