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

  /** The same of a nameless visitor who turned out to be somebody known. */
  default void identified(Tx tx, String account, String visitor, String known, Instant at) {
    merged(tx, account, visitor, known, at);
  }

  /** Only told of merges that were asked for, not of visitors that were identified. */
  static MergeListener ofRequests(MergeListener listener) {
    return new MergeListener() {
      @Override
      public void merged(Tx tx, String account, String source, String destination, Instant at) {
        listener.merged(tx, account, source, destination, at);
      }

      @Override
      public void identified(Tx tx, String account, String visitor, String known, Instant at) {}
    };
  }
}
