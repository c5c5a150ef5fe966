package carillon.platform.work;

/** The lane belongs to another node by now; what was done must not be committed. */
public final class LeaseLost extends RuntimeException {

  private static final long serialVersionUID = 1;

  LeaseLost(String queue, int lane) {
    super("lane " + lane + " of " + queue + " is no longer leased by this node");
  }
}
