package carillon.segments;

import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.TransactionConflict;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round of refreshing in an account: each segment concerned is looked at once, for all the
 * people whose changes concern it, and those that depend on it after it.
 */
final class Round {

  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final Tx tx;
  private final String account;
  private final Roster roster;
  private final Instant now;
  private final ZoneId zone;
  private final Outbox outbox;
  private final Map<String, Set<String>> due = new HashMap<>();

  Round(Tx tx, String account, Roster roster, Instant now, ZoneId zone, Outbox outbox) {
    this.tx = tx;
    this.account = account;
    this.roster = roster;
    this.now = now;
    this.zone = zone;
    this.outbox = outbox;
  }

  void add(Change change) {
    roster.concerned(change).forEach(live -> add(live, Set.of(change.profile())));
  }

  private void add(Live live, Collection<String> profiles) {
    due.computeIfAbsent(live.id(), _ -> new TreeSet<>()).addAll(profiles);
  }

  /** A segment that cannot be computed must hold up neither the others nor the news. */
  void run() {
    if (due.isEmpty()) {
      return;
    }
    var asked = new HashMap<String, Set<String>>();
    due.forEach((segment, profiles) -> asked.put(segment, new TreeSet<>(profiles)));
    if (attempt("all", () -> run(live -> Optional.of(refresh(live)))).isEmpty()) {
      due.clear();
      due.putAll(asked);
      run(live -> attempt(live.id(), () -> refresh(live)));
    }
  }

  private boolean run(Function<Live, Optional<Outcome>> refreshing) {
    var tally = new Tally(account, zone, now);
    for (var live : roster.inOrder()) {
      if (due.containsKey(live.id())) {
        refreshing
            .apply(live)
            .ifPresent(outcome -> {
              note(live, outcome.settled(), true, tally);
              note(live, outcome.refreshed(), false, tally);
            });
      }
    }
    tally.write(tx, outbox);
    return true;
  }

  private record Outcome(Moved settled, Moved refreshed) {}

  private Outcome refresh(Live live) {
    var profiles = due.get(live.id());
    if (live.computing().isPresent()) {
      Membership.recheck(tx, account, live.id(), profiles);
      return new Outcome(Moved.NOBODY, Moved.NOBODY);
    }
    var settled =
        live.replaced()
            .map(replaced -> Membership.settle(tx, account, live, replaced, profiles))
            .orElse(Moved.NOBODY);
    var matching = live.among(account, zone, now, profiles);
    return new Outcome(settled, Membership.refresh(tx, account, live, matching, now));
  }

  private void note(Live live, Moved moved, boolean recomputed, Tally tally) {
    tally.add(live.id(), moved, recomputed);
    if (!moved.isEmpty()) {
      roster.dependingOn(live.id()).forEach(other -> add(other, moved.all()));
    }
  }

  private <T> Optional<T> attempt(String what, Supplier<T> action) {
    tx.sql("savepoint segments").run();
    try {
      var result = action.get();
      tx.sql("release savepoint segments").run();
      return Optional.of(result);
    } catch (DatabaseUnavailable | TransactionConflict e) {
      throw e;
    } catch (RuntimeException e) {
      tx.sql("rollback to savepoint segments").run();
      LOG.atError().setCause(e).log("account {}: cannot refresh segment {}", account, what);
      return Optional.empty();
    }
  }
}
