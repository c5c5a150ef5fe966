package carillon.platform.work;

import carillon.platform.db.Tx;

/** A lane that this node leases, while a batch of it is worked on. */
public final class Lane {

  private final int number;
  private final LaneLeases leases;

  Lane(int number, LaneLeases leases) {
    this.number = number;
    this.leases = leases;
  }

  /** From 0 to 255. */
  public int number() {
    return number;
  }

  /** Who leases it: this node, under a name of its own. */
  public String holder() {
    return leases.holder();
  }

  /** Whether the lease still runs, by the clock of this machine. */
  public boolean held() {
    return leases.holds(number);
  }

  /**
   * Makes sure, as the last thing before a commit, that nobody took the lane over; until the commit
   * nobody can.
   *
   * @throws LeaseLost when somebody did, to roll the transaction back
   */
  public void confirm(Tx tx) {
    leases.confirm(tx, number);
  }
}
