package carillon.lists;

import carillon.lists.SuppressionJob.Action;
import carillon.lists.SuppressionJob.Whom;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.work.Background;
import carillon.platform.work.WakeUp;
import carillon.profiles.Erased;
import carillon.profiles.ProfilePart;
import carillon.profiles.Profiles;
import carillon.profiles.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Suppresses people, and ends that, in the background: some at a time, each lot and its count in
 * one transaction. Any number of nodes may do so; a job is leased while it is worked on.
 */
public final class SuppressionJobs {

  /** People looked at in one transaction. */
  public static final int CHUNK = 1_000;

  private static final Duration LEASE = Duration.ofMinutes(1);

  /** Lots before another job has its turn. */
  private static final int TURN = 20;

  private final Database db;
  private final String node;
  private final Registers registers;
  private final Profiles profiles;
  private final Group lists;
  private final Group segments;
  private final int chunk;
  private final SuppressionStore store;
  private final WakeUp wakeUp = new WakeUp();
  private final Background background =
      new Background("suppressions", wakeUp, () -> workOnOne(TURN));

  /**
   * The jobs of a node; {@link #start} begins to work on them.
   *
   * @param node a name no other node has
   * @param chunk people looked at in one transaction, such as {@link #CHUNK}
   */
  public SuppressionJobs(
      Database db, String node, Registers registers, Profiles profiles, Group segments, int chunk) {
    this.db = db;
    this.node = node;
    this.registers = registers;
    this.profiles = profiles;
    this.lists = registers.lists().group();
    this.segments = segments;
    this.chunk = chunk;
    this.store = new SuppressionStore(db);
  }

  SuppressionStore store() {
    return store;
  }

  SuppressionJob begin(String account, Action action, Whom whom) {
    whom.list().ifPresent(id -> lists.check(account, id));
    whom.segment().ifPresent(id -> segments.check(account, id));
    var job =
        new SuppressionJob(
            account,
            registers.ids().ulid(),
            action,
            whom,
            "processing",
            total(account, whom),
            0,
            0,
            "",
            now(),
            Optional.empty());
    store.add(job);
    wakeUp.ring();
    return job;
  }

  private long total(String account, Whom whom) {
    return group(whom)
        .map(group ->
            db.sql("select count(*) as people from (" + group.all(":ids") + ") g")
                .bind("account", account)
                .array("ids", "text", ids(whom))
                .one(row -> row.number("people")))
        .orElse((long) whom.emails().size());
  }

  private Optional<Group> group(Whom whom) {
    return whom.list().map(_ -> lists).or(() -> whom.segment().map(_ -> segments));
  }

  private static List<String> ids(Whom whom) {
    return whom.list().or(whom::segment).stream().toList();
  }

  /** Forgets that a job was about somebody. */
  public static int forget(Tx tx, Erased person) {
    return SuppressionStore.forget(tx, person.account(), person.emails());
  }

  /** Begins to work in the background, until what is answered is closed. */
  public AutoCloseable start() {
    return background.start();
  }

  /**
   * Works on one job for some lots; false when none waits. A job that fails stays leased for a
   * while, so that it does not keep others waiting.
   */
  boolean workOnOne(int lots) {
    var taken = store.take(node, now(), LEASE);
    taken.ifPresent(job -> {
      boolean more = true;
      for (int lot = 0; lot < lots && more && !background.isStopping(); lot++) {
        more = db.transaction(Database.Repeat.SAFE, tx -> step(tx, job));
      }
      store.release(job, node, now());
    });
    return taken.isPresent();
  }

  private boolean step(Tx tx, SuppressionJob taken) {
    return SuppressionStore.hold(tx, taken, node)
        .map(job ->
            group(job.whom())
                .map(group -> members(tx, job, group))
                .orElseGet(() -> addressed(tx, job)))
        .orElse(false);
  }

  private boolean members(Tx tx, SuppressionJob job, Group group) {
    var next =
        tx.sql(group.page(":ids", ":after", ":most"))
            .bind("account", job.account())
            .array("ids", "text", ids(job.whom()))
            .bind("after", job.reached())
            .bind("most", chunk)
            .list(row -> row.text("profile_id"));
    if (next.isEmpty()) {
      SuppressionStore.finish(tx, job, now());
      return false;
    }
    var changed = apply(tx, job, next);
    var until = now().plus(LEASE);
    SuppressionStore.advance(tx, job, changed, next.size() - (long) changed, next.getLast(), until);
    return true;
  }

  private boolean addressed(Tx tx, SuppressionJob job) {
    var changed = apply(tx, job, people(tx, job));
    SuppressionStore.advance(
        tx, job, changed, job.whom().emails().size() - (long) changed, "", now());
    SuppressionStore.finish(tx, job, now());
    return false;
  }

  /** Whom the addresses belong to; who is to be suppressed need not be known before. */
  private Collection<String> people(Tx tx, SuppressionJob job) {
    var found = new TreeSet<String>();
    switch (job.action()) {
      case SUPPRESS ->
          registers
              .identities()
              .resolve(
                  tx,
                  job.account(),
                  job.whom().emails().stream().map(ProfilePart::ofEmail).toList())
              .forEach(one -> one.profileId().ifPresent(found::add));
      case UNSUPPRESS ->
          found.addAll(registers.identities().byEmail(tx, job.account(), job.whom().emails()));
    }
    return found;
  }

  private int apply(Tx tx, SuppressionJob job, Collection<String> people) {
    var there = new ArrayList<>(profiles.existing(tx, job.account(), people));
    Set<String> changed =
        switch (job.action()) {
          case SUPPRESS ->
              registers.consents().suppress(tx, job.account(), there, Reason.USER_SUPPRESSED);
          case UNSUPPRESS -> registers.consents().unsuppress(tx, job.account(), there);
        };
    return changed.size();
  }

  private Instant now() {
    return registers.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
