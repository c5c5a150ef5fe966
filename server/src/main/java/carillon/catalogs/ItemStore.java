package carillon.catalogs;

import carillon.catalogs.CatalogLinks.Side;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** Items in the database. */
final class ItemStore {

  private static final String ITEMS =
      "select " + CatalogItem.COLUMNS + " from catalog_item i where i.account_id = :account";
  private static final String IN_CATEGORY =
      """
      select %s from catalog_link l
      join catalog_item i on i.account_id = l.account_id and i.id = l.item_id
      where l.account_id = :account and l.category_id = :category
      """
          .formatted(CatalogItem.COLUMNS);

  private final Database db;
  private final Clock clock;

  ItemStore(Database db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  Slice<CatalogItem> page(String account, Select select) {
    return paged(ITEMS).bind("account", account).page(db, select);
  }

  Slice<CatalogItem> inCategory(String account, String category, Select select) {
    return paged(IN_CATEGORY).bind("account", account).bind("category", category).page(db, select);
  }

  private static Paged<CatalogItem> paged(String query) {
    return new Paged<>(query, "i.id", "text", CatalogItem::read)
        .treat("category.id", ItemStore::inCategory);
  }

  private static String inCategory(Filter comparison, Paged.Binder binder) {
    return """
    exists (select from catalog_link f where f.account_id = i.account_id and f.item_id = i.id
      and f.category_id = %s)\
    """
        .formatted(binder.bind(comparison.valuesOf("category.id").getFirst()));
  }

  CatalogItem get(String account, String id) {
    return get(db, account, id);
  }

  static CatalogItem get(Queries queries, String account, String id) {
    return queries
        .sql(ITEMS + " and i.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(CatalogItem::read)
        .orElseThrow(() -> missing(id));
  }

  /** Those that are there, in the order of ids. */
  List<CatalogItem> get(String account, Collection<String> ids) {
    return db.sql(ITEMS + " and i.id = any(:ids) order by i.id")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(CatalogItem::read);
  }

  private static ApiError missing(String id) {
    return ApiError.missing("An", "item", id);
  }

  /** Makes what a resource object describes; nothing is written when it is refused. */
  CatalogItem create(Tx tx, String account, Values resource) {
    var attributes = resource.in("attributes");
    var id = CatalogId.of(attributes.get(CatalogFields.EXTERNAL_ID));
    var categories = CatalogFields.links(resource, "categories").orElse(List.of());
    CatalogLinks.hold(tx, Side.CATEGORY, account, categories);
    var made =
        Details.read(attributes)
            .bindTo(
                tx.sql(
                    """
                    insert into catalog_item (account_id, id, %s, created_at, updated_at)
                    values (:account, :id, %s, :now, :now)
                    on conflict do nothing
                    """
                        .formatted(Details.columns(), Details.parameters())))
            .bind("account", account)
            .bind("id", id)
            .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .run();
    if (made == 0) {
      throw ApiError.conflict("An item with id " + id + " already exists.");
    }
    CatalogLinks.link(tx, Side.ITEM, account, id, categories);
    return get(tx, account, id);
  }

  /** Changes what a resource object says; nothing is written when it is refused. */
  CatalogItem update(Tx tx, String account, String id, Values resource) {
    CatalogLinks.seize(tx, Side.ITEM, account, id);
    CatalogFields.links(resource, "categories")
        .ifPresent(categories -> CatalogLinks.replace(tx, Side.ITEM, account, id, categories));
    get(tx, account, id)
        .details()
        .changed(resource.in("attributes"))
        .bindTo(
            tx.sql(
                """
                update catalog_item set (%s, updated_at) = (%s, :now)
                where account_id = :account and id = :id
                """
                    .formatted(Details.columns(), Details.parameters())))
        .bind("account", account)
        .bind("id", id)
        .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .run();
    return get(tx, account, id);
  }

  /** Deletes an item with its variants; nobody waits for them any longer. */
  void delete(Tx tx, String account, String id) {
    CatalogLinks.seize(tx, Side.ITEM, account, id);
    var variants =
        tx.sql(
                """
                select id from catalog_variant where account_id = :account and item_id = :item
                for update
                """)
            .bind("account", account)
            .bind("item", id)
            .list(row -> row.text("id"));
    BackInStock.forget(tx, account, variants);
    tx.sql("delete from catalog_item where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .run();
  }
}
