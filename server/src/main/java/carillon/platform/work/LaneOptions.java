package carillon.platform.work;

import java.time.Duration;

/**
 * How lanes are worked.
 *
 * @param lease how long a lane stays with a node that says nothing more; a killed node's lanes are
 *     taken over after at most 4/3 of it
 * @param workers sets of lanes worked on at once by this node
 * @param busyPoll how soon to look again while there is work
 * @param idlePoll how soon to look again when there has been none for a while
 * @param gather how long to let work gather after a round that found some, so that one transaction
 *     does much of it
 * @param rest how many times as long as a batch took a worker rests after it when it left more to
 *     do, at most 300 ms: what is left for other work when there is more to do than can be done
 */
public record LaneOptions(
    Duration lease, int workers, Duration busyPoll, Duration idlePoll, Duration gather, int rest) {

  /** Leases of 12 s, 4 sets of lanes at once, looks every 20 ms to 1 s. */
  public static final LaneOptions STANDARD =
      new LaneOptions(
          Duration.ofSeconds(12),
          4,
          Duration.ofMillis(20),
          Duration.ofSeconds(1),
          Duration.ZERO,
          0);

  /** The same with another lease. */
  public LaneOptions withLease(Duration other) {
    return new LaneOptions(other, workers, busyPoll, idlePoll, gather, rest);
  }

  /** The same with another number of workers. */
  public LaneOptions withWorkers(int count) {
    return new LaneOptions(lease, count, busyPoll, idlePoll, gather, rest);
  }

  /** The same, letting work gather between rounds. */
  public LaneOptions gathering(Duration time) {
    return new LaneOptions(lease, workers, busyPoll, idlePoll, time, rest);
  }

  /** The same, resting between batches. */
  public LaneOptions resting(int times) {
    return new LaneOptions(lease, workers, busyPoll, idlePoll, gather, times);
  }
}
