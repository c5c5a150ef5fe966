package carillon.profiles;

import carillon.platform.db.Tx;
import java.time.Instant;

/** Wants to know of merges while they happen, in their transaction. */
@FunctionalInterface
public interface MergeListener {

  /**
   * A profile was merged into another.
   *
   * @param source no longer there
   * @param destination has all that was the source's
   */
  void merged(Tx tx, String account, String source, String destination, Instant at);
}
