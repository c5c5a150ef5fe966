package carillon.segments;

import java.time.Duration;

/**
 * How fast background work goes: in steps of about a tenth of a second, however long people take to
 * be looked at, with four times as much rest, so that it uses a fifth of a core.
 */
final class Pace {

  private static final int REST = 4;
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofMillis(150);
  private static final Duration FAST = Duration.ofMillis(50);
  private static final int FIRST = 1_000;
  private static final int FEWEST = 100;

  private final int most;
  private int people;

  /** Steps of at most so many people. */
  Pace(int most) {
    this.most = most;
    this.people = Math.min(FIRST, most);
  }

  /** How many people to look at next. */
  int people() {
    return people;
  }

  /** How long to rest after a step that took so long. */
  Duration rest(Duration step) {
    if (step.compareTo(SLOW) > 0) {
      people = Math.max(Math.min(FEWEST, most), people / 2);
    } else if (step.compareTo(FAST) < 0) {
      people = Math.min(most, people * 2);
    }
    var rest = step.multipliedBy(REST);
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }
}
