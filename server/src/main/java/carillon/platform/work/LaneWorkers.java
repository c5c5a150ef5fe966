package carillon.platform.work;

import carillon.platform.db.Database;
import carillon.platform.db.DatabaseUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works a queue on this node: leases its share of the lanes, looks which have something to do, and
 * works them in sets, each by one thread at a time. Closing finishes the batches under way and
 * gives the lanes back; a node that is killed loses them when their leases end.
 */
public final class LaneWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LaneWorkers.class);
  private static final Duration SHORTEST_REST = Duration.ofMillis(500);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final Duration LONGEST_BREAK = Duration.ofMillis(300);

  /** Fewer lanes than these are not divided among workers. */
  private static final int SMALLEST_SET = 16;

  private final LaneQueue queue;
  private final LaneOptions options;
  private final LaneLeases leases;
  private final BacklogGauges backlog;
  private final WakeUp wakeUp;
  private final WakeUp stop = new WakeUp();
  private final WakeUp breaks = new WakeUp();
  private final Semaphore places;
  private final Map<Integer, Rest> resting = new ConcurrentHashMap<>();
  private final ExecutorService keeper = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  private record Rest(Duration length, long until) {
    boolean over() {
      return until - System.nanoTime() <= 0;
    }
  }

  /**
   * Prepares to work; {@link #start} begins.
   *
   * @param holder a name no other node has
   * @param wakeUp rung when there is something to do
   */
  public LaneWorkers(
      Database db,
      LaneQueue queue,
      LaneOptions options,
      String holder,
      WakeUp wakeUp,
      MeterRegistry metrics) {
    this.queue = queue;
    this.options = options;
    this.leases = new LaneLeases(db, queue.name(), holder, options.lease());
    this.backlog = new BacklogGauges(queue, metrics);
    this.wakeUp = wakeUp;
    this.places = new Semaphore(options.workers());
    Gauge.builder("carillon.lanes.leased", leases, LaneLeases::count)
        .tag("queue", queue.name())
        .register(metrics);
  }

  /** Begins to lease and to work. */
  public LaneWorkers start() {
    keeper.execute(this::keepLeases);
    workers.execute(this::dispatch);
    return this;
  }

  /** How many lanes this node leases. */
  public int leased() {
    return leases.count();
  }

  @Override
  public void close() {
    stopping = true;
    wakeUp.ring();
    end(workers);
    stop.ring();
    end(keeper);
    attempt("give lanes back", leases::release);
  }

  private void keepLeases() {
    while (!stopping || !workers.isTerminated()) {
      attempt("renew leases", leases::tick);
      attempt("measure the queue", backlog::refresh);
      wakeUp.ring();
      stop.await(leases.nextTick());
    }
  }

  private void dispatch() {
    var wait = options.busyPoll();
    while (!stopping) {
      var lanes = lanesWithWork();
      sets(lanes).forEach(this::hand);
      if (!lanes.isEmpty() && !stopping) {
        stop.await(options.gather());
      }
      wait = lanes.isEmpty() ? longer(wait) : options.busyPoll();
      if (lanes.isEmpty() && wakeUp.await(wait)) {
        wait = options.busyPoll();
      }
    }
  }

  /** Divides lanes evenly among the workers. */
  private List<List<Integer>> sets(List<Integer> lanes) {
    var count = Math.min(options.workers(), Math.ceilDiv(lanes.size(), SMALLEST_SET));
    return IntStream.range(0, count)
        .mapToObj(
            set -> lanes.subList(set * lanes.size() / count, (set + 1) * lanes.size() / count))
        .toList();
  }

  private Duration longer(Duration wait) {
    var twice = wait.multipliedBy(2);
    return twice.compareTo(options.idlePoll()) > 0 ? options.idlePoll() : twice;
  }

  private List<Integer> lanesWithWork() {
    var idle = leases.idle().stream().filter(this::rested).toList();
    if (idle.isEmpty()) {
      return List.of();
    }
    try {
      return queue.ready(idle);
    } catch (RuntimeException e) {
      complain("look for work", e);
      return List.of();
    }
  }

  private boolean rested(int lane) {
    var rest = resting.get(lane);
    return rest == null || rest.over();
  }

  private void hand(List<Integer> wanted) {
    places.acquireUninterruptibly();
    var lanes = stopping ? List.<Integer>of() : leases.begin(wanted);
    if (lanes.isEmpty()) {
      places.release();
      return;
    }
    workers.execute(() -> {
      try {
        work(new LaneSet(lanes, leases));
      } finally {
        leases.end(lanes);
        places.release();
      }
    });
  }

  private void work(LaneSet lanes) {
    try {
      boolean more = true;
      while (more && !stopping && lanes.held()) {
        var started = System.nanoTime();
        more = queue.work(lanes);
        if (more) {
          leaveRoom(Duration.ofNanos(System.nanoTime() - started));
        }
      }
      lanes.numbers().forEach(resting::remove);
    } catch (LeaseLost e) {
      LOG.info("{}", e.getMessage());
    } catch (RuntimeException e) {
      complain("work on lanes " + lanes.numbers(), e);
      lanes.numbers().forEach(this::rest);
    }
  }

  /** Rests after a batch that took so long and left more to do. */
  private void leaveRoom(Duration batch) {
    var rest = batch.multipliedBy(options.rest());
    if (!rest.isZero() && !stopping) {
      breaks.await(rest.compareTo(LONGEST_BREAK) > 0 ? LONGEST_BREAK : rest);
    }
  }

  /** A lane that fails is left alone for a while, longer each time. */
  private void rest(int lane) {
    resting.compute(
        lane,
        (_, before) -> {
          var length = before == null ? SHORTEST_REST : before.length().multipliedBy(2);
          var bounded = length.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : length;
          return new Rest(bounded, System.nanoTime() + bounded.toNanos());
        });
  }

  private void attempt(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      complain(what, e);
    }
  }

  private void complain(String what, RuntimeException failure) {
    if (failure instanceof DatabaseUnavailable) {
      LOG.warn("queue {}: cannot {}: the database is away", queue.name(), what);
    } else {
      LOG.atError().setCause(failure).log("queue {}: cannot {}", queue.name(), what);
    }
  }

  private static void end(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
