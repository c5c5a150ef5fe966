package carillon.platform.http;

import java.time.Duration;

/**
 * How fast bodies must come: at 16 KB a second at least once ten seconds have passed. There is only
 * room for so many large ones, which who sends slowly would keep from others.
 */
final class BodyPace {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long BYTES_A_SECOND = 16 * 1024;

  /** Whether so many bytes within so long are too few. */
  static boolean isTooSlow(Duration since, long bytes) {
    return since.minus(GRACE).toMillis() * BYTES_A_SECOND > bytes * 1000;
  }

  private BodyPace() {}
}
