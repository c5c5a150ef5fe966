package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.accounts.Accounts;
import carillon.events.Events;
import carillon.events.Metrics;
import carillon.lists.SuppressionJob.Action;
import carillon.lists.SuppressionJob.Whom;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Outbox;
import carillon.profiles.Consents;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.profiles.Profiles;
import carillon.profiles.PushTokens;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that die in the middle of a suppression job, and those that take over. */
class SuppressionCrashTest {

  private static final String SHOP = "shop01";
  private static final String LIST = "LIST01";
  private static final int PEOPLE = 25;
  private static final int CHUNK = 4;

  private final Database db = TestDatabase.create();
  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, new Random(7));
  private final Outbox outbox = new Outbox(clock);
  private final Identities identities =
      new Identities(clock, ids, outbox, new KxTokens(new byte[8]));
  private final Profiles profiles = new Profiles(db);
  private final Events events =
      new Events(
          db,
          clock,
          new Metrics(db, clock, ids),
          profiles,
          identities,
          outbox,
          new SimpleMeterRegistry());
  private final Lists lists = new Lists(db, clock, ids, identities, outbox);
  private final Registers registers =
      new Registers(
          clock,
          ids,
          identities,
          new Consents(clock, ids, outbox),
          new PushTokens(db, outbox),
          events,
          lists);

  SuppressionCrashTest() {
    new Accounts(db, clock, ids, List.of()).create(SHOP, "Shop");
    db.sql(
            """
            insert into list (account_id, id, name, opt_in_process, created_at, updated_at)
            values (:account, :list, 'News', 'single_opt_in', now(), now())
            """)
        .bind("account", SHOP)
        .bind("list", LIST)
        .run();
    db.transact(tx -> {
      for (int i = 0; i < PEOPLE; i++) {
        var id = ids.ulid();
        tx.sql(
                """
                insert into profile (account_id, profile_id, email, created_at, updated_at)
                values (:account, :id, :email, now(), now())
                """)
            .bind("account", SHOP)
            .bind("id", id)
            .bind("email", "p" + i + "@example.com")
            .run();
        lists.add(tx, SHOP, LIST, List.of(id), false);
      }
    });
  }

  @AfterEach
  void close() {
    events.close();
    db.close();
  }

  @Test
  void aJobGoesOnWhereADeadNodeStoppedAndCountsEverybodyOnce() {
    var dying = node("one", after(2));
    var job = dying.begin(SHOP, Action.SUPPRESS, all());

    assertThatThrownBy(() -> dying.workOnOne(100)).hasMessage("the node died");
    assertThat(suppressed()).isEqualTo(2 * CHUNK);

    var other = node("two", lists.group());
    assertThat(other.workOnOne(100)).as("leased by the dead node").isFalse();
    clock.tick(Duration.ofMinutes(2));
    assertThat(other.workOnOne(100)).isTrue();

    assertThat(suppressed()).isEqualTo(PEOPLE);
    var done = other.store().get(SHOP, Action.SUPPRESS, job.id());
    assertThat(done.status()).isEqualTo("complete");
    assertThat(List.of(done.total(), done.completed(), done.skipped()))
        .containsExactly((long) PEOPLE, (long) PEOPLE, 0L);
  }

  @Test
  void aNodeThatLostItsJobDoesNoMoreOfIt() {
    var slow = node("one", lists.group());
    slow.begin(SHOP, Action.SUPPRESS, all());
    assertThat(slow.workOnOne(1)).isTrue();
    var other = node("two", after(1));
    assertThatThrownBy(() -> other.workOnOne(100)).hasMessage("the node died");

    assertThat(slow.workOnOne(100)).isFalse();
    assertThat(suppressed()).isEqualTo(2 * CHUNK);
  }

  private SuppressionJobs node(String name, Group group) {
    return new SuppressionJobs(db, name, registers, profiles, group, CHUNK);
  }

  private static Whom all() {
    return new Whom(List.of(), Optional.empty(), Optional.of(LIST));
  }

  private long suppressed() {
    return db.sql("select count(*) as n from suppression where reason = 'USER_SUPPRESSED'")
        .one(row -> row.number("n"));
  }

  /** The members of lists for some lots, after which the node dies in the middle of one. */
  private Group after(int lots) {
    var left = new AtomicInteger(lots);
    return new Group() {
      @Override
      public void check(String account, String id) {
        lists.check(account, id);
      }

      @Override
      public String all(String ids) {
        return lists.group().all(ids);
      }

      @Override
      public String page(String ids, String after, String most) {
        if (left.getAndDecrement() == 0) {
          throw new IllegalStateException("the node died");
        }
        return lists.group().page(ids, after, most);
      }
    };
  }
}
