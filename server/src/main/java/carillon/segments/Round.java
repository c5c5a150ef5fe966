package carillon.segments;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.TransactionConflict;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import carillon.segments.Membership.Move;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round of refreshing in an account: each segment concerned is looked at once, for all the
 * people whose changes concern it, and those that depend on it after it. Segments that the same
 * people's changes concern, as those that ask for the same metric, are looked at in one statement.
 */
final class Round {

  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  /** The most people times segments looked at in one statement, and the most segments. */
  private static final int PAIRS = 20_000;

  private static final int MOST_SEGMENTS = 50;

  private final Tx tx;
  private final Present present;
  private final Roster roster;
  private final Outbox outbox;
  private final Map<String, Set<String>> due = new HashMap<>();

  Round(Tx tx, Present present, Roster roster, Outbox outbox) {
    this.tx = tx;
    this.present = present;
    this.roster = roster;
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
    if (!attempt(() -> look(PAIRS, Runnable::run))) {
      due.clear();
      due.putAll(asked);
      look(1, this::attempt);
    }
  }

  /**
   * Looks at all segments that are due.
   *
   * @param pairs the most people times segments in one statement
   * @param guard what runs each statement
   */
  private void look(int pairs, Consumer<Runnable> guard) {
    var tally = new Tally(present);
    for (var level : roster.levels()) {
      var moves = new ArrayList<Move>();
      level.stream()
          .filter(live -> due.containsKey(live.id()))
          .collect(groupingBy(live -> due.get(live.id()), LinkedHashMap::new, toList()))
          .forEach((profiles, segments) -> {
            var together = Math.clamp(pairs / profiles.size(), 1, MOST_SEGMENTS);
            for (int from = 0; from < segments.size(); from += together) {
              var part = segments.subList(from, Math.min(segments.size(), from + together));
              guard.accept(() -> moves.addAll(look(part, profiles, tally)));
            }
          });
      Membership.move(tx, present, moves);
      moves.stream()
          .collect(groupingBy(Move::segment))
          .forEach((segment, its) -> note(segment, Moved.of(its), false, tally));
    }
    tally.write(tx, outbox);
  }

  private List<Move> look(List<Live> segments, Set<String> profiles, Tally tally) {
    var computing = segments.stream().filter(live -> live.computing().isPresent()).toList();
    var standing = segments.stream().filter(live -> live.computing().isEmpty()).toList();
    if (!computing.isEmpty()) {
      Membership.recheck(
          tx, present.account(), computing.stream().map(Live::id).toList(), profiles);
    }
    var settled = new LinkedHashMap<String, Moved>();
    for (var live : standing) {
      live.replaced()
          .map(replaced -> Membership.settle(tx, present.account(), live, replaced, profiles))
          .ifPresent(moved -> settled.put(live.id(), moved));
    }
    var moves =
        standing.isEmpty() ? List.<Move>of() : Membership.moves(tx, present, standing, profiles);
    settled.forEach((segment, moved) -> note(segment, moved, true, tally));
    return moves;
  }

  private void note(String segment, Moved moved, boolean recomputed, Tally tally) {
    tally.add(segment, moved, recomputed);
    if (!moved.isEmpty()) {
      roster.dependingOn(segment).forEach(other -> add(other, moved.all()));
    }
  }

  /** False when it failed, and did nothing. */
  private boolean attempt(Runnable action) {
    tx.sql("savepoint segments").run();
    try {
      action.run();
      tx.sql("release savepoint segments").run();
      return true;
    } catch (DatabaseUnavailable | TransactionConflict e) {
      throw e;
    } catch (RuntimeException e) {
      tx.sql("rollback to savepoint segments").run();
      LOG.atError().setCause(e).log("account {}: cannot refresh segments", present.account());
      return false;
    }
  }
}
