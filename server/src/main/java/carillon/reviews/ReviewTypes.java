package carillon.reviews;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is told of reviews, and what they can be found by. */
final class ReviewTypes {

  static final Filterable ID = Filterable.text("id", "r.id", EQUALS).list(ANY, EQUALS);
  static final Filterable TYPE =
      Filterable.text("review_type", "r.review_type", EQUALS)
          .words("question", "review", "rating", "store");
  static final Filterable RATING =
      Filterable.of(
              "rating", Filterable.Kind.WHOLE, "r.rating", EQUALS, GREATER_OR_EQUAL, LESS_OR_EQUAL)
          .list(ANY, EQUALS);
  static final Filterable STATUS =
      Filterable.text("status", "r.status", EQUALS)
          .words("published", "unpublished", "rejected", "featured", "pending", "all");
  static final Filterable CONTENT = Filterable.text("content", "r.content", CONTAINS);
  static final Filterable CREATED =
      Filterable.moment("created", "r.created_at", GREATER_OR_EQUAL, LESS_OR_EQUAL);

  /** No order is proven yet, so nothing is verified. */
  static final Filterable VERIFIED =
      Filterable.of("verified", Filterable.Kind.BOOLEAN, "false", EQUALS);

  static final Sortable BY_CREATED = Sortable.moment("created", "r.created_at");
  static final Sortable BY_RATING =
      new Sortable("rating", "r.rating", "smallint", false).canBeNull();
  static final Sortable BY_UPDATED = Sortable.moment("updated", "r.updated_at");

  private static final Field<?> PRODUCT =
      Schema.struct(
              "ReviewProductDTO",
              Schema.text().as("url").required(),
              Schema.text().as("name").required(),
              Schema.text().as("image_url").nullable(),
              Schema.text().as("external_id").nullable())
          .as("product")
          .nullable();
  private static final Field<?> REPLY =
      Schema.struct(
              "ReviewPublicReply",
              Schema.text().as("content").required(),
              Schema.text().as("author").required(),
              Schema.moment().as("updated").required())
          .as("public_reply")
          .nullable();

  /** What everybody may know; not the address of who wrote it. */
  static List<Attribute<Review>> everybodys() {
    return List.of(
        Attribute.of(Standing.FIELD, review -> review.standing().json()),
        Attribute.of(Schema.bool().as("verified").required(), _ -> false),
        Attribute.of(
            Schema.choice(NewReview.TYPES).as("review_type").required(),
            review -> review.words().type()),
        Attribute.of(Schema.moment().as("created").required(), review -> review.facts().created()),
        Attribute.of(Schema.moment().as("updated").required(), review -> review.facts().updated()),
        Attribute.of(
            Schema.items(Schema.text()).as("images").required(), review -> review.facts().images()),
        Attribute.of(PRODUCT, review -> review.product().map(ReviewTypes::product).orElse(null)),
        Attribute.of(
            Schema.whole().as("rating").nullable(), review -> review.rating().orElse(null)),
        Attribute.of(text("author"), review -> review.words().author()),
        Attribute.of(text("content"), review -> review.words().content()),
        Attribute.of(text("title"), review -> review.words().title().orElse(null)),
        Attribute.of(text("smart_quote"), _ -> null),
        Attribute.of(REPLY, _ -> null));
  }

  /** What somebody with a key may know. */
  static List<Attribute<Review>> moderators() {
    var all = new ArrayList<Attribute<Review>>();
    all.add(Attribute.of(text("email"), review -> review.words().email()));
    all.addAll(everybodys());
    return all;
  }

  /** Only the shop knows what its products are called and where they are shown. */
  private static ObjectNode product(Review.Product product) {
    return Json.object()
        .put("url", "")
        .put("name", "")
        .putNull("image_url")
        .put("external_id", product.externalId());
  }

  private static Field<String> text(String name) {
    return Schema.text().as(name).nullable();
  }

  private ReviewTypes() {}
}
