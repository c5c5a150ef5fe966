package carillon.platform.db;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Runs a transaction again when another one got in its way. */
final class Conflicts {
  private static final int ATTEMPTS = 5;
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);

  static <T> T retrying(Supplier<T> transaction) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return transaction.get();
      } catch (TransactionConflict conflict) {
        pause(attempt, conflict);
      }
    }
    return transaction.get();
  }

  /** Waits longer each time, and not as long as the opponent, so that they do not meet again. */
  private static void pause(int attempt, TransactionConflict conflict) {
    long shortest = SHORTEST_WAIT.toMillis() << attempt;
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(shortest, 2 * shortest));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw conflict;
    }
  }

  private Conflicts() {}
}
