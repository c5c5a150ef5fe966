package carillon.catalogs;

import carillon.platform.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Many items, variants or categories made, changed or deleted in the background.
 *
 * @param status queued, processing, complete or cancelled
 * @param done the ids of those that succeeded
 * @param errors why the others did not
 */
record CatalogJob(
    String id,
    String status,
    int total,
    List<String> done,
    JsonNode errors,
    Instant created,
    Optional<Instant> completed,
    Instant expires) {

  static final String COLUMNS =
      "j.id, j.status, j.total, j.done, j.errors, j.created_at, j.completed_at, j.expires_at";

  /** What it is about. */
  enum Kind {
    ITEM("item", "items"),
    VARIANT("variant", "variants"),
    CATEGORY("category", "categories");

    private final String one;
    private final String many;

    Kind(String one, String many) {
      this.one = one;
      this.many = many;
    }

    String one() {
      return one;
    }

    String many() {
      return many;
    }

    /** The type of the resources. */
    String type() {
      return "catalog-" + one;
    }
  }

  /** What becomes of them. */
  enum Action {
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static CatalogJob read(Row row) {
    return new CatalogJob(
        row.text("id"),
        row.text("status"),
        row.integer("total"),
        row.texts("done"),
        row.json("errors"),
        row.instant("created_at"),
        row.maybeInstant("completed_at"),
        row.instant("expires_at"));
  }
}
