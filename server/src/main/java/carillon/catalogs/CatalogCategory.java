package carillon.catalogs;

import carillon.platform.db.Row;
import java.time.Instant;

/** A kind of things a shop sells; an item can be in several. */
record CatalogCategory(String id, String name, Instant updated) {

  static final String COLUMNS = "c.id, c.name, c.updated_at";

  static CatalogCategory read(Row row) {
    return new CatalogCategory(row.text("id"), row.text("name"), row.instant("updated_at"));
  }
}
