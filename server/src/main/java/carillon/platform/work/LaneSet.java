package carillon.platform.work;

import carillon.platform.db.Tx;
import java.util.List;
import java.util.Set;

/**
 * Lanes that this node leases, while a batch of them is worked on together: one transaction over
 * many lanes costs little more than one over a single lane.
 */
public final class LaneSet {

  private final List<Integer> numbers;
  private final LaneLeases leases;

  LaneSet(List<Integer> numbers, LaneLeases leases) {
    this.numbers = List.copyOf(numbers);
    this.leases = leases;
  }

  /** Each from 0 to 255; at least one. */
  public List<Integer> numbers() {
    return numbers;
  }

  /** The same as PostgreSQL's smallint. */
  public List<Short> shorts() {
    return numbers.stream().map(Integer::shortValue).toList();
  }

  /** How many rows to take of each lane, so that a batch over all has about this many. */
  public int each(int batch) {
    return Math.ceilDiv(batch, numbers.size());
  }

  /** Who leases them: this node, under a name of its own. */
  public String holder() {
    return leases.holder();
  }

  /** Whether the lease of a lane still runs, by the clock of this machine. */
  public boolean held(int lane) {
    return leases.holds(lane);
  }

  /** Whether all leases still run. */
  public boolean held() {
    return numbers.stream().allMatch(leases::holds);
  }

  /** Each lane on its own. */
  public List<LaneSet> apart() {
    return numbers.stream().map(lane -> new LaneSet(List.of(lane), leases)).toList();
  }

  /** The lanes that are still ours; nobody can take these over until the transaction ends. */
  public Set<Integer> keep(Tx tx) {
    return leases.keep(tx, numbers);
  }

  /**
   * Makes sure that nobody took a lane over; until the transaction ends nobody can.
   *
   * @throws LeaseLost when somebody did, to roll the transaction back
   */
  public void confirm(Tx tx) {
    var kept = keep(tx);
    for (var lane : numbers) {
      if (!kept.contains(lane)) {
        throw new LeaseLost(leases.queue(), lane);
      }
    }
  }
}
