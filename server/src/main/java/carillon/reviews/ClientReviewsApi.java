package carillon.reviews;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;

import carillon.events.Events;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Filterable.Kind;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.profiles.Identities;
import java.time.Clock;
import java.util.stream.Stream;

/** The operations of pages that show reviews and take them. */
public final class ClientReviewsApi {

  private static final ResourceType<Review> REVIEW =
      ResourceType.of(
          "review", "reviews", (Review one) -> Long.toString(one.id()), ReviewTypes.everybodys());

  private static final Filterable[] FILTERS = {
    ReviewTypes.STATUS,
    ReviewTypes.TYPE,
    ReviewTypes.RATING,
    ReviewTypes.ID,
    ReviewTypes.CONTENT,
    Filterable.of("smart_quote", Kind.PRESENCE, "null::text"),
    Filterable.of("public_reply", Kind.PRESENCE, "null::text"),
    ReviewTypes.VERIFIED,
    Filterable.of("incentivized", Kind.BOOLEAN, "(r.incentive_type is not null)", EQUALS),
    Filterable.of("edited", Kind.BOOLEAN, "false", EQUALS),
    Filterable.of("media", Kind.PRESENCE, "nullif(r.images, '{}')"),
    ReviewTypes.CREATED,
    Filterable.moment("updated", "r.updated_at", GREATER_OR_EQUAL, LESS_OR_EQUAL)
  };

  private final ReviewStore reviews;
  private final ReviewReports reports;

  public ClientReviewsApi(Database db, Clock clock, Ids ids, Identities identities, Events events) {
    this.reviews = new ReviewStore(db, clock, identities, events);
    this.reports = new ReviewReports(db, clock, ids);
  }

  public Stream<Operation> operations() {
    return Stream.of(
        common(REVIEW.accept("create_client_review", "/client/reviews", "Hand in a review"))
            .body(NewReview.BODY)
            .to(this::add),
        common(
                REVIEW.list(
                    "get_client_reviews",
                    "/client/reviews",
                    "List the published reviews, the newest first"))
            .filter(FILTERS)
            .sort(ReviewTypes.BY_CREATED, ReviewTypes.BY_RATING, ReviewTypes.BY_UPDATED)
            .order(ReviewTypes.BY_CREATED, true)
            .page(20, 100)
            .to(request -> Reply.rows(reviews.published(request.account(), request.select()))),
        common(
                ReviewReports.TYPE.list(
                    "get_client_review_values_reports",
                    "/client/review-values-reports",
                    "Report how many published reviews there are and how good they are"))
            .filter(ReviewReports.PRODUCTS)
            .parameters(ReviewReports.GROUP_BY, ReviewReports.STATISTICS, ReviewReports.TIMEFRAME)
            .page(20, 100)
            .to(request -> Reply.rows(reports.page(request))));
  }

  private static OperationBuilder common(OperationBuilder operation) {
    return operation.group("Client").limit(RateLimit.M);
  }

  private Reply add(Request request) {
    reviews.add(request.account(), NewReview.read(request));
    return Reply.nothing();
  }
}
