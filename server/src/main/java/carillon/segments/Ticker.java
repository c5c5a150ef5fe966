package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.events.EventsAhead;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.work.Background;
import carillon.platform.work.Outbox;
import carillon.platform.work.WakeUp;
import carillon.segments.Change.Due;
import carillon.segments.Dependencies.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Follows the time: finds whom it has carried over the edge of a filter since the last look, and
 * leaves news that their segments are due.
 *
 * <p>Time is announced before anybody is looked for. Who refreshes members after that takes the
 * announced time for the present; what was refreshed before stands in the database already, where
 * it is found. A node that ends between is followed by one that looks for the same time again.
 */
final class Ticker {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration PUT_OFF = Duration.ofSeconds(10);

  /** Looking through all people may take a twentieth of the time. */
  private static final int SWEEP_REST = 19;

  private static final Duration SHORTEST_SWEEP_REST = Duration.ofSeconds(1);

  /** Searches in one statement. */
  private static final int TOGETHER = 50;

  /** People and segments told in one transaction; after it others have their turn. */
  private static final int AT_ONCE = 5_000;

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Outbox outbox;
  private final Drafting drafting;
  private final Rosters rosters;
  private final String node;
  private final Background background;

  Ticker(Segments.Ground ground, Segments.Partners partners, Drafting drafting, Rosters rosters) {
    this.db = ground.db();
    this.clock = ground.clock();
    this.node = ground.node();
    this.accounts = partners.accounts();
    this.outbox = partners.outbox();
    this.drafting = drafting;
    this.rosters = rosters;
    this.background = new Background("segments-ticker", TICK, new WakeUp(), this::work);
  }

  /**
   * An account whose time this node follows for now.
   *
   * @param now the time announced
   * @param told up to when was told what indexes find
   * @param swept up to when was told what only looking through all people finds
   */
  private record Turn(
      String account,
      long version,
      Instant now,
      Instant told,
      Instant swept,
      Instant sweepAt,
      String zone) {
    static Turn read(Row row) {
      return new Turn(
          row.text("account_id"),
          row.number("version"),
          row.instant("announced_at"),
          row.instant("told_at"),
          row.instant("swept_at"),
          row.instant("sweep_at"),
          row.text("zone"));
    }
  }

  Background start() {
    return background.start();
  }

  boolean work() {
    var turn = take();
    turn.ifPresent(this::follow);
    return turn.isPresent();
  }

  private Optional<Turn> take() {
    var now = clock.instant();
    return db.sql(
            """
            update segment_upkeep u set leased_by = :holder, leased_until = :until,
              announced_at = greatest(u.announced_at, :now)
            from (
              select account_id from segment_upkeep
              where timed and (leased_until is null or leased_until <= :now)
              order by leased_until nulls first limit 1) due
            where u.account_id = due.account_id and u.timed
              and (u.leased_until is null or u.leased_until <= :now)
            returning u.account_id, u.version, u.announced_at, u.told_at, u.swept_at, u.sweep_at, u.zone
            """)
        .bind("holder", node)
        .bind("until", now.plus(LEASE))
        .bind("now", now)
        .first(Turn::read);
  }

  private void follow(Turn turn) {
    var again = clock.instant().plus(PUT_OFF);
    try {
      var account = accounts.get(turn.account());
      if (account.timezone().getId().equals(turn.zone())) {
        tell(account, turn);
      } else {
        drafting.zoneChanged(account, turn.now());
      }
      again = turn.now().plus(TICK);
    } finally {
      release(turn.account(), again);
    }
  }

  private void tell(Account account, Turn turn) {
    var timed =
        rosters.of(db, account.id(), turn.version()).all().stream()
            .filter(live -> live.dependencies().timing() != Timing.NEVER)
            .toList();
    var ahead = EventsAhead.any(db, account.id(), turn.told(), turn.now());
    var passed = new TimeEdges(account.id(), account.timezone(), turn.told(), turn.now(), ahead);
    tell(account, timed, live -> passed.crossed(live.definition()));
    told(account.id(), turn.now());
    if (ahead) {
      EventsAhead.forget(db, account.id(), turn.now());
    }
    if (!turn.sweepAt().isAfter(turn.now())) {
      sweep(account, turn, timed);
    }
  }

  private void sweep(Account account, Turn turn, List<Live> timed) {
    var started = System.nanoTime();
    var passed = new TimeEdges(account.id(), account.timezone(), turn.swept(), turn.now(), true);
    tell(account, timed, live -> passed.swept(live.definition()));
    var rest = Duration.ofNanos((System.nanoTime() - started) * SWEEP_REST);
    db.sql(
            """
            update segment_upkeep set swept_at = greatest(swept_at, :now), sweep_at = :again
            where account_id = :account
            """)
        .bind("account", account.id())
        .bind("now", turn.now())
        .bind(
            "again",
            turn.now().plus(rest.compareTo(SHORTEST_SWEEP_REST) > 0 ? rest : SHORTEST_SWEEP_REST))
        .run();
  }

  /**
   * Looks for many segments in one statement, whose text and plan stay the same each time, and once
   * for all that are looked for alike: those that ask for the same time of the same metric.
   */
  private void tell(Account account, List<Live> timed, Function<Live, Optional<Clause>> searching) {
    var segments = new LinkedHashMap<Clause, List<String>>();
    for (var live : timed) {
      searching
          .apply(live)
          .ifPresent(
              search -> segments.computeIfAbsent(search, _ -> new ArrayList<>()).add(live.id()));
    }
    var searches = List.copyOf(segments.keySet());
    for (int from = 0; from < searches.size(); from += TOGETHER) {
      var some = searches.subList(from, Math.min(searches.size(), from + TOGETHER));
      var due = new ArrayList<Due>();
      for (var found : find(some)) {
        for (var segment : segments.get(some.get(found.search()))) {
          due.add(new Due(found.profile(), segment));
        }
      }
      tell(account, due);
    }
  }

  private record Found(int search, String profile) {}

  private List<Found> find(List<Clause> searches) {
    var numbered =
        IntStream.range(0, searches.size())
            .mapToObj(number -> searches.get(number).numbered(number))
            .toList();
    var statement =
        db.sql(
            "select distinct f.search, f.profile_id from (%s) f"
                .formatted(numbered.stream().map(Clause::sql).collect(joining("\nunion all\n"))));
    numbered.forEach(search -> search.bindTo(statement));
    return statement.list(row -> new Found(row.integer("search"), row.text("profile_id")));
  }

  private void tell(Account account, List<Due> found) {
    for (int from = 0; from < found.size(); from += AT_ONCE) {
      if (background.isStopping()) {
        throw new IllegalStateException("the node ends before all was told");
      }
      var some = found.subList(from, Math.min(found.size(), from + AT_ONCE));
      db.transact(tx -> outbox.tell(tx, Change.due(account.id(), some)));
      if (some.size() == AT_ONCE) {
        extend(account.id());
        background.pause(TICK);
      }
    }
  }

  private void told(String account, Instant now) {
    db.sql(
            """
            update segment_upkeep set told_at = greatest(told_at, :now) where account_id = :account
            """)
        .bind("account", account)
        .bind("now", now)
        .run();
  }

  private void extend(String account) {
    db.sql(
            """
            update segment_upkeep set leased_until = :until
            where account_id = :account and leased_by = :holder
            """)
        .bind("account", account)
        .bind("holder", node)
        .bind("until", clock.instant().plus(LEASE))
        .run();
  }

  private void release(String account, Instant again) {
    db.sql(
            """
            update segment_upkeep set leased_by = null, leased_until = :again
            where account_id = :account and leased_by = :holder
            """)
        .bind("account", account)
        .bind("holder", node)
        .bind("again", again)
        .run();
  }
}
