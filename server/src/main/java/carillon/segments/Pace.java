package carillon.segments;

import java.time.Duration;

/**
 * How fast background work goes: in steps of about half a second, with rest between: four times as
 * much, and it uses a fifth of a core. Steps have thousands of people, for looking at a few costs
 * nearly as much when the database goes through all events of a metric for them.
 */
final class Pace {

  /** How many times as long as it worked it rests beside other work. */
  static final int BESIDE_OTHERS = 4;

  private static final Duration LONGEST_REST = Duration.ofSeconds(10);
  private static final Duration SLOW = Duration.ofMillis(800);
  private static final Duration FAST = Duration.ofMillis(200);
  private static final int FEWEST = 5_000;

  private final int most;
  private final int rest;
  private int people;

  /**
   * A pace.
   *
   * @param most people in a step
   * @param rest how many times as long as a step is rested
   */
  Pace(int most, int rest) {
    this.most = most;
    this.rest = rest;
    this.people = Math.min(FEWEST, most);
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
    var resting = step.multipliedBy(rest);
    return resting.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : resting;
  }
}
