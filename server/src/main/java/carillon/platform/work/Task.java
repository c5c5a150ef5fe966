package carillon.platform.work;

/** Something to be done in the background, on any node and any number of times. */
@FunctionalInterface
public interface Task {

  /** Does the next of it; false when there is nothing to do now. */
  boolean attempt();
}
