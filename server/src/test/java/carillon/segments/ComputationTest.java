package carillon.segments;

import static carillon.segments.Clerk.ALL_TIME;
import static carillon.segments.Clerk.allOf;
import static carillon.segments.Clerk.did;
import static carillon.segments.Clerk.has;
import static carillon.segments.Clerk.in;
import static carillon.segments.Clerk.inTheLast;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.DatabaseAddress;
import carillon.platform.db.Database;
import carillon.platform.work.OutboxSubscriber;
import carillon.server.Carillon;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Segments computed by nodes of the test's own, on a server that only answers. */
class ComputationTest {

  private static final long SEED = Long.getLong("segments.seed", System.nanoTime() % 1_000_000);
  private static final int PEOPLE = 40;
  private static final int DEEDS = 250;

  private final TestClock clock = new TestClock();
  private final DatabaseAddress address = TestDatabase.createAddress();
  private final Database db = open();
  private final Carillon server = TestServer.start(Map.of("CARILLON_ROLES", "api"), open(), clock);
  private final Shop shop = TestServer.shop(server);
  private final Clerk clerk = new Clerk(shop);
  private final List<SegmentNode> nodes = new ArrayList<>();
  private final List<SegmentNews> told = Collections.synchronizedList(new ArrayList<>());

  private Database open() {
    return Database.open(address, TestDatabase.POOL_SIZE, new SimpleMeterRegistry());
  }

  private SegmentNode node(String name) {
    return node(name, clock);
  }

  private SegmentNode node(String name, TestClock clock) {
    var listener =
        new OutboxSubscriber(
            "listener",
            Set.of(SegmentNews.Kind.ADDED.word(), SegmentNews.Kind.REMOVED.word()),
            (tx, news) ->
                tx.afterCommit(() -> news.stream().map(SegmentNews::of).forEach(told::add)));
    var node = new SegmentNode(name, open(), clock, listener);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void stop() {
    nodes.forEach(SegmentNode::close);
    db.close();
    server.close();
  }

  @Test
  void whatHappensWhileASegmentIsComputedIsNotLostAndOldMembersStandUntilThen() {
    var node = node("a");
    var ada = clerk.profile("ada@example.com", "{\"plan\": \"gold\"}");
    var bo = clerk.profile("bo@example.com", "{\"plan\": \"gold\"}");
    var cy = clerk.profile("cy@example.com", "{\"plan\": \"tin\", \"town\": \"Rome\"}");
    var segment = clerk.create("Some", allOf(has("plan", "gold"))).expect(201).id();
    node.compute();
    assertThat(clerk.ids(segment)).containsExactlyInAnyOrder(ada, bo);

    clerk.redefine(segment, has("town", "Rome")).expect(200);
    clerk.set(bo, "town", "Rome");
    node.passOn();
    Eventually.check(() -> assertThat(count("outbox")).isZero());

    assertThat(count("segment_recheck")).isPositive();
    assertThat(clerk.ids(segment)).containsExactlyInAnyOrder(ada, bo);
    node.compute();
    assertThat(clerk.ids(segment)).containsExactlyInAnyOrder(bo, cy);
    assertThat(count("segment_recheck")).isZero();
    clerk.set(cy, "town", "Oslo");
    clerk.await(segment, bo);
    Eventually.check(() ->
        assertThat(
                told.stream()
                    .map(one -> one.kind() + " " + one.profile() + " " + one.recomputed())
                    .toList())
            .containsExactlyInAnyOrder(
                "ADDED " + cy + " true", "REMOVED " + ada + " true", "REMOVED " + cy + " false"));
    assertThat(balance(segment)).isEqualTo(1);
  }

  @Test
  void manyNodesThatRefreshAndComputeAtOnceComeToTheSameMembers() {
    var metric = clerk.metric("Placed Order");
    var list = clerk.list("Newsletter");
    var people = people();
    var random = new Random(SEED);
    for (var name : List.of("a", "b", "c")) {
      node(name).start();
    }
    var definitions =
        List.of(
            has("plan", "gold"),
            did(metric, "equals", 0, ALL_TIME),
            did(metric, "greater-than-or-equal", 2, ALL_TIME),
            in(true, list),
            in(false, list));
    var segments = new ArrayList<String>();
    for (var definition : definitions) {
      segments.add(clerk.create("One", allOf(definition)).expect(201).id());
    }
    segments.add(clerk.create("Next", allOf(in(false, segments.getFirst()))).expect(201).id());
    for (int i = 0; i < DEEDS; i++) {
      act(random, people, list);
      if (random.nextInt(12) == 0) {
        clerk
            .redefine(
                segments.get(random.nextInt(definitions.size())),
                definitions.get(random.nextInt(definitions.size())))
            .expect(200);
      }
    }

    Eventually.check(() -> {
      assertThat(count("outbox")).isZero();
      assertThat(count("segment where computing is not null or replaced is not null")).isZero();
    });

    for (var segment : segments) {
      assertThat(stored(segment)).as("seed %d, segment %s", SEED, segment).isEqualTo(due(segment));
      assertThat(balance(segment)).as("seed %d", SEED).isEqualTo(stored(segment).size());
    }
    Eventually.check(() -> assertThat(count("segment_remains")).isZero());
    assertThat(
            count(
                "segment_member m where generation <> (select generation from segment s"
                    + " where s.account_id = m.account_id and s.id = m.segment_id)"))
        .isZero();
  }

  @Test
  void whatWasRecordedByAClockThatIsAheadHasHappenedForEveryNode() {
    var metric = clerk.metric("Placed Order");
    var slow = new TestClock();
    clock.tick(Duration.ofMinutes(3));
    var node = node("slow", slow);
    node.start();
    var segment =
        clerk.create("Lately", allOf(did(metric, "equals", 1, inTheLast(1, "hour")))).id();
    clerk.ready(segment);
    var ada = clerk.profile("ada@example.com");
    clerk.event("Placed Order", "ada@example.com", clock.instant());
    shop.eventually(() -> clerk.members(segment), answer -> answer.ids().contains(ada));

    clerk.event("Placed Order", "ada@example.com", clock.instant().minus(Duration.ofDays(1)));
    Eventually.check(() -> assertThat(count("outbox")).isZero());

    assertThat(clerk.ids(segment)).contains(ada);
  }

  private List<String> people() {
    var people = new ArrayList<String>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(clerk.profile("p%d@example.com".formatted(i)));
    }
    return people;
  }

  private void act(Random random, List<String> people, String list) {
    var number = random.nextInt(PEOPLE);
    var person = people.get(number);
    switch (random.nextInt(4)) {
      case 0 -> clerk.set(person, "plan", random.nextBoolean() ? "gold" : "tin");
      case 1 ->
          clerk.event(
              "Placed Order",
              "p%d@example.com".formatted(number),
              clock.instant().minusSeconds(random.nextInt(100_000)));
      case 2 -> clerk.add(list, person);
      default -> clerk.remove(list, person);
    }
  }

  private Set<String> stored(String segment) {
    return new TreeSet<>(
        db.sql(
                """
                select m.profile_id from segment s
                join segment_member m on m.account_id = s.account_id and m.segment_id = s.id
                  and m.generation = s.generation
                where s.account_id = :account and s.id = :segment
                """)
            .bind("account", shop.account())
            .bind("segment", segment)
            .list(row -> row.text("profile_id")));
  }

  /** Whom the definition finds now. */
  private Set<String> due(String segment) {
    var definition =
        db.sql("select definition from segment where id = :segment")
            .bind("segment", segment)
            .one(row ->
                Definition.parse((tools.jackson.databind.node.ObjectNode) row.json("definition")));
    var members =
        new Compiler(shop.account(), java.time.ZoneOffset.UTC, clock.instant()).members(definition);
    return new TreeSet<>(members.bindTo(db.sql(members.sql())).list(row -> row.text("profile_id")));
  }

  private long balance(String segment) {
    return db.sql(
            """
            select coalesce(sum(added - removed), 0)::bigint as n from segment_day
            where segment_id = :segment
            """)
        .bind("segment", segment)
        .one(row -> row.number("n"));
  }

  private long count(String what) {
    return db.sql("select count(*) as n from " + what).one(row -> row.number("n"));
  }
}
