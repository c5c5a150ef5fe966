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

/** Categories in the database. */
final class CategoryStore {

  private static final String CATEGORIES =
      "select "
          + CatalogCategory.COLUMNS
          + " from catalog_category c where c.account_id = :account";
  private static final String OF_ITEM =
      """
      select %s from catalog_link l
      join catalog_category c on c.account_id = l.account_id and c.id = l.category_id
      where l.account_id = :account and l.item_id = :item
      """
          .formatted(CatalogCategory.COLUMNS);

  private final Database db;
  private final Clock clock;

  CategoryStore(Database db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  Slice<CatalogCategory> page(String account, Select select) {
    return paged(CATEGORIES).bind("account", account).page(db, select);
  }

  Slice<CatalogCategory> ofItem(String account, String item, Select select) {
    return paged(OF_ITEM).bind("account", account).bind("item", item).page(db, select);
  }

  private static Paged<CatalogCategory> paged(String query) {
    return new Paged<>(query, "c.id", "text", CatalogCategory::read)
        .treat("item.id", CategoryStore::ofItem);
  }

  private static String ofItem(Filter comparison, Paged.Binder binder) {
    return """
    exists (select from catalog_link f where f.account_id = c.account_id
      and f.category_id = c.id and f.item_id = %s)\
    """
        .formatted(binder.bind(comparison.valuesOf("item.id").getFirst()));
  }

  CatalogCategory get(String account, String id) {
    return get(db, account, id);
  }

  private static CatalogCategory get(Queries queries, String account, String id) {
    return queries
        .sql(CATEGORIES + " and c.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(CatalogCategory::read)
        .orElseThrow(() -> ApiError.missing("A", "category", id));
  }

  /** Those that are there, in the order of ids. */
  List<CatalogCategory> get(String account, Collection<String> ids) {
    return db.sql(CATEGORIES + " and c.id = any(:ids) order by c.id")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(CatalogCategory::read);
  }

  /** Makes what a resource object describes; nothing is written when it is refused. */
  CatalogCategory create(Tx tx, String account, Values resource) {
    var attributes = resource.in("attributes");
    var id = CatalogId.of(attributes.get(CatalogFields.EXTERNAL_ID));
    var items = CatalogFields.links(resource, "items").orElse(List.of());
    CatalogLinks.hold(tx, Side.ITEM, account, items);
    var made =
        tx.sql(
                """
                insert into catalog_category (account_id, id, name, created_at, updated_at)
                values (:account, :id, :name, :now, :now)
                on conflict do nothing
                """)
            .bind("account", account)
            .bind("id", id)
            .bind("name", attributes.get(CatalogFields.NAME))
            .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .run();
    if (made == 0) {
      throw ApiError.conflict("A category with id " + id + " already exists.");
    }
    CatalogLinks.link(tx, Side.CATEGORY, account, id, items);
    return get(tx, account, id);
  }

  /** Changes what a resource object says; nothing is written when it is refused. */
  CatalogCategory update(Tx tx, String account, String id, Values resource) {
    CatalogLinks.seize(tx, Side.CATEGORY, account, id);
    CatalogFields.links(resource, "items")
        .ifPresent(items -> CatalogLinks.replace(tx, Side.CATEGORY, account, id, items));
    tx.sql(
            """
            update catalog_category set name = coalesce(:name, name), updated_at = :now
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("name", resource.in("attributes").find(CatalogFields.NAME))
        .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .run();
    return get(tx, account, id);
  }

  /** Deletes a category; its items stay. */
  void delete(Tx tx, String account, String id) {
    CatalogLinks.seize(tx, Side.CATEGORY, account, id);
    tx.sql("delete from catalog_category where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .run();
  }
}
