package carillon.segments;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.tags.Tags;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Segments made, changed and deleted; what follows for their members is computed later. */
final class Drafting {

  private static final String DEFINITION = "/data/attributes/definition";

  /** What a request changes. */
  record Change(
      Optional<String> name,
      Optional<ObjectNode> definition,
      Optional<Boolean> starred,
      Optional<Boolean> active) {}

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Tags tags;
  private final SegmentStore store;
  private final PostalCodes places;
  private final Runnable wakeUp;

  Drafting(
      Database db,
      Clock clock,
      Accounts accounts,
      Tags tags,
      SegmentStore store,
      PostalCodes places,
      Runnable wakeUp) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.tags = tags;
    this.store = store;
    this.places = places;
    this.wakeUp = wakeUp;
  }

  Segment create(String account, String name, ObjectNode definition, boolean starred) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          Upkeep.seize(tx, account);
          check(tx, account, definition, Optional.empty());
          know(tx, definition);
          var segment =
              store.insert(tx, account, name, Definition.normalised(definition), starred, now());
          changed(tx, account);
          return segment;
        });
  }

  /** Refuses a definition that cannot be. */
  static void check(Queries queries, String account, ObjectNode definition, Optional<String> self) {
    var faults =
        Definition.faults(definition, DEFINITION, new AccountVocabulary(queries, account), self);
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  Segment update(String account, String id, Change change) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          Upkeep.seize(tx, account);
          change
              .definition()
              .ifPresent(definition -> check(tx, account, definition, Optional.of(id)));
          update(tx, account, SegmentStore.locked(tx, account, id), change);
          changed(tx, account);
          return SegmentStore.get(tx, account, id);
        });
  }

  private void update(Tx tx, String account, Segment before, Change change) {
    var definition = change.definition().map(Definition::normalised).orElse(before.definition());
    var active = change.active().orElse(before.isActive());
    SegmentStore.update(
        tx,
        account,
        new Segment(
            before.id(),
            change.name().orElse(before.name()),
            definition,
            before.created(),
            now(),
            active,
            before.isProcessing(),
            change.starred().orElse(before.isStarred()),
            Optional.empty()));
    if (!active) {
      Computing.giveUp(tx, account, before.id());
    } else if (!before.isActive() || !definition.equals(before.definition())) {
      know(tx, definition);
      Computing.start(tx, account, before.id());
    }
  }

  /** Sees to it that what a definition asks for can be known when it is computed. */
  private void know(Tx tx, ObjectNode definition) {
    if (Definition.parse(definition).asksForDistance()) {
      places.ready(tx);
    }
  }

  void delete(String account, String id) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          Upkeep.seize(tx, account);
          if (!Computing.delete(tx, account, id)) {
            throw SegmentStore.missing(id);
          }
          tags.forget(tx, account, "segment", id);
          groupGone(tx, account, id);
        });
  }

  /** Has the segments computed anew that ask for members of a list or segment no longer there. */
  void groupGone(Tx tx, String account, String group) {
    Upkeep.seize(tx, account);
    Roster.load(tx, account)
        .dependingOn(group)
        .forEach(live -> Computing.start(tx, account, live.id()));
    changed(tx, account);
  }

  /** Has the segments computed anew whose members depend on when days begin. */
  void zoneChanged(Account account, Instant now) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          Upkeep.seize(tx, account.id());
          Roster.load(tx, account.id()).all().stream()
              .filter(live -> live.dependencies().timing() != Dependencies.Timing.NEVER)
              .forEach(live -> Computing.start(tx, account.id(), live.id()));
          Upkeep.rezone(tx, account, now);
          changed(tx, account.id());
        });
  }

  private void changed(Tx tx, String account) {
    Upkeep.changed(tx, accounts.get(tx, account), now());
    tx.afterCommit(wakeUp);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
