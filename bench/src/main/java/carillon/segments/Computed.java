package carillon.segments;

import carillon.platform.db.Database;
import carillon.platform.work.Outbox;
import carillon.platform.work.WakeUp;
import java.time.Clock;

/** Lets benchmarks have segments computed without the rests that the server takes. */
public final class Computed {

  /** Computes all there is to compute, beside the server. */
  public static void now(Database db) {
    var clock = Clock.systemUTC();
    var computation =
        new Computation(
            db, clock, new Outbox(clock), "bench", new Pace(Segments.CHUNK, 0), new WakeUp());
    boolean more;
    do {
      more = computation.work();
    } while (more);
  }

  private Computed() {}
}
