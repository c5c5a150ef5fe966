package carillon.platform.db;

import java.io.IOException;

/** The signals PostgreSQL listens to, which Java cannot send by itself. */
final class Signals {
  /** Ends all sessions and stops cleanly. */
  static final String FAST_SHUTDOWN = "INT";

  /** Stops at once; the next start replays the log. */
  static final String IMMEDIATE_SHUTDOWN = "QUIT";

  static void send(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid).start().waitFor();
    } catch (IOException e) {
      throw new EmbeddedPostgresFailure("cannot signal PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while stopping PostgreSQL", e);
    }
  }

  private Signals() {}
}
