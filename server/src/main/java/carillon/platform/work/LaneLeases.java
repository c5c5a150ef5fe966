package carillon.platform.work;

import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lanes of a queue that this node leases. Time is the database's, so that the clocks of nodes
 * need not agree; how long a lease surely lasts is measured here from before it was asked for.
 */
final class LaneLeases {

  private final Database db;
  private final String queue;
  private final String holder;
  private final Duration lease;

  /** Until when, in nanoseconds of this machine, each lane is surely ours. */
  private final Map<Integer, Long> held = new HashMap<>();

  private final Set<Integer> busy = new HashSet<>();
  private boolean complete;

  LaneLeases(Database db, String queue, String holder, Duration lease) {
    this.db = db;
    this.queue = queue;
    this.holder = holder;
    this.lease = lease;
  }

  String queue() {
    return queue;
  }

  String holder() {
    return holder;
  }

  /** Renews what is held, gives up what is above this node's share, takes what is free below it. */
  void tick() {
    var started = System.nanoTime();
    keepOnly(renew(), started);
    int share = share();
    int missing = share - count();
    if (missing < 0) {
      giveUp(-missing);
    } else if (missing > 0) {
      add(acquire(missing), started);
    }
    complete = count() >= share;
  }

  /** When to tick again: soon while lanes are missing, for another node may be giving them up. */
  Duration nextTick() {
    return complete ? lease.dividedBy(3) : lease.dividedBy(12);
  }

  /** The lanes that nobody works on. */
  synchronized List<Integer> idle() {
    return held.keySet().stream().filter(lane -> !busy.contains(lane) && holds(lane)).toList();
  }

  synchronized int count() {
    return held.size();
  }

  synchronized boolean holds(int lane) {
    return Optional.ofNullable(held.get(lane))
        .filter(until -> until - System.nanoTime() > 0)
        .isPresent();
  }

  /** Marks lanes as worked on; those that are lost or worked on already are left out. */
  synchronized List<Integer> begin(List<Integer> lanes) {
    return lanes.stream().filter(lane -> holds(lane) && busy.add(lane)).toList();
  }

  synchronized void end(List<Integer> lanes) {
    busy.removeAll(lanes);
  }

  /** Which of these lanes are ours; they stay so until the transaction ends. */
  Set<Integer> keep(Tx tx, List<Integer> lanes) {
    return Set.copyOf(
        tx.sql(
                """
                select lane from lane_lease
                where queue = :queue and lane = any(:lanes) and holder = :holder
                  and until > clock_timestamp()
                order by lane for share
                """)
            .bind("queue", queue)
            .array("lanes", "smallint", lanes.stream().map(Integer::shortValue).toList())
            .bind("holder", holder)
            .list(row -> row.integer("lane")));
  }

  /** Gives everything back at once, so that others need not wait. */
  void release() {
    synchronized (this) {
      held.clear();
    }
    db.transact(
        Repeat.SAFE,
        tx -> {
          tx.sql("delete from lane_lease where queue = :queue and holder = :holder")
              .bind("queue", queue)
              .bind("holder", holder)
              .run();
          tx.sql("delete from lane_worker where queue = :queue and holder = :holder")
              .bind("queue", queue)
              .bind("holder", holder)
              .run();
        });
  }

  /** Locks in the order in which {@link #keep} does, so that neither waits for the other. */
  private List<Integer> renew() {
    return db.transaction(
        Repeat.SAFE,
        tx ->
            tx.sql(
                    """
                    update lane_lease set until = clock_timestamp() + :lease * interval '1 ms'
                    from (
                      select lane from lane_lease
                      where queue = :queue and holder = :holder and until > clock_timestamp()
                      order by lane for update) mine
                    where queue = :queue and lane_lease.lane = mine.lane
                    returning lane_lease.lane
                    """)
                .bind("lease", lease.toMillis())
                .bind("queue", queue)
                .bind("holder", holder)
                .list(row -> row.integer("lane")));
  }

  /** Says that this node is at work, and divides the lanes by those that are. */
  private int share() {
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          tx.sql(
                  """
                  insert into lane_worker (queue, holder, until)
                  values (:queue, :holder, clock_timestamp() + :lease * interval '1 ms')
                  on conflict (queue, holder) do update set until = excluded.until
                  """)
              .bind("queue", queue)
              .bind("holder", holder)
              .bind("lease", lease.toMillis())
              .run();
          int workers =
              tx.sql(
                      """
                      select count(*)::int as workers from lane_worker
                      where queue = :queue and until > clock_timestamp()
                      """)
                  .bind("queue", queue)
                  .one(row -> row.integer("workers"));
          return Math.ceilDiv(Lanes.COUNT, Math.max(1, workers));
        });
  }

  /** Nodes begin to look at different places, and lock in the order of lanes. */
  private List<Integer> acquire(int most) {
    return db.transaction(
        Repeat.SAFE,
        tx ->
            tx.sql(
                    """
                    insert into lane_lease (queue, lane, holder, until)
                    select :queue, lane, :holder, clock_timestamp() + :lease * interval '1 ms'
                    from (
                      select lane from generate_series(0, :count - 1) lane
                      where not exists (
                        select from lane_lease taken where taken.queue = :queue
                          and taken.lane = lane.lane and taken.until >= clock_timestamp())
                      order by (lane + :offset) % :count limit :most) free
                    order by lane
                    on conflict (queue, lane)
                      do update set holder = excluded.holder, until = excluded.until
                      where lane_lease.until < clock_timestamp()
                    returning lane
                    """)
                .bind("queue", queue)
                .bind("holder", holder)
                .bind("lease", lease.toMillis())
                .bind("count", Lanes.COUNT)
                .bind("offset", Math.floorMod(holder.hashCode(), Lanes.COUNT))
                .bind("most", most)
                .list(row -> row.integer("lane")));
  }

  private void giveUp(int surplus) {
    var lanes = forget(surplus);
    db.sql(
            "delete from lane_lease where queue = :queue and holder = :holder and lane ="
                + " any(:lanes)")
        .bind("queue", queue)
        .bind("holder", holder)
        .array("lanes", "smallint", lanes.stream().map(Integer::shortValue).toList())
        .run();
  }

  private synchronized List<Integer> forget(int surplus) {
    var lanes = idle().stream().limit(surplus).toList();
    lanes.forEach(held::remove);
    return lanes;
  }

  private synchronized void keepOnly(List<Integer> lanes, long started) {
    held.keySet().retainAll(new HashSet<>(lanes));
    var known = new ArrayList<>(held.keySet());
    known.forEach(lane -> held.put(lane, started + lease.toNanos()));
  }

  private synchronized void add(List<Integer> lanes, long started) {
    lanes.forEach(lane -> held.put(lane, started + lease.toNanos()));
  }
}
