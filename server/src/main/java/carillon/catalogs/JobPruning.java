package carillon.catalogs;

import carillon.platform.work.Background;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes jobs that have expired. */
final class JobPruning implements Background.Task {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Clock clock;
  private final JobStore jobs;
  private Instant next = Instant.MIN;

  JobPruning(Clock clock, JobStore jobs) {
    this.clock = clock;
    this.jobs = jobs;
  }

  @Override
  public boolean attempt() {
    var now = clock.instant();
    if (!now.isBefore(next)) {
      next = now.plus(BETWEEN);
      jobs.prune();
    }
    return false;
  }
}
