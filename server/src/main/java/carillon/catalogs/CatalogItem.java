package carillon.catalogs;

import carillon.platform.db.Row;
import java.time.Instant;

/** Something a shop sells; what can be bought are its variants. */
record CatalogItem(String id, Details details, Instant created, Instant updated) {

  static final String COLUMNS = "i.id, " + Details.columns("i") + ", i.created_at, i.updated_at";

  static CatalogItem read(Row row) {
    return new CatalogItem(
        row.text("id"), Details.read(row), row.instant("created_at"), row.instant("updated_at"));
  }
}
