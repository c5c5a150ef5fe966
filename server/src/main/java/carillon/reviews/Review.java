package carillon.reviews;

import carillon.platform.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody said.
 *
 * @param profile whose it is
 * @param rating one to five stars
 * @param product what it is about; empty for the shop as a whole
 */
record Review(
    long id,
    String profile,
    Words words,
    Optional<Integer> rating,
    Optional<Product> product,
    Standing standing,
    Facts facts) {

  /**
   * What was written.
   *
   * @param type question, rating, review or store
   * @param email never to be shown to others
   */
  record Words(String type, String email, String author, String content, Optional<String> title) {}

  /** A product as the shop's own system knows it. */
  record Product(String integration, String externalId) {

    /** Its id among the items of a catalog. */
    String itemId() {
      return "$%s:::$default:::%s".formatted(integration, externalId);
    }
  }

  /** Everything else. */
  record Facts(List<String> images, Instant created, Instant updated) {}

  static final String COLUMNS =
      """
      r.id, r.profile_id, r.review_type, r.email, r.author, r.content, r.title, r.rating,
      r.integration_key, r.product_external_id, r.status, r.rejection_reason,
      r.status_explanation, r.images, r.created_at, r.updated_at
      """;

  static Review read(Row row) {
    return new Review(
        row.number("id"),
        row.text("profile_id"),
        new Words(
            row.text("review_type"),
            row.text("email"),
            row.text("author"),
            row.text("content"),
            row.maybeText("title")),
        row.maybeInteger("rating"),
        row.maybeText("integration_key")
            .map(integration -> new Product(integration, row.text("product_external_id"))),
        new Standing(
            row.text("status"),
            row.maybeText("rejection_reason"),
            row.maybeText("status_explanation")),
        new Facts(row.texts("images"), row.instant("created_at"), row.instant("updated_at")));
  }

  /** What the event that tells of it is known by. */
  String eventId() {
    return "review:" + id;
  }
}
