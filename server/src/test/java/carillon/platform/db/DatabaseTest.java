package carillon.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.testing.Eventually;
import carillon.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DatabaseTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant MOMENT = Instant.parse("2026-03-29T01:30:00.123456Z");

  private static Database db;

  @BeforeAll
  static void open() {
    db = TestDatabase.create();
    db.sql("create table thing (id int primary key, name text unique, data jsonb)").run();
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @BeforeEach
  void empty() {
    db.sql("delete from thing").run();
  }

  @Test
  void everyTypeComesBackAsItWentIn() {
    var uuid = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001");
    var json = JSON.readTree("{\"a\": [1, 2.5, null, \"ü?:x\"]}");
    var row =
        db.sql(
                """
                select :text as text, :int as int, :long as long, :decimal as decimal,
                  :real as real, :bool as bool, :instant as instant, :date as date,
                  :uuid as uuid, :json as json, :bytes as bytes
                """)
            .bind("text", "a ? and :b")
            .bind("int", 7)
            .bind("long", Long.MAX_VALUE)
            .bind("decimal", new BigDecimal("12345678901234567890.10"))
            .bind("real", 0.1)
            .bind("bool", true)
            .bind("instant", MOMENT)
            .bind("date", LocalDate.of(2026, 3, 29))
            .bind("uuid", uuid)
            .bind("json", json)
            .bind("bytes", new byte[] {0, 1, -1})
            .one(DatabaseTest::everything);
    assertThat(row)
        .containsExactly(
            "a ? and :b",
            7,
            Long.MAX_VALUE,
            new BigDecimal("12345678901234567890.10"),
            0.1,
            true,
            MOMENT,
            LocalDate.of(2026, 3, 29),
            uuid,
            json,
            List.of((byte) 0, (byte) 1, (byte) -1));
  }

  private static List<Object> everything(Row row) {
    var bytes = new ArrayList<Byte>();
    for (byte b : row.bytes("bytes")) {
      bytes.add(b);
    }
    return List.of(
        row.text("text"),
        row.integer("int"),
        row.number("long"),
        row.decimal("decimal"),
        row.real("real"),
        row.bool("bool"),
        row.instant("instant"),
        row.date("date"),
        row.uuid("uuid"),
        row.json("json"),
        bytes);
  }

  @Test
  void absentValuesAreNullsThereAndEmptyHere() {
    db.sql("insert into thing values (1, :name, :data)")
        .bind("name", Optional.empty())
        .bind("data", null)
        .run();
    var name = db.sql("select * from thing").one(row -> row.maybeText("name"));
    var data = db.sql("select * from thing").one(row -> row.maybeJson("data"));
    assertThat(name).isEmpty();
    assertThat(data).isEmpty();
    assertThatThrownBy(() -> db.sql("select * from thing").one(row -> row.text("name")))
        .hasMessage("column name is null");
  }

  @Test
  void arraysGoBothWays() {
    var texts = List.of("a,b", "{\"}", "", "NULL");
    var uuids = List.of(new UUID(1, 2), new UUID(3, 4));
    var instants = List.of(MOMENT, Instant.EPOCH);
    var row =
        db.sql("select :texts as texts, :uuids as uuids, :instants as instants, :longs as longs")
            .array("texts", "text", texts)
            .array("uuids", "uuid", uuids)
            .array("instants", "timestamptz", instants)
            .array("longs", "bigint", List.of(1L, Long.MIN_VALUE))
            .one(DatabaseTest::arrays);
    assertThat(row).containsExactly(texts, uuids, instants, List.of(1L, Long.MIN_VALUE));
  }

  private static List<List<?>> arrays(Row row) {
    return List.of(
        row.texts("texts"), row.uuids("uuids"), row.instants("instants"), row.numbers("longs"));
  }

  @Test
  void manyRowsAreInsertedFromArrays() {
    List<JsonNode> data = List.of(JSON.readTree("{\"n\":\"x,y\"}"), JSON.readTree("[\"\\\\\"]"));
    int inserted =
        db.sql(
                """
                insert into thing (id, name, data)
                select * from unnest(:ids::int[], :names::text[], :data::jsonb[])
                """)
            .array("ids", "int", List.of(1, 2))
            .array("names", "text", Arrays.asList("one", null))
            .array("data", "jsonb", data)
            .run();
    assertThat(inserted).isEqualTo(2);
    assertThat(db.sql("select data from thing order by id").list(row -> row.json("data")))
        .isEqualTo(data);
  }

  @Test
  void questionMarkOperatorsAreWrittenTwice() {
    insert(db, 1, "{\"vip\": true}");
    insert(db, 2, "{}");
    assertThat(
            db.sql("select id from thing where data ?? :key")
                .bind("key", "vip")
                .list(row -> row.integer("id")))
        .containsExactly(1);
  }

  @Test
  void firstTakesOneRowAndOneInsistsOnIt() {
    insert(db, 1, "{}");
    insert(db, 2, "{}");
    var byId = "select id from thing order by id";
    assertThat(db.sql(byId).first(row -> row.integer("id"))).contains(1);
    assertThat(db.sql("select 1 as id where false").first(row -> row.integer("id"))).isEmpty();
    assertThatThrownBy(() -> db.sql(byId).one(row -> row.integer("id")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("one row expected, not 2");
  }

  @Test
  void rowsAreHandedOverOneByOne() {
    var seen = new ArrayList<Integer>();
    db.sql("select n from generate_series(1, 2000) n").each(row -> row.integer("n"), seen::add);
    assertThat(seen).hasSize(2000).startsWith(1, 2, 3).endsWith(2000);
  }

  @Test
  void aTransactionIsAllOrNothing() {
    db.transact(tx -> insert(tx, 1, "{}"));
    assertThatThrownBy(() ->
            db.transact(tx -> {
              insert(tx, 2, "{}");
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void whatFollowsACommitSeesItAndIsSkippedOnRollback() {
    var seen = new ArrayList<List<Integer>>();
    Consumer<Tx> work =
        tx -> {
          insert(tx, 1, "{}");
          tx.afterCommit(() -> seen.add(ids()));
        };
    db.transact(work);
    assertThatThrownBy(() -> db.transact(work)).isInstanceOf(ConstraintViolation.class);
    assertThat(seen).containsExactly(List.of(1));
  }

  @Test
  void aStatementGoesAheadOfTheNextWhoseResultIsTheOneAnswered() {
    db.transact(tx -> {
      named(tx, 1, "one").ahead();
      named(tx, 2, "it's :id, ::not").ahead();
      assertThat(named(tx, 3, "three").run()).isOne();
      named(tx, 4, "four").ahead();
      assertThat(
              tx.sql("select name from thing where id > :id order by id")
                  .bind("id", 1)
                  .list(row -> row.text("name")))
          .containsExactly("it's :id, ::not", "three", "four");
      named(tx, 5, "five").ahead();
      assertThat(tx.sql("select max(id) as id from thing").first(row -> row.integer("id")))
          .contains(5);
      named(tx, 6, "six").ahead();
      var streamed = new ArrayList<Integer>();
      tx.sql("select id from thing where data ?? 'none' or id > :id order by id")
          .bind("id", 4)
          .each(row -> row.integer("id"), streamed::add);
      assertThat(streamed).containsExactly(5, 6);
    });
    assertThat(ids()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  private static Statement named(Tx tx, int id, String name) {
    return tx.sql("insert into thing values (:id, :name, '{\"a\": \":id\"}'::jsonb)")
        .bind("id", id)
        .bind("name", name);
  }

  @Test
  void afterALockThatWentAheadTheNextStatementSeesWhatWasCommittedMeanwhile() throws Exception {
    var lock = "select pg_advisory_xact_lock(2026)";
    db.sql("insert into thing values (1, 'before')").run();
    var isHeld = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var holder =
          threads.submit(() ->
              db.transact(tx -> {
                tx.sql(lock).first(_ -> true);
                isHeld.countDown();
                Eventually.check(() -> assertThat(waitingForLocks(tx)).isOne());
                tx.sql("update thing set name = 'after'").run();
              }));
      isHeld.await();
      var names =
          db.transaction(tx -> {
            tx.sql(lock).ahead();
            return tx.sql("select name from thing").list(row -> row.text("name"));
          });
      assertThat(names).containsExactly("after");
      holder.get();
    }
  }

  private static long waitingForLocks(Tx tx) {
    return tx.sql(
            """
            select count(*) as n from pg_locks
            where locktype = 'advisory' and objid = 2026 and not granted
            """)
        .one(row -> row.number("n"));
  }

  @Test
  void whatIsLeftAheadGoesWithTheCommit() {
    var seen = new ArrayList<List<Integer>>();
    db.transact(tx -> {
      tx.afterCommit(() -> seen.add(ids()));
      insert(tx, 1, "{}");
      named(tx, 2, "two").ahead();
      named(tx, 3, "three").ahead();
    });
    assertThat(seen).containsExactly(List.of(1, 2, 3));
    db.transact(tx -> insert(tx, 4, "{}"));
    assertThat(ids()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatFailsAheadFailsTheNextOrTheCommitAndNothingIsKept() {
    insert(db, 1, "{}");
    assertThatThrownBy(() ->
            db.transact(tx -> {
              insert(tx, 2, "{}");
              named(tx, 1, "again").ahead();
            }))
        .isInstanceOf(ConstraintViolation.class);
    assertThatThrownBy(() ->
            db.transact(tx -> {
              named(tx, 1, "again").ahead();
              insert(tx, 2, "{}");
            }))
        .isInstanceOf(ConstraintViolation.class);
    assertThatThrownBy(() ->
            db.transact(tx -> {
              named(tx, 2, "two").ahead();
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    assertThat(ids()).containsExactly(1);
    insert(db, 2, "{}");
  }

  @Test
  void nothingGoesAheadOutsideATransaction() {
    assertThatThrownBy(() -> db.sql("select 1").ahead()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWentAheadInATrialIsSeenThereAndUndone() {
    db.tryOut(() -> {
      db.transact(tx -> named(tx, 1, "one").ahead());
      assertThat(ids()).containsExactly(1);
      assertThatThrownBy(() -> db.transact(tx -> named(tx, 1, "again").ahead()))
          .isInstanceOf(ConstraintViolation.class);
      assertThat(ids()).containsExactly(1);
      return true;
    });
    assertThat(ids()).isEmpty();
  }

  @Test
  void insideATransactionOnlyItsTxMayBeUsed() {
    assertThatThrownBy(() -> db.transact(_ -> ids())).hasMessageContaining("use its Tx");
    assertThatThrownBy(() -> db.transact(_ -> db.transact(_ -> {})))
        .hasMessageContaining("use its Tx");
    assertThat(ids()).isEmpty();
  }

  @Test
  void aBrokenConstraintIsNamed() {
    insert(db, 1, "{}");
    assertThatThrownBy(() -> insert(db, 1, "{}"))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            violation -> {
              assertThat(violation.kind()).isEqualTo(ConstraintViolation.Kind.UNIQUE);
              assertThat(violation.constraint()).isEqualTo("thing_pkey");
            });
  }

  @Test
  void errorsDoNotRepeatValues() {
    db.sql("insert into thing values (1, 'ada@example.com')").run();
    assertThatThrownBy(() ->
            db.sql("insert into thing values (2, :name)").bind("name", "ada@example.com").run())
        .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain("ada@example.com"));
  }

  @Test
  void aDeadlockIsRunAgainWhereThatIsSafe() throws Exception {
    insert(db, 1, "{}");
    insert(db, 2, "{}");
    var bothHoldTheirFirst = new CyclicBarrier(2);
    var attempts = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          threads.invokeAll(
              List.of(
                  () -> crossing(1, 2, attempts, bothHoldTheirFirst),
                  () -> crossing(2, 1, attempts, bothHoldTheirFirst)));
      for (var result : results) {
        assertThat(result.get()).isEqualTo(1);
      }
    }
    assertThat(attempts).hasValue(3);
  }

  /** Two of these, the other way round, lock each other out; only the first try waits to do so. */
  private static int crossing(
      int first, int second, AtomicInteger attempts, CyclicBarrier barrier) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          boolean meets = attempts.incrementAndGet() <= 2;
          touch(tx, first);
          if (meets) {
            await(barrier);
          }
          return touch(tx, second);
        });
  }

  @Test
  void aConflictGoesToTheCallerUnlessRepeatingIsSafe() {
    var giveUp = "do $$ begin raise exception 'serialize' using errcode = '40001'; end $$";
    var attempts = new AtomicInteger();
    Consumer<Tx> work =
        tx -> {
          attempts.incrementAndGet();
          tx.sql(giveUp).run();
        };
    assertThatThrownBy(() -> db.transact(work)).isInstanceOf(TransactionConflict.class);
    assertThat(attempts).hasValue(1);
    assertThatThrownBy(() -> db.transact(Database.Repeat.SAFE, work))
        .isInstanceOf(TransactionConflict.class);
    assertThat(attempts).hasValue(6);
  }

  @Test
  void whoUsesADatabaseThatIsBeingOpenedWaitsForIt() throws Exception {
    var opened = new CompletableFuture<Database>();
    try (var later = Database.meanwhile(opened::join);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(later.isOpen()).isFalse();
      assertThat(later.reachable()).isFalse();
      var answer = threads.submit(() -> later.sql("select 7 as n").one(row -> row.integer("n")));
      opened.complete(TestDatabase.create());
      assertThat(answer.get()).isEqualTo(7);
      assertThat(later.isOpen()).isTrue();
      assertThat(later.reachable()).isTrue();
    }
  }

  @Test
  void whatOpeningFailedForIsToldToWhoeverUsesIt() {
    try (var never =
        Database.meanwhile(() -> {
          throw new EmbeddedPostgresFailure("no disk");
        })) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(never::await)
            .isInstanceOf(EmbeddedPostgresFailure.class)
            .hasMessage("no disk");
        assertThatThrownBy(() -> never.sql("select 1").run())
            .isInstanceOf(EmbeddedPostgresFailure.class);
      }
      assertThat(never.reachable()).isFalse();
    }
  }

  @Test
  void aFullPoolSaysSo() throws Exception {
    var full = TestDatabase.create();
    try (full;
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var taken = new CountDownLatch(TestDatabase.POOL_SIZE);
      var release = new CountDownLatch(1);
      for (int i = 0; i < TestDatabase.POOL_SIZE; i++) {
        threads.submit(() -> full.transact(_ -> hold(taken, release)));
      }
      taken.await();
      assertThatThrownBy(() -> full.sql("select 1").run())
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage("no connection to the database in time");
      release.countDown();
      assertThat(full.reachable()).isTrue();
    }
  }

  private static void hold(CountDownLatch taken, CountDownLatch release) {
    taken.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allValuesCanBeBoundAtOnce() {
    var text =
        db.sql("select :a || :b as text")
            .bindAll(Map.of("a", "x", "b", "y"))
            .one(row -> row.text("text"));
    assertThat(text).isEqualTo("xy");
  }

  private static List<Integer> ids() {
    return db.sql("select id from thing order by id").list(row -> row.integer("id"));
  }

  private static void insert(Queries queries, int id, String json) {
    queries
        .sql("insert into thing (id, data) values (:id, :data)")
        .bind("id", id)
        .bind("data", JSON.readTree(json))
        .run();
  }

  private static int touch(Tx tx, int id) {
    return tx.sql("update thing set name = null where id = :id").bind("id", id).run();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void whatIsTriedOutIsSeenInsideAndLeavesNothing() {
    var woken = new AtomicInteger();
    var seen =
        db.tryOut(() -> {
          insert(1);
          db.transact(tx -> {
            tx.sql("insert into thing (id) values (2)").run();
            tx.afterCommit(woken::incrementAndGet);
          });
          db.afterCommit(woken::incrementAndGet);
          return count();
        });
    assertThat(seen).isEqualTo(2);
    assertThat(count()).isZero();
    assertThat(woken).hasValue(0);
    assertThat(db.isTrial()).isFalse();
  }

  @Test
  void aStepThatFailsInATrialUndoesOnlyItself() {
    var seen =
        db.tryOut(() -> {
          insert(1);
          assertThatThrownBy(() -> insert(1)).isInstanceOf(ConstraintViolation.class);
          assertThatThrownBy(() ->
                  db.transact(tx -> {
                    tx.sql("insert into thing (id) values (2)").run();
                    throw new IllegalStateException("no");
                  }))
              .hasMessage("no");
          return count();
        });
    assertThat(seen).isEqualTo(1);
    assertThat(count()).isZero();
  }

  @Test
  void aTrialThatThrowsLeavesNothingEither() {
    assertThatThrownBy(() ->
            db.tryOut(() -> {
              insert(1);
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(count()).isZero();
  }

  @Test
  void outsideOfATrialWhatWaitsForACommitHappensAtOnce() {
    var done = new AtomicInteger();
    db.afterCommit(done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  private static void insert(int id) {
    db.sql("insert into thing (id) values (:id)").bind("id", id).run();
  }

  private static int count() {
    return db.sql("select count(*)::int as n from thing").one(row -> row.integer("n"));
  }
}
