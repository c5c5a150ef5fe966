package carillon.platform.work;

import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox as a queue. A batch goes to all subscribers in one transaction; when that fails, each
 * lane goes alone and then each of its news, so that one that cannot be taken holds up nothing but
 * its profile.
 */
final class OutboxQueue implements LaneQueue {

  static final int ATTEMPTS = 12;

  private static final Logger LOG = LoggerFactory.getLogger(OutboxQueue.class);
  private static final int BATCH = 1024;
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /**
   * The news of a lane in order, but of nobody whose news waits to be tried again: they are found
   * once, for all lanes.
   */
  private static final String DUE =
      """
      select * from outbox
      where outbox.lane = l.lane and (retry_at is null or retry_at <= :now)
        and profile_id <> all(array(
          select profile_id from outbox where lane = any(:lanes) and retry_at > :now))
      order by id
      """;

  private final Database db;
  private final Clock clock;
  private final List<OutboxSubscriber> subscribers;
  private final Counter passedOn;
  private final Counter failed;
  private final Counter setAside;

  OutboxQueue(Database db, Clock clock, List<OutboxSubscriber> subscribers, MeterRegistry metrics) {
    this.db = db;
    this.clock = clock;
    this.subscribers = List.copyOf(subscribers);
    this.passedOn = metrics.counter("carillon.outbox.passed_on");
    this.failed = metrics.counter("carillon.outbox.failed");
    this.setAside = metrics.counter("carillon.outbox.set_aside");
  }

  private record Waiting(short lane, long id, int attempts, News news) {
    static Waiting of(Row row) {
      return new Waiting(
          (short) row.integer("lane"),
          row.number("id"),
          row.integer("attempts"),
          new News(
              row.text("account_id"),
              row.text("profile_id"),
              row.text("kind"),
              row.json("payload")));
    }
  }

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public List<Integer> ready(Collection<Integer> lanes) {
    return db.sql(
            """
            select l.lane from unnest(:lanes) l (lane)
            cross join lateral (
            """
                + DUE
                + " limit 1) first")
        .plannedAnew()
        .array("lanes", "smallint", lanes.stream().map(Integer::shortValue).toList())
        .bind("now", clock.instant())
        .list(row -> row.integer("lane"));
  }

  @Override
  public boolean work(LaneSet lanes) {
    try {
      return db.transaction(
          Repeat.SAFE,
          tx -> {
            var waiting = next(tx, lanes);
            passOn(tx, lanes, waiting);
            return isFull(lanes, waiting);
          });
    } catch (LeaseLost | DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException _) {
      return lanes.numbers().size() == 1 ? oneByOne(lanes) : apart(lanes);
    }
  }

  private boolean apart(LaneSet lanes) {
    var more = false;
    for (var lane : lanes.apart()) {
      more |= lane.held() && work(lane);
    }
    return more;
  }

  /** Whether some lane may hold more than was taken of it. */
  private static boolean isFull(LaneSet lanes, List<Waiting> waiting) {
    var taken = new int[Lanes.COUNT];
    waiting.forEach(one -> taken[one.lane()]++);
    return Arrays.stream(taken).max().orElse(0) >= lanes.each(BATCH);
  }

  private boolean oneByOne(LaneSet lane) {
    var waiting = db.transaction(tx -> next(tx, lane));
    var heldBack = new HashSet<String>();
    for (var one : waiting) {
      if (lane.held() && !heldBack.contains(one.news().profile()) && !alone(lane, one)) {
        heldBack.add(one.news().profile());
      }
    }
    return isFull(lane, waiting);
  }

  /** False when it failed and was put off. */
  private boolean alone(LaneSet lane, Waiting one) {
    try {
      db.transact(Repeat.SAFE, tx -> passOn(tx, lane, List.of(one)));
      return true;
    } catch (LeaseLost | DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      failed.increment();
      db.transact(tx -> putOff(tx, one, e));
      return false;
    }
  }

  private List<Waiting> next(Tx tx, LaneSet lanes) {
    return tx.sql(
            """
            select o.lane, o.id, account_id, profile_id, kind, payload, attempts
            from unnest(:lanes) l (lane)
            cross join lateral (
            """
                + DUE
                + " limit :most) o")
        .plannedAnew()
        .array("lanes", "smallint", lanes.shorts())
        .bind("now", clock.instant())
        .bind("most", lanes.each(BATCH))
        .list(Waiting::of);
  }

  private void passOn(Tx tx, LaneSet lanes, List<Waiting> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    lanes.confirm(tx);
    for (var subscriber : subscribers) {
      var wanted =
          waiting.stream()
              .map(Waiting::news)
              .filter(news -> subscriber.kinds().contains(news.kind()))
              .toList();
      if (!wanted.isEmpty()) {
        subscriber.handler().take(tx, wanted);
      }
    }
    delete(tx, waiting);
    tx.afterCommit(() -> passedOn.increment(waiting.size()));
  }

  private static void delete(Tx tx, List<Waiting> done) {
    tx.sql(
            """
            delete from outbox using unnest(:lanes, :ids) done (lane, id)
            where outbox.lane = done.lane and outbox.id = done.id
            """)
        .plannedAnew()
        .array("lanes", "smallint", done.stream().map(Waiting::lane).toList())
        .array("ids", "bigint", done.stream().map(Waiting::id).toList())
        .run();
  }

  private void putOff(Tx tx, Waiting one, RuntimeException failure) {
    var attempts = one.attempts() + 1;
    LOG.atWarn()
        .setCause(failure)
        .log("news {} of kind {} failed {} times", one.id(), one.news().kind(), attempts);
    if (attempts >= ATTEMPTS) {
      setAside(tx, one, attempts, failure);
      setAside.increment();
      return;
    }
    tx.sql(
            """
            update outbox set attempts = :attempts, retry_at = :retry
            where lane = :lane and id = :id
            """)
        .bind("attempts", attempts)
        .bind("retry", retryAt(attempts))
        .bind("lane", one.lane())
        .bind("id", one.id())
        .run();
  }

  private Instant retryAt(int attempts) {
    var wait = SHORTEST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
    return clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  /** The message of a failure may hold personal data; its kind does not. */
  private void setAside(Tx tx, Waiting one, int attempts, RuntimeException failure) {
    tx.sql(
            """
            with gone as (delete from outbox where lane = :lane and id = :id returning *)
            insert into outbox_set_aside (lane, profile_id, id, account_id, kind, payload,
              created_at, attempts, failure, set_aside_at)
            select lane, profile_id, id, account_id, kind, payload, created_at, :attempts,
              :failure, :now
            from gone
            """)
        .bind("lane", one.lane())
        .bind("id", one.id())
        .bind("attempts", attempts)
        .bind("failure", failure.getClass().getName())
        .bind("now", clock.instant())
        .run();
  }

  @Override
  public List<Backlog> backlog() {
    return db.sql(
            """
            select kind, count(*) as depth,
              coalesce(extract(epoch from :now - min(created_at)), 0)::float8 as age
            from (select kind, created_at from outbox limit 100000) oldest
            group by kind
            """)
        .bind("now", clock.instant())
        .list(row -> new Backlog(row.text("kind"), row.number("depth"), row.real("age")));
  }
}
