package carillon.reviews;

import carillon.events.Events;
import carillon.events.NewEvent;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Paged;
import carillon.platform.db.Tx;
import carillon.profiles.Identities;
import carillon.profiles.ProfilePart;
import carillon.reviews.Review.Product;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reviews in the database. */
final class ReviewStore {

  /** What tells of a review; of a question nothing does. */
  static final Map<String, String> METRICS =
      Map.of(
          "review", "Submitted Review", "store", "Submitted Review", "rating", "Submitted Rating");

  private static final String REVIEWS =
      "select " + Review.COLUMNS + " from review r where r.account_id = :account";
  private static final String PUBLIC = REVIEWS + " and r.status in ('published', 'featured')";

  private final Database db;
  private final Clock clock;
  private final Identities identities;
  private final Events events;

  ReviewStore(Database db, Clock clock, Identities identities, Events events) {
    this.db = db;
    this.clock = clock;
    this.identities = identities;
    this.events = events;
  }

  Slice<Review> all(String account, Select select) {
    return page(REVIEWS, account, select);
  }

  /** Those that everybody may read. */
  Slice<Review> published(String account, Select select) {
    return page(PUBLIC, account, select);
  }

  private Slice<Review> page(String query, String account, Select select) {
    return new Paged<>(query, "r.id", "bigint", Review::read)
        .bind("account", account)
        .treat("id", (comparison, binder) -> "r.id = any(" + binder.bind(ids(select)) + ")")
        .treat(
            "status",
            (comparison, binder) ->
                select.filterValues("status").contains("all")
                    ? "true"
                    : "r.status = " + binder.bind(select.filterValues("status").getFirst()))
        .page(db, select);
  }

  /** What is no number is nobody's id. */
  private static List<Long> ids(Select select) {
    var ids =
        select.filterValues("id").stream()
            .flatMap(id -> number(id.toString()).stream())
            .distinct()
            .toList();
    return ids.isEmpty() ? List.of(-1L) : ids;
  }

  private static Optional<Long> number(String id) {
    return Stream.of(id)
        .filter(text -> text.matches("[1-9]\\d{0,17}"))
        .map(Long::valueOf)
        .findFirst();
  }

  Review get(String account, String id) {
    return number(id)
        .flatMap(number ->
            db.sql(REVIEWS + " and r.id = :id")
                .bind("account", account)
                .bind("id", number)
                .first(Review::read))
        .orElseThrow(() -> ApiError.missing("A", "review", id));
  }

  /** Decides about a review. */
  Review decide(String account, String id, Standing standing) {
    var review = get(account, id);
    db.sql(
            """
            update review set status = :status, rejection_reason = :reason,
              status_explanation = :explanation, updated_at = :now
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", review.id())
        .bind("status", standing.status())
        .bind("reason", standing.reason())
        .bind("explanation", standing.explanation())
        .bind("now", now())
        .run();
    return get(account, id);
  }

  /** Keeps a review until somebody decides about it. Who wrote it is a claim. */
  void add(String account, NewReview review) {
    db.transact(Repeat.SAFE, tx -> add(tx, account, review));
  }

  private void add(Tx tx, String account, NewReview review) {
    var reviewer = ProfilePart.ofEmail(review.words().email()).asClaim();
    var profile =
        identities.resolve(tx, account, List.of(reviewer)).getFirst().profileId().orElseThrow();
    var now = now();
    var id = insert(tx, account, profile, review, now);
    Optional.ofNullable(METRICS.get(review.words().type()))
        .ifPresent(metric ->
            events.record(
                tx,
                account,
                List.of(
                    NewEvent.internal(
                        profile, metric, now, "review:" + id, properties(id, review)))));
  }

  private static long insert(Tx tx, String account, String profile, NewReview review, Instant now) {
    return tx.sql(
            """
            insert into review (account_id, profile_id, id, review_type, email, author, content,
              title, rating, integration_key, product_external_id, item_id, status, images,
              answers, incentive_type, order_id, created_at, updated_at)
            values (:account, :profile, nextval('review_number'), :type, :email, :author, :content,
              :title, :rating, :integration, :product, :item, :status, :images, :answers,
              :incentive, :order, :now, :now)
            returning id
            """)
        .bind("account", account)
        .bind("profile", profile)
        .bind("type", review.words().type())
        .bind("email", review.words().email())
        .bind("author", review.words().author())
        .bind("content", review.words().content())
        .bind("title", review.words().title())
        .bind("rating", review.rating())
        .bind("integration", review.product().map(Product::integration))
        .bind("product", review.product().map(Product::externalId))
        .bind("item", review.product().map(Product::itemId))
        .bind("status", Standing.PENDING.status())
        .array("images", "text", review.images())
        .bind("answers", Json.MAPPER.valueToTree(review.answers()))
        .bind("incentive", review.incentive())
        .bind("order", review.order())
        .bind("now", now)
        .one(row -> row.number("id"));
  }

  private static ObjectNode properties(long id, NewReview review) {
    var properties = Json.object().put("review_id", Long.toString(id));
    properties.put("review_type", review.words().type());
    properties.put("author", review.words().author());
    properties.put("content", review.words().content());
    review.words().title().ifPresent(title -> properties.put("title", title));
    review.rating().ifPresent(stars -> properties.put("rating", stars));
    review.product().ifPresent(product -> properties.put("product_id", product.externalId()));
    return properties;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
