package carillon.profiles;

import carillon.platform.db.Tx;

/**
 * A feature that keeps something of people elsewhere than in rows with their profile's id, or keeps
 * such rows in a form that says nothing of them.
 */
@FunctionalInterface
public interface Forgetting {

  /**
   * Forgets as much as fits a short transaction. Called until nothing is left, and again some
   * minutes later for what was under way.
   *
   * @return how much was forgotten; 0 when nothing is left
   */
  int forget(Tx tx, Erased person);
}
