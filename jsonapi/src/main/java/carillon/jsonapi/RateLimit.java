package carillon.jsonapi;

/**
 * How often an operation may be called by one account: fixed windows of a second, a minute and, for
 * some, a day. The tiers are those published for the revision.
 *
 * @param burst calls per second
 * @param steady calls per minute
 * @param daily calls per day; 0 when there is no such window
 */
public record RateLimit(int burst, int steady, int daily) {
  public static final RateLimit XS = new RateLimit(1, 15, 0);
  public static final RateLimit S = new RateLimit(3, 60, 0);
  public static final RateLimit M = new RateLimit(10, 150, 0);
  public static final RateLimit L = new RateLimit(75, 750, 0);
  public static final RateLimit XL = new RateLimit(350, 3500, 0);

  /** The limit of the report operations. */
  public static final RateLimit REPORT = new RateLimit(1, 2, 225);

  /** The same limit with a daily window. */
  public RateLimit daily(int calls) {
    return new RateLimit(burst, steady, calls);
  }

  /** The limit times a factor, at least one call per window. */
  RateLimit times(double factor) {
    return new RateLimit(scaled(burst, factor), scaled(steady, factor), scaled(daily, factor));
  }

  private static int scaled(int calls, double factor) {
    return calls == 0 ? 0 : Math.clamp(Math.round(calls * factor), 1, Integer.MAX_VALUE);
  }
}
