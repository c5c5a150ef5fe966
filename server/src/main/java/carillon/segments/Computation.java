package carillon.segments;

import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.work.Background;
import carillon.platform.work.Outbox;
import carillon.platform.work.WakeUp;
import carillon.segments.Computing.Lease;
import carillon.segments.Computing.Work;
import java.time.Clock;
import java.time.Duration;

/**
 * Computes new and redefined segments, some people at a time, and rests between, so that it never
 * takes more than a fraction of the machine. Any number of nodes may do so: a segment is leased, a
 * step is a transaction, and a step that was lost with its node is done again by another.
 *
 * <p>Nothing that happens meanwhile is lost. Who refreshes members while a segment is computed
 * notes the people instead ({@link Round}), and they are looked at again before the new generation
 * counts. What was passed on before the computation began was committed before, so every step sees
 * it.
 */
final class Computation {

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration PUT_OFF = Duration.ofSeconds(10);

  /** People looked at once more in one transaction; with fewer it is completed. */
  private static final int RECHECKS = 500;

  private final Database db;
  private final Clock clock;
  private final Outbox outbox;
  private final String node;
  private final Pace pace;
  private final Background background;

  Computation(Database db, Clock clock, Outbox outbox, String node, Pace pace, WakeUp wakeUp) {
    this.db = db;
    this.clock = clock;
    this.outbox = outbox;
    this.node = node;
    this.pace = pace;
    this.background = new Background("segments-computation", wakeUp, this::work);
  }

  Background start() {
    return background.start();
  }

  boolean work() {
    var lease = Computing.take(db, node, clock.instant(), clock.instant().plus(LEASE));
    lease.ifPresent(this::work);
    return lease.isPresent() || db.transaction(tx -> Remains.sweep(tx, pace.people()));
  }

  private enum Next {
    MORE,
    COMPLETE,
    NOTHING
  }

  private void work(Lease lease) {
    var until = clock.instant().plus(PUT_OFF);
    try {
      var next = Next.MORE;
      while (next != Next.NOTHING && !background.isStopping()) {
        var started = System.nanoTime();
        next = next == Next.COMPLETE ? complete(lease) : step(lease);
        background.pause(pace.rest(Duration.ofNanos(System.nanoTime() - started)));
      }
      until = clock.instant();
    } finally {
      Computing.release(db, lease, until);
    }
  }

  private Next step(Lease lease) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx ->
            Computing.hold(tx, lease, clock.instant().plus(LEASE))
                .map(work -> step(tx, lease, work))
                .orElse(Next.NOTHING));
  }

  private Next step(Tx tx, Lease lease, Work work) {
    if (work.live().replaced().isPresent()) {
      settle(tx, lease, work, work.live().replaced().get());
      return Next.MORE;
    }
    int generation = work.live().computing().orElseThrow();
    if (!work.computedTo().equals(Computing.ALL)) {
      compute(tx, lease, work, generation);
      return Next.MORE;
    }
    return recheck(tx, lease, work.live(), generation) < RECHECKS ? Next.COMPLETE : Next.MORE;
  }

  private void compute(Tx tx, Lease lease, Work work, int generation) {
    var range = Membership.next(tx, lease.account(), work.computedTo(), pace.people());
    range.ifPresent(
        found -> Membership.compute(tx, present(tx, lease), work.live(), generation, found));
    Computing.computed(
        tx,
        lease,
        range.filter(found -> !found.isLast()).map(Membership.Range::last).orElse(Computing.ALL));
  }

  /** Looks once more at people who changed meanwhile; answers how many there were. */
  private int recheck(Tx tx, Lease lease, Live live, int generation) {
    var people = Membership.rechecked(tx, lease.account(), live.id(), RECHECKS);
    if (!people.isEmpty()) {
      Membership.withdraw(tx, lease.account(), live.id(), generation, people);
      Membership.compute(tx, present(tx, lease), live, generation, people);
    }
    return people.size();
  }

  /** Nobody refreshes members of the account while the last people are looked at. */
  private Next complete(Lease lease) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          Upkeep.seize(tx, lease.account());
          return Computing.hold(tx, lease, clock.instant().plus(LEASE))
              .map(work -> complete(tx, lease, work.live()))
              .orElse(Next.NOTHING);
        });
  }

  private Next complete(Tx tx, Lease lease, Live live) {
    int generation = live.computing().orElseThrow();
    if (recheck(tx, lease, live, generation) == RECHECKS) {
      return Next.MORE;
    }
    Computing.complete(tx, lease);
    if (live.generation() == 0) {
      begin(tx, lease, live, generation);
    }
    Upkeep.changed(tx, lease.account());
    return Next.MORE;
  }

  /** Nobody joins a segment by its being new; but those that ask for its members begin anew. */
  private void begin(Tx tx, Lease lease, Live live, int generation) {
    var tally = new Tally(present(tx, lease));
    tally.begin(live.id(), Membership.count(tx, lease.account(), live.id(), generation));
    tally.write(tx, outbox);
    Roster.load(tx, lease.account())
        .dependingOn(live.id())
        .forEach(other -> Computing.start(tx, lease.account(), other.id()));
  }

  private void settle(Tx tx, Lease lease, Work work, int replaced) {
    var live = work.live();
    var range =
        Membership.unsettled(tx, lease.account(), live, replaced, work.toldTo(), pace.people());
    if (range.isEmpty()) {
      Computing.settled(tx, lease);
      return;
    }
    var moved = Membership.settle(tx, lease.account(), live, replaced, range.get());
    var tally = new Tally(present(tx, lease));
    tally.add(live.id(), moved, true);
    tally.write(tx, outbox);
    tellDependents(tx, lease.account(), live.id(), moved);
    Computing.told(tx, lease, range.get().last());
  }

  private void tellDependents(Tx tx, String account, String segment, Moved moved) {
    if (!moved.isEmpty()) {
      var dependents = Roster.load(tx, account).dependingOn(segment);
      outbox.tell(
          tx,
          Change.due(
              account,
              dependents.stream()
                  .flatMap(live ->
                      moved.all().stream().map(profile -> new Change.Due(profile, live.id())))
                  .toList()));
    }
  }

  private Present present(Tx tx, Lease lease) {
    return Upkeep.state(tx, lease.account()).orElseThrow().present(lease.account(), clock);
  }
}
