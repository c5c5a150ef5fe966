package carillon.testing;

import carillon.platform.Ids;
import java.time.Clock;
import java.util.Random;

/** Ids that come out the same in every run. */
public final class SeededIds {

  /** The same seed and clock give the same ids in the same order. */
  public static Ids of(long seed, Clock clock) {
    return new Ids(clock, new Random(seed));
  }

  private SeededIds() {}
}
