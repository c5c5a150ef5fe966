package carillon.catalogs;

import carillon.platform.db.Row;
import java.time.Instant;

/** A form of an item, such as a size, of which there is a stock. */
record CatalogVariant(
    String id, String itemId, Details details, Stock stock, Instant created, Instant updated) {

  static final String COLUMNS =
      "v.id, v.item_id, v.sku, v.inventory_policy, v.inventory_quantity, "
          + Details.columns("v")
          + ", v.created_at, v.updated_at";

  static CatalogVariant read(Row row) {
    return new CatalogVariant(
        row.text("id"),
        row.text("item_id"),
        Details.read(row),
        Stock.read(row),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
