package carillon.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.events.EventKey;
import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.work.News;
import carillon.reporting.Books.Campaign;
import carillon.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AttributionsTest {

  private static final Database DB = TestDatabase.create();

  private final Books books = Books.open(DB, "UTC");
  private final String opened = books.internalMetric("Opened Email");
  private final String clicked = books.internalMetric("Clicked Email");
  private final String ordered = books.apiMetric("Placed Order");
  private final Campaign spring = books.campaign("Spring");
  private final Campaign summer = books.campaign("Summer");
  private final String ada = books.person();
  private final Attributions attributions = new Attributions(books.accounts());

  @AfterAll
  static void close() {
    DB.close();
  }

  @Test
  void anOrderIsOwedToTheLastMailOpenedOrClicked() {
    touch(ada, clicked, spring, "2026-03-01T10:00:00Z");
    var last = touch(ada, opened, summer, "2026-03-01T11:00:00Z");
    var order = order(ada, "2026-03-01T12:00:00Z");

    tell(order);

    assertThat(owed(order)).contains(summer.message());
    assertThat(touchOf(order)).isEqualTo(last.seq());
  }

  @Test
  void aTouchAfterTheOrderDoesNotCount() {
    var order = order(ada, "2026-03-01T12:00:00Z");
    touch(ada, opened, spring, "2026-03-01T12:00:01Z");

    tell(order);

    assertThat(owed(order)).isEmpty();
  }

  @Test
  void aTouchInTheSameSecondCounts() {
    var order = order(ada, "2026-03-01T12:00:00Z");
    touch(ada, clicked, spring, "2026-03-01T12:00:00Z");

    tell(order);

    assertThat(owed(order)).contains(spring.message());
  }

  @Test
  void theWindowIsFiveDaysAndItsEdgeIsInside() {
    touch(ada, opened, spring, "2026-03-01T12:00:00Z");
    var inside = order(ada, "2026-03-06T12:00:00Z");
    var outside = order(ada, "2026-03-06T12:00:01Z");

    tell(inside, outside);

    assertThat(owed(inside)).contains(spring.message());
    assertThat(owed(outside)).isEmpty();
  }

  @Test
  void anAccountMayHaveAnotherWindow() {
    books.attributeWithin(Duration.ofHours(1));
    touch(ada, opened, spring, "2026-03-01T12:00:00Z");
    var inside = order(ada, "2026-03-01T13:00:00Z");
    var outside = order(ada, "2026-03-01T13:00:01Z");

    tell(inside, outside);

    assertThat(owed(inside)).contains(spring.message());
    assertThat(owed(outside)).isEmpty();
  }

  @Test
  void whatMachinesTouchedDoesNotCount() {
    touch(ada, opened, spring, "2026-03-01T10:00:00Z");
    books.event(ada, opened, "2026-03-01T11:00:00Z", touched(summer, "machine_open"));
    books.event(ada, clicked, "2026-03-01T11:00:00Z", touched(summer, "Bot Click"));
    var order = order(ada, "2026-03-01T12:00:00Z");

    tell(order);

    assertThat(owed(order)).contains(spring.message());
  }

  @Test
  void eventsOfTheServersOwnMetricsAreOwedToNothing() {
    touch(ada, opened, spring, "2026-03-01T10:00:00Z");
    var click = touch(ada, clicked, spring, "2026-03-01T10:01:00Z");
    var receiving = books.internalMetric("Received Email");
    var received = books.event(ada, receiving, "2026-03-01T10:02:00Z", "{}");

    tell(click, clicked);
    tell(received, receiving);

    assertThat(owed(click)).isEmpty();
    assertThat(owed(received)).isEmpty();
  }

  @Test
  void whatIsToldTwiceIsOwedOnce() {
    touch(ada, opened, spring, "2026-03-01T10:00:00Z");
    var order = order(ada, "2026-03-01T12:00:00Z");

    tell(order, order);
    tell(order);

    assertThat(owed(order)).contains(spring.message());
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aLateTouchClaimsTheOrdersAfterItButNotThoseOwedToALaterOne() {
    touch(ada, opened, spring, "2026-03-01T10:00:00Z");
    var order = order(ada, "2026-03-01T12:00:00Z");
    var before = order(ada, "2026-03-01T10:30:00Z");
    var tooLate = order(ada, "2026-03-06T11:00:01Z");
    tell(order, before, tooLate);

    tell(touch(ada, clicked, summer, "2026-03-01T11:00:00Z"), clicked);
    tell(touch(ada, clicked, spring, "2026-03-01T10:45:00Z"), clicked);

    assertThat(owed(order)).contains(summer.message());
    assertThat(owed(before)).contains(spring.message());
    assertThat(owed(tooLate)).isEmpty();
  }

  @Test
  void anOldOrderThatComesLateLooksBackFromItsOwnTime() {
    touch(ada, opened, spring, "2026-02-01T10:00:00Z");
    touch(ada, opened, summer, "2026-03-01T10:00:00Z");
    var old = order(ada, "2026-02-02T10:00:00Z");

    tell(old);

    assertThat(owed(old)).contains(spring.message());
  }

  @Test
  void whatOthersTouchedDoesNotCount() {
    touch(books.person(), opened, spring, "2026-03-01T10:00:00Z");
    var order = order(ada, "2026-03-01T12:00:00Z");

    tell(order);

    assertThat(owed(order)).isEmpty();
  }

  @Test
  void ordersOfSeveralAccountsAreToldTogether() {
    var other = Books.open(DB, "UTC");
    var autumn = other.campaign("Autumn");
    var bob = other.person();
    other.event(
        bob,
        other.internalMetric("Opened Email"),
        "2026-03-01T10:00:00Z",
        "{\"$message\": \"" + autumn.message() + "\"}");
    var metric = other.apiMetric("Placed Order");
    var his = other.event(bob, metric, "2026-03-01T12:00:00Z", "{}");
    touch(ada, opened, spring, "2026-03-01T10:00:00Z");
    var hers = order(ada, "2026-03-01T12:00:00Z");

    take(List.of(news(books.account(), ordered, hers), news(other.account(), metric, his)));

    assertThat(owed(hers)).contains(spring.message());
    assertThat(owed(his)).contains(autumn.message());
  }

  @Test
  void anOrderToldOfAProfileMergedAwayIsFoundWithItsHeir() {
    var heir = books.person();
    touch(heir, opened, spring, "2026-03-01T10:00:00Z");
    var order = order(heir, "2026-03-01T12:00:00Z");
    DB.sql(
            """
            insert into profile_identifier (account_id, kind, value, profile_id, created_at)
            values (:account, 'profile_id', :gone, :heir, now())
            """)
        .bind("account", books.account())
        .bind("gone", ada)
        .bind("heir", heir)
        .run();

    tell(new EventKey(ada, order.at(), order.seq()));

    assertThat(owed(order)).contains(spring.message());
  }

  private EventKey touch(String person, String metric, Campaign campaign, String at) {
    return books.event(person, metric, at, "{\"$message\": \"" + campaign.message() + "\"}");
  }

  private static String touched(Campaign campaign, String mark) {
    return "{\"$message\": \"%s\", \"%s\": true}".formatted(campaign.message(), mark);
  }

  private EventKey order(String person, String at) {
    return books.event(person, ordered, at, "{}");
  }

  private void tell(EventKey... orders) {
    take(List.of(news(books.account(), ordered, orders)));
  }

  private void tell(EventKey event, String metric) {
    take(List.of(news(books.account(), metric, event)));
  }

  private void take(List<News> news) {
    DB.transact(tx -> attributions.subscriber().handler().take(tx, news));
  }

  private static News news(String account, String metric, EventKey... keys) {
    var payload = Json.object();
    var events = payload.putArray("events");
    for (var key : keys) {
      events
          .addArray()
          .add(key.profile())
          .add(key.at().getEpochSecond())
          .add(key.seq())
          .add(metric)
          .add(false);
    }
    return new News(account, keys[0].profile(), "EventRecorded", payload);
  }

  private Optional<String> owed(EventKey event) {
    return DB.sql(
            """
            select message_id from attribution
            where profile_id = :person and event_at = :at and event_seq = :seq
            """)
        .bind("person", event.profile())
        .bind("at", event.at())
        .bind("seq", event.seq())
        .first(row -> row.text("message_id"));
  }

  private long touchOf(EventKey event) {
    return DB.sql(
            "select touch_seq from attribution where profile_id = :person and event_seq = :seq")
        .bind("person", event.profile())
        .bind("seq", event.seq())
        .one(row -> row.number("touch_seq"));
  }

  private long rows() {
    return DB.sql("select count(*) as n from attribution where account_id = :account")
        .bind("account", books.account())
        .one(row -> row.number("n"));
  }
}
