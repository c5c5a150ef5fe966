package carillon.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.DatabaseAddress;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.testing.Eventually;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxWorkersTest {

  private static final LaneOptions QUICK =
      new LaneOptions(
          Duration.ofMillis(1500),
          4,
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          Duration.ZERO,
          0);

  private final DatabaseAddress address = TestDatabase.createAddress();
  private final Database db =
      Database.open(address, TestDatabase.POOL_SIZE, new SimpleMeterRegistry());
  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, new Random(1));
  private final Outbox outbox = new Outbox(clock);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Map<String, List<Integer>> heard = new ConcurrentHashMap<>();
  private final List<AutoCloseable> nodes = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (var node : nodes) {
      node.close();
    }
    db.close();
  }

  @Test
  void eachProfilesNewsIsHeardInOrderAndDeleted() {
    start("one", hearing());

    var profiles = tellAll(40, 25);

    Eventually.check(() -> assertThat(waiting()).isZero());
    assertThat(heard).hasSize(40).containsOnlyKeys(profiles);
    assertThat(heard.values()).allMatch(numbers -> numbers.equals(upTo(25)));
  }

  @Test
  void newsWithoutASubscriberIsDropped() {
    start("one");
    tell(ids.ulid(), "Unheard", 1);
    Eventually.check(() -> assertThat(waiting()).isZero());
  }

  @Test
  void newsThatNobodyTakesIsNotKept() {
    outbox.hear(Set.of("Counted"));

    tell(ids.ulid(), "Unheard", 1);
    tell(ids.ulid(), "Counted", 2);

    assertThat(waiting()).isOne();
  }

  @Test
  void whatASubscriberWroteIsCommittedWithTheNewsOrNotAtAll() {
    var attempts = new AtomicInteger();
    start(
        "one",
        new OutboxSubscriber(
            "writer",
            Set.of("Counted"),
            (tx, _) -> {
              tx.sql("insert into lane_worker (queue, holder, until) values ('x', :id, now())")
                  .bind("id", "attempt" + attempts.incrementAndGet())
                  .run();
              if (attempts.get() < 3) {
                throw new IllegalStateException("not yet");
              }
            }));
    tell(ids.ulid(), "Counted", 1);

    Eventually.check(() -> assertThat(attempts).hasValue(2));
    Eventually.check(() -> assertThat(putOff()).isOne());
    clock.tick(Duration.ofSeconds(2));

    Eventually.check(() -> assertThat(waiting()).isZero());
    assertThat(
            db.sql("select holder from lane_worker where queue = 'x'")
                .list(row -> row.text("holder")))
        .containsExactly("attempt3");
  }

  @Test
  void poisonIsSetAsideAndHoldsUpNothingButItsProfile() {
    var poisoned = ids.ulid();
    var neighbour = sameLane(poisoned);
    start(
        "one",
        new OutboxSubscriber(
            "fussy",
            Set.of("Counted"),
            (_, news) ->
                news.forEach(one -> {
                  if (one.profile().equals(poisoned) && number(one) == 1) {
                    throw new IllegalStateException("poison");
                  }
                  hear(one);
                })));
    tell(poisoned, "Counted", 1);
    tell(poisoned, "Counted", 2);
    tell(neighbour, "Counted", 3);

    Eventually.check(() -> assertThat(heard).containsKey(neighbour));
    assertThat(heard).doesNotContainKey(poisoned);
    Eventually.check(() -> {
      clock.tick(Duration.ofMinutes(11));
      assertThat(heard.get(poisoned)).contains(2);
    });

    assertThat(heard.get(poisoned)).containsOnly(2);
    assertThat(
            db.sql("select attempts, failure from outbox_set_aside")
                .list(row -> row.text("failure") + " " + row.integer("attempts")))
        .containsExactly("java.lang.IllegalStateException " + OutboxQueue.ATTEMPTS);
    assertThat(metrics.counter("carillon.outbox.set_aside").count()).isEqualTo(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void twoNodesShareTheLanesAndTheWork() {
    var one = start("one", hearing());
    Eventually.check(() -> assertThat(one.leased()).isEqualTo(Lanes.COUNT));
    var two = start("two", hearing());
    Eventually.check(() -> assertThat(List.of(one.leased(), two.leased())).containsOnly(128));

    tellAll(60, 10);

    Eventually.check(() -> assertThat(waiting()).isZero());
    assertThat(heard).hasSize(60);
    assertThat(heard.values()).allMatch(numbers -> numbers.equals(upTo(10)));
  }

  @Test
  void aStoppedNodesLanesAreTakenOverAtOnce() throws Exception {
    var one = start("one", hearing());
    var two = start("two", hearing());
    Eventually.check(() -> assertThat(one.leased() + two.leased()).isEqualTo(Lanes.COUNT));

    one.close();

    Eventually.check(() -> assertThat(two.leased()).isEqualTo(Lanes.COUNT));
  }

  @Test
  void aKilledNodesLanesAreTakenOverWhenItsLeasesEnd() {
    var dead = new LaneLeases(db, "outbox", "dead", QUICK.lease());
    dead.tick();
    assertThat(dead.count()).isEqualTo(Lanes.COUNT);
    var living = start("living", hearing());
    tellAll(20, 5);

    Eventually.check(() -> assertThat(living.leased()).isEqualTo(Lanes.COUNT));
    Eventually.check(() -> assertThat(waiting()).isZero());

    assertThat(heard.values()).allMatch(numbers -> numbers.equals(upTo(5)));
    dead.tick();
    assertThat(dead.idle()).isEmpty();
  }

  @Test
  void whoLostALaneCannotCommit() {
    var slow = new LaneLeases(db, "outbox", "slow", Duration.ofMillis(50));
    slow.tick();
    var lane = new LaneSet(List.of(7), slow);
    db.transact(lane::confirm);
    var other = new LaneLeases(db, "outbox", "other", Duration.ofSeconds(10));
    Eventually.check(() -> {
      other.tick();
      assertThat(other.count()).isEqualTo(Lanes.COUNT);
    });

    assertThat(lane.held()).isFalse();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> db.transact(lane::confirm))
        .isInstanceOf(LeaseLost.class);
  }

  /** Kept plans of a time when the outbox was empty go through all of it for each lane. */
  @Test
  void noPlanIsKeptForWhatReadsTheOutbox() {
    try (var single = Database.open(address, 1, new SimpleMeterRegistry())) {
      var leases = new LaneLeases(single, "outbox", "single", Duration.ofMinutes(1));
      leases.tick();
      var queue = new OutboxQueue(single, clock, List.of(hearing()), metrics);
      for (int i = 1; i <= 10; i++) {
        tellAll(20, 1);
        assertThat(queue.ready(leases.idle())).isNotEmpty();
        queue.work(new LaneSet(leases.idle(), leases));
      }

      assertThat(waiting()).isZero();
      assertThat(
              single
                  .sql("select statement from pg_prepared_statements")
                  .list(row -> row.text("statement")))
          .isNotEmpty()
          .noneMatch(statement -> statement.contains("outbox"));
    }
  }

  @Test
  void theBacklogIsShownByKind() {
    tell(ids.ulid(), "Counted", 1);
    clock.tick(Duration.ofMinutes(1));

    var backlog = new OutboxQueue(db, clock, List.of(), metrics).backlog().getFirst();

    assertThat(backlog.kind()).isEqualTo("Counted");
    assertThat(backlog.depth()).isEqualTo(1);
    assertThat(backlog.ageSeconds()).isBetween(60.0, 90.0);
  }

  private LaneWorkers start(String holder, OutboxSubscriber... subscribers) {
    var queue = new OutboxQueue(db, clock, List.of(subscribers), metrics);
    var node = new LaneWorkers(db, queue, QUICK, holder, outbox.wakeUp(), metrics).start();
    nodes.add(node);
    return node;
  }

  private OutboxSubscriber hearing() {
    return new OutboxSubscriber(
        "listener", Set.of("Counted"), (_, news) -> news.forEach(this::hear));
  }

  private void hear(News news) {
    heard
        .computeIfAbsent(
            news.profile(), _ -> java.util.Collections.synchronizedList(new ArrayList<>()))
        .add(number(news));
  }

  private static int number(News news) {
    return news.payload().get("number").intValue();
  }

  private List<String> tellAll(int people, int each) {
    var profiles = IntStream.range(0, people).mapToObj(_ -> ids.ulid()).toList();
    upTo(each).forEach(number -> profiles.forEach(profile -> tell(profile, "Counted", number)));
    return profiles;
  }

  private void tell(String profile, String kind, int number) {
    var payload = Json.object();
    payload.put("number", number);
    db.transact(tx -> outbox.tell(tx, List.of(new News("shop01", profile, kind, payload))));
  }

  private String sameLane(String profile) {
    return java.util.stream.Stream.generate(ids::ulid)
        .filter(other -> Lanes.of(other) == Lanes.of(profile))
        .findFirst()
        .orElseThrow();
  }

  private long waiting() {
    return db.sql("select count(*) as n from outbox").one(row -> row.number("n"));
  }

  private long putOff() {
    return db.sql("select count(*) as n from outbox where retry_at is not null")
        .one(row -> row.number("n"));
  }

  private static List<Integer> upTo(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }
}
