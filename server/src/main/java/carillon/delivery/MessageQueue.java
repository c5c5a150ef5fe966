package carillon.delivery;

import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.Tx;
import carillon.platform.work.Backlog;
import carillon.platform.work.LaneQueue;
import carillon.platform.work.LaneSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as a queue. Rows are marked as leased before they are sent and settled after; a row
 * found leased in a lane that has just come to this node was being sent by one that died, and is
 * sent again.
 */
final class MessageQueue implements LaneQueue {

  private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);
  private static final int BATCH = 200;
  private static final Duration DATABASE_AWAY = Duration.ofMillis(200);

  /**
   * Leases one message for each person at most: the next is to see what became of the first.
   *
   * <p>Statistics made while nothing waits, as is usual between campaigns, say that hardly any row
   * is queued. So it is asked of no row twice whether it is: the planner would read all that wait
   * for each one leased. Once found to be queued, a row can only have been cancelled since.
   */
  static final String LEASE =
      """
      update message set leased_by = :holder, attempts = attempts + 1,
        tried_at = coalesce(tried_at, :now)
      from (
        select distinct on (profile_id) l.lane, profile_id, source_id
        from unnest(:lanes) l (lane)
        cross join lateral (
          select profile_id, source_id, due_at from message
          where message.lane = l.lane and state = 'queued' and due_at <= :now
          order by due_at limit :most) due
        order by profile_id, due_at, source_id) next
      where message.lane = next.lane and message.profile_id = next.profile_id
        and message.source_id = next.source_id and state <> 'cancelled'
      returning message.profile_id, message.source_id, account_id, campaign_id, recipient,
        marketing, attempts, tried_at
      """;

  private final Database db;
  private final Clock clock;
  private final Sending sending;
  private final Settlement settlement;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean stopping;

  MessageQueue(
      Database db, Clock clock, Sending sending, Settlement settlement, MeterRegistry metrics) {
    this.db = db;
    this.clock = clock;
    this.sending = sending;
    this.settlement = settlement;
    Gauge.builder("carillon.delivery.in_flight", inFlight, AtomicInteger::get).register(metrics);
  }

  @Override
  public String name() {
    return "message";
  }

  /** Messages being sent by this node: what a crash right now could repeat. */
  int inFlight() {
    return inFlight.get();
  }

  /** Lets the mails being sent finish, and begins no more. */
  void stop() {
    stopping = true;
  }

  @Override
  public List<Integer> ready(Collection<Integer> lanes) {
    return db.sql(
            """
            select asked.lane from unnest(:lanes) asked (lane)
            cross join lateral (
              select from message
              where message.lane = asked.lane and state = 'queued' and due_at <= :now
              order by due_at limit 1) due
            """)
        .array("lanes", "smallint", lanes.stream().map(Integer::shortValue).toList())
        .bind("now", clock.instant())
        .list(row -> row.integer("lane"));
  }

  @Override
  public boolean work(LaneSet lanes) {
    var rows = stopping ? List.<MessageRow>of() : lease(lanes);
    if (rows.isEmpty()) {
      return false;
    }
    inFlight.addAndGet(rows.size());
    try {
      settle(lanes, sending.send(rows, row -> !stopping && lanes.held(row.message().lane())));
    } finally {
      inFlight.addAndGet(-rows.size());
    }
    return true;
  }

  private List<MessageRow> lease(LaneSet lanes) {
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          lanes.confirm(tx);
          return leased(tx, clock.instant(), lanes);
        });
  }

  private static List<MessageRow> leased(Tx tx, Instant now, LaneSet lanes) {
    return tx.sql(LEASE)
        .bind("holder", lanes.holder())
        .bind("now", now)
        .array("lanes", "smallint", lanes.shorts())
        .bind("most", lanes.each(BATCH))
        .list(MessageRow::of);
  }

  /**
   * Mails have left and must not leave again, so what became of them is written whatever happens:
   * together, else one by one, else without the news of it.
   */
  private void settle(LaneSet lanes, List<Settled> settled) {
    try {
      write(lanes, settled, settlement::write);
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException _) {
      settled.forEach(one -> settleAlone(lanes, one));
    }
  }

  private void settleAlone(LaneSet lanes, Settled one) {
    try {
      write(lanes, List.of(one), settlement::write);
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .log("the news of a message cannot be told: {}", one.row().message());
      write(lanes, List.of(one), settlement::enter);
    }
  }

  /** How messages are settled by a holder of lanes. */
  private interface Writing {
    void write(Tx tx, String holder, List<Settled> settled);
  }

  /**
   * Tried until the database can be reached. Messages of a lane that was lost meanwhile are left to
   * its new holder.
   */
  private void write(LaneSet lanes, List<Settled> settled, Writing writing) {
    while (true) {
      try {
        db.transact(
            Repeat.SAFE,
            tx -> {
              var kept = lanes.keep(tx);
              writing.write(
                  tx,
                  lanes.holder(),
                  settled.stream()
                      .filter(one -> kept.contains(one.row().message().lane()))
                      .toList());
            });
        return;
      } catch (DatabaseUnavailable e) {
        if (lanes.numbers().stream().noneMatch(lanes::held)) {
          throw e;
        }
        LockSupport.parkNanos(DATABASE_AWAY.toNanos());
      }
    }
  }

  @Override
  public List<Backlog> backlog() {
    return db.sql(
            """
            select stage, count(*) as depth,
              greatest(coalesce(extract(epoch from :now - min(due_at)), 0), 0)::float8 as age
            from (
              select %s as stage, due_at from message where state = 'queued' limit 100000) counted
            group by stage
            """
                .formatted(Ledger.STAGE))
        .bind("now", clock.instant())
        .list(row -> new Backlog(row.text("stage"), row.number("depth"), row.real("age")));
  }
}
