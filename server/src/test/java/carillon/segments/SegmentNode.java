package carillon.segments;

import carillon.accounts.Accounts;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.LaneOptions;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxSubscriber;
import carillon.platform.work.OutboxWorkers;
import carillon.platform.work.WakeUp;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.tags.Tags;
import carillon.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node that works on segments only, a few people at a time. */
final class SegmentNode implements AutoCloseable {

  private static final int CHUNK = 7;

  private final String name;
  private final Database db;
  private final TestClock clock;
  private final Outbox outbox;
  private final Segments segments;
  private final OutboxWorkers workers;
  private final List<AutoCloseable> parts = new ArrayList<>();

  SegmentNode(String name, Database db, TestClock clock, OutboxSubscriber listener) {
    this.name = name;
    this.db = db;
    this.clock = clock;
    this.outbox = new Outbox(clock);
    var ids = new Ids(clock, new SecureRandom());
    segments =
        new Segments(
            new Segments.Ground(db, clock, ids, name, PostalCodes.bundled()),
            new Segments.Partners(
                new Accounts(db, clock, ids, List.of()),
                new Tags(db, clock, ids, Map.of()),
                new Identities(clock, ids, outbox, new KxTokens(new byte[32])),
                outbox),
            CHUNK);
    workers =
        new OutboxWorkers(
            db,
            clock,
            outbox,
            List.of(segments.subscriber(), listener),
            LaneOptions.STANDARD.withLease(Duration.ofSeconds(2)),
            name,
            new SimpleMeterRegistry());
  }

  /** Does everything, in the background. */
  void start() {
    parts.add(segments.start());
    passOn();
  }

  /** Passes news on in the background. */
  void passOn() {
    parts.add(workers.start());
  }

  /** Computes all there is to compute, now. */
  void compute() {
    var computation = new Computation(db, clock, outbox, name, new Pace(CHUNK, 0), new WakeUp());
    var more = true;
    while (more) {
      more = computation.work();
    }
  }

  @Override
  public void close() {
    for (var part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    db.close();
  }
}
