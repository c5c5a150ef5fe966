package carillon.django;

import java.time.Duration;

/**
 * What one rendering may use.
 *
 * @param time computing time; pauses of the machine count for little
 * @param output characters of the result
 * @param text characters made by filters and captured blocks, thrown away or not
 * @param iterations rounds of all loops together
 * @param depth levels of values within values that are printed, compared or written as JSON
 */
public record Limits(Duration time, int output, long text, int iterations, int depth) {

  /** 200 ms, 2 million characters of output, 16 million in between, 100,000 rounds, 60 levels. */
  public static final Limits STANDARD =
      new Limits(Duration.ofMillis(200), 2_000_000, 16_000_000, 100_000, 60);

  public Limits withTime(Duration time) {
    return new Limits(time, output, text, iterations, depth);
  }

  public Limits withOutput(int output) {
    return new Limits(time, output, text, iterations, depth);
  }

  public Limits withText(long text) {
    return new Limits(time, output, text, iterations, depth);
  }

  public Limits withIterations(int iterations) {
    return new Limits(time, output, text, iterations, depth);
  }
}
