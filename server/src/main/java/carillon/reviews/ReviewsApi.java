package carillon.reviews;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import carillon.events.Event;
import carillon.events.Events;
import carillon.events.MetricName;
import carillon.jsonapi.Body;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.platform.db.Database;
import carillon.profiles.Identities;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operations of who reads and decides about reviews. */
public final class ReviewsApi {

  private static final Filterable ITEM =
      Filterable.text("item.id", "r.item_id", EQUALS).list(ANY, EQUALS);

  private final ReviewStore reviews;
  private final Events events;
  private final ResourceType<Review> review;

  /** {@code event} is how events appear in answers. */
  public ReviewsApi(
      Database db, Clock clock, Identities identities, Events events, ResourceType<Event> event) {
    this.reviews = new ReviewStore(db, clock, identities, events);
    this.events = events;
    this.review =
        ResourceType.of(
                "review",
                "reviews",
                (Review one) -> Long.toString(one.id()),
                ReviewTypes.moderators())
            .with(
                List.of(
                    Relation.<Review>many("events", "event")
                        .includable(
                            () -> event, (caller, rows, _) -> eventsOf(caller.account(), rows)),
                    Relation.<Review>one("item", "catalog-item")
                        .inlined(
                            one -> one.product().map(Review.Product::itemId).stream().toList())));
  }

  public Stream<Operation> operations() {
    return Stream.of(
        common(review.list("get_reviews", "/api/reviews", "List the reviews, the newest first"))
            .scopes("reviews:read")
            .filter(
                ReviewTypes.CREATED,
                ReviewTypes.RATING,
                ReviewTypes.ID,
                ITEM,
                ReviewTypes.CONTENT,
                ReviewTypes.STATUS,
                ReviewTypes.TYPE,
                ReviewTypes.VERIFIED)
            .sort(ReviewTypes.BY_CREATED, ReviewTypes.BY_RATING, ReviewTypes.BY_UPDATED)
            .order(ReviewTypes.BY_CREATED, true)
            .include("events")
            .page(20, 100)
            .to(request -> Reply.rows(reviews.all(request.account(), request.select()))),
        common(review.get("get_review", "/api/reviews/{id}", "Get a review"))
            .scopes("reviews:read")
            .include("events")
            .to(request -> Reply.row(reviews.get(request.account(), request.id()))),
        common(review.update("update_review", "/api/reviews/{id}", "Decide about a review"))
            .scopes("reviews:write")
            .body(Body.of("review").id().attributes(Standing.FIELD))
            .to(this::decide));
  }

  private static OperationBuilder common(OperationBuilder operation) {
    return operation.group("Reviews").limit(RateLimit.M);
  }

  private Reply decide(Request request) {
    return Reply.row(
        request
            .find(Standing.FIELD)
            .map(Standing::read)
            .map(standing -> reviews.decide(request.account(), request.id(), standing))
            .orElseGet(() -> reviews.get(request.account(), request.id())));
  }

  private Map<String, List<Event>> eventsOf(String account, Collection<Review> rows) {
    var all = new HashMap<String, List<Event>>();
    rows.stream()
        .filter(one -> ReviewStore.METRICS.containsKey(one.words().type()))
        .collect(groupingBy(one -> ReviewStore.METRICS.get(one.words().type())))
        .forEach((metric, told) -> all.putAll(eventsOf(account, metric, told)));
    return all;
  }

  private Map<String, List<Event>> eventsOf(String account, String metric, List<Review> told) {
    var profiles = told.stream().collect(toMap(Review::eventId, Review::profile));
    var found = events.byUniqueId(account, MetricName.internal(metric), profiles);
    return told.stream()
        .filter(one -> found.containsKey(one.eventId()))
        .collect(toMap(one -> Long.toString(one.id()), one -> List.of(found.get(one.eventId()))));
  }
}
