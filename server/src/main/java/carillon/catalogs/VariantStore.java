package carillon.catalogs;

import static java.util.stream.Collectors.groupingBy;

import carillon.catalogs.CatalogLinks.Side;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
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
import java.util.Map;
import java.util.Optional;

/** Variants in the database. */
final class VariantStore {

  /** So many are told along with the items of a page at most. */
  private static final int MOST_INCLUDED = 5_000;

  private static final String VARIANTS =
      "select " + CatalogVariant.COLUMNS + " from catalog_variant v where v.account_id = :account";

  private final Database db;
  private final Clock clock;

  VariantStore(Database db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  Slice<CatalogVariant> page(String account, Select select) {
    return new Paged<>(VARIANTS, "v.id", "text", CatalogVariant::read)
        .bind("account", account)
        .page(db, select);
  }

  Slice<CatalogVariant> ofItem(String account, String item, Select select) {
    return new Paged<>(VARIANTS + " and v.item_id = :item", "v.id", "text", CatalogVariant::read)
        .bind("account", account)
        .bind("item", item)
        .page(db, select);
  }

  /** The variants of items, by item. */
  Map<String, List<CatalogVariant>> ofItems(String account, Collection<CatalogItem> items) {
    var all =
        db.sql(VARIANTS + " and v.item_id = any(:items) order by v.created_at, v.id limit :most")
            .bind("account", account)
            .array("items", "text", items.stream().map(CatalogItem::id).toList())
            .bind("most", MOST_INCLUDED + 1)
            .list(CatalogVariant::read);
    if (all.size() > MOST_INCLUDED) {
      throw ApiError.parameter(
          "include",
          "There are more than %d variants of these items. Ask for fewer items at a time."
              .formatted(MOST_INCLUDED));
    }
    return all.stream().collect(groupingBy(CatalogVariant::itemId));
  }

  CatalogVariant get(String account, String id) {
    return get(db, account, id);
  }

  private static CatalogVariant get(Queries queries, String account, String id) {
    return queries
        .sql(VARIANTS + " and v.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(CatalogVariant::read)
        .orElseThrow(() -> missing(id));
  }

  /** The variant, if there is one, which stays until the end of the transaction. */
  static Optional<CatalogVariant> hold(Tx tx, String account, String id) {
    return tx.sql(VARIANTS + " and v.id = :id for key share")
        .bind("account", account)
        .bind("id", id)
        .first(CatalogVariant::read);
  }

  /** Those that are there, in the order of ids. */
  List<CatalogVariant> get(String account, Collection<String> ids) {
    return db.sql(VARIANTS + " and v.id = any(:ids) order by v.id")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(CatalogVariant::read);
  }

  private static ApiError missing(String id) {
    return ApiError.missing("A", "variant", id);
  }

  /** Makes what a resource object describes; nothing is written when it is refused. */
  CatalogVariant create(Tx tx, String account, Values resource) {
    var attributes = resource.in("attributes");
    var id = CatalogId.of(attributes.get(CatalogFields.EXTERNAL_ID));
    var item =
        resource
            .in("relationships")
            .in("item")
            .in("data")
            .find(Body.ID)
            .orElseThrow(
                () -> ApiError.invalid("/data/relationships/item/data", "An item is required."));
    CatalogLinks.hold(tx, Side.ITEM, account, List.of(item));
    var made =
        Stock.read(attributes)
            .bindTo(
                Details.read(attributes)
                    .bindTo(
                        tx.sql(
                            """
                            insert into catalog_variant (account_id, id, item_id, sku,
                              inventory_policy, inventory_quantity, %s, created_at, updated_at)
                            values (:account, :id, :item, :sku, :policy, :quantity, %s, :now, :now)
                            on conflict do nothing
                            """
                                .formatted(Details.columns(), Details.parameters()))))
            .bind("account", account)
            .bind("id", id)
            .bind("item", item)
            .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .run();
    if (made == 0) {
      throw ApiError.conflict("A variant with id " + id + " already exists.");
    }
    return get(tx, account, id);
  }

  /** Changes what a resource object says; nothing is written when it is refused. */
  CatalogVariant update(Tx tx, String account, String id, Values resource) {
    var attributes = resource.in("attributes");
    var before = seize(tx, account, id);
    before
        .stock()
        .changed(attributes)
        .bindTo(
            before
                .details()
                .changed(attributes)
                .bindTo(
                    tx.sql(
                        """
                        update catalog_variant set (sku, inventory_policy, inventory_quantity, %s,
                          updated_at) = (:sku, :policy, :quantity, %s, :now)
                        where account_id = :account and id = :id
                        """
                            .formatted(Details.columns(), Details.parameters()))))
        .bind("account", account)
        .bind("id", id)
        .bind("now", clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .run();
    return get(tx, account, id);
  }

  /** Deletes a variant; nobody waits for it any longer. */
  void delete(Tx tx, String account, String id) {
    seize(tx, account, id);
    BackInStock.forget(tx, account, List.of(id));
    tx.sql("delete from catalog_variant where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .run();
  }

  private static CatalogVariant seize(Tx tx, String account, String id) {
    return tx.sql(VARIANTS + " and v.id = :id for update")
        .bind("account", account)
        .bind("id", id)
        .first(CatalogVariant::read)
        .orElseThrow(() -> missing(id));
  }
}
