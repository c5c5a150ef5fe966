package carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Lanes;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.profiles.ProfilePart;
import carillon.profiles.Profiles;
import carillon.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recording for other features, and the news of it. */
class RecordingTest {

  private static final String ACCOUNT = "ACCT01";
  private static final Instant NOON = Instant.parse("2026-04-15T12:00:00.5Z");

  private final Database db = TestDatabase.create();
  private final Clock clock = Clock.systemUTC();
  private final Ids ids = new Ids(clock, new Random(7));
  private final Outbox outbox = new Outbox(clock);
  private final Identities identities =
      new Identities(
          clock,
          ids,
          outbox,
          new KxTokens("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  private final Metrics metrics = new Metrics(db, clock, ids);
  private final Events events =
      new Events(
          db, clock, metrics, new Profiles(db), identities, outbox, new SimpleMeterRegistry());

  @BeforeEach
  void makeAccount() {
    db.sql("insert into account (id, name, created_at) values (:id, 'Shop', now())")
        .bind("id", ACCOUNT)
        .run();
  }

  @AfterEach
  void close() {
    events.close();
    db.close();
  }

  @Test
  void eventsInATransactionStandOrFallWithIt() {
    var ada = person("ada@example.com");
    assertThatThrownBy(() ->
            db.transact(tx -> {
              events.record(tx, ACCOUNT, List.of(opened(ada, "1")));
              throw new IllegalStateException("changed my mind");
            }))
        .hasMessage("changed my mind");
    assertThat(stored()).isEmpty();
    assertThat(metrics.find(ACCOUNT, MetricName.internal("Opened Email"))).isEmpty();

    db.transact(tx -> events.record(tx, ACCOUNT, List.of(opened(ada, "1"), opened(ada, "2"))));

    assertThat(stored()).hasSize(2);
    var metric = metrics.find(ACCOUNT, MetricName.internal("Opened Email")).orElseThrow();
    assertThat(metric.name().integration().id()).isEqualTo("0rG4eQ");
    assertThat(metric.name().integration().category()).isEqualTo("Internal");
    assertThat(metrics.store().properties(ACCOUNT, metric.id()))
        .extracting(MetricProperty::property)
        .containsExactly("Subject");
  }

  @Test
  void theNewsTellsEachRecordedEventOnceInItsLane() {
    var people = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      people.add(person("p" + i + "@example.com"));
    }
    db.sql("delete from outbox").run();

    events.record(ACCOUNT, people.stream().map(one -> opened(one, "1")).toList());
    events.record(ACCOUNT, people.stream().map(one -> opened(one, "1")).toList());

    record Told(int lane, EventRecorded event) {}
    var told = new ArrayList<Told>();
    db.sql("select lane, kind, payload from outbox order by id")
        .list(row -> {
          assertThat(row.text("kind")).isEqualTo(EventRecorded.KIND);
          EventRecorded.read(row.json("payload"))
              .forEach(event -> told.add(new Told(row.integer("lane"), event)));
          return true;
        });
    assertThat(told)
        .extracting(one -> one.event().key().profile())
        .containsExactlyInAnyOrderElementsOf(people);
    assertThat(told).allMatch(one -> one.lane() == Lanes.ofNews(one.event().key().profile()));
    assertThat(told)
        .extracting(one -> one.event().key())
        .containsExactlyInAnyOrderElementsOf(stored());
  }

  @Test
  void aBackfilledEventIsToldAsOne() {
    var ada = person("ada@example.com");
    db.sql("delete from outbox").run();
    events.record(
        ACCOUNT,
        List.of(
            new NewEvent(
                new NewEvent.Subject.Known(ada),
                MetricName.api("Old Order"),
                NOON,
                Optional.empty(),
                Optional.empty(),
                Json.object(),
                true)));
    var payload = db.sql("select payload from outbox").one(row -> row.json("payload"));
    assertThat(EventRecorded.read(payload)).singleElement().matches(EventRecorded::backfill);
  }

  @Test
  void timesAreKeptInWholeSeconds() {
    events.record(ACCOUNT, List.of(opened(person("ada@example.com"), "1")));
    assertThat(stored())
        .extracting(EventKey::at)
        .containsExactly(Instant.parse("2026-04-15T12:00:00Z"));
  }

  private static NewEvent opened(String profile, String uniqueId) {
    var properties = Json.object().put("Subject", "Spring is here");
    return NewEvent.internal(profile, "Opened Email", NOON, uniqueId, properties);
  }

  private String person(String email) {
    return db.transaction(
            tx -> identities.resolve(tx, ACCOUNT, List.of(ProfilePart.ofEmail(email))))
        .getFirst()
        .profileId()
        .orElseThrow();
  }

  private List<EventKey> stored() {
    return db.sql("select profile_id, at, seq from event order by seq")
        .list(row -> new EventKey(row.text("profile_id"), row.instant("at"), row.number("seq")));
  }
}
