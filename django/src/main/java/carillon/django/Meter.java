package carillon.django;

import carillon.django.TemplateLimitExceeded.Kind;

/**
 * Counts what a rendering uses.
 *
 * <p>Work is charged in units of some tens of nanoseconds, always in proportion to the size of what
 * is done; the clock is looked at once per slice of units. A slice counts for a bounded time, so
 * that a thread put aside by the machine is not mistaken for one that computes.
 */
final class Meter {

  private static final int SLICE = 256;
  private static final long LONGEST_SLICE_NANOS = 10_000_000;

  private final Limits limits;
  private final long timeNanos;
  private int unitsLeft = SLICE;
  private long lastLook = System.nanoTime();
  private long spentNanos;
  private long textLeft;
  private int iterationsLeft;

  Meter(Limits limits) {
    this.limits = limits;
    this.timeNanos = limits.time().toNanos();
    this.textLeft = limits.text();
    this.iterationsLeft = limits.iterations();
  }

  void work(int units) {
    unitsLeft -= units;
    if (unitsLeft < 0) {
      look();
    }
  }

  private void look() {
    var slices = 1 + -(unitsLeft / SLICE);
    unitsLeft = SLICE;
    var now = System.nanoTime();
    spentNanos += Math.min(now - lastLook, LONGEST_SLICE_NANOS * slices);
    lastLook = now;
    if (spentNanos > timeNanos) {
      throw new TemplateLimitExceeded(Kind.TIME);
    }
  }

  /** Charges text of this length that is about to be, or has just been, made. */
  void text(long length) {
    textLeft -= length;
    if (textLeft < 0) {
      throw new TemplateLimitExceeded(Kind.TEXT);
    }
    work(1 + (int) (length >> 5));
  }

  /** Refuses a text under way that is longer than could ever be put out. */
  void length(long length) {
    if (length > limits.output()) {
      throw new TemplateLimitExceeded(Kind.OUTPUT);
    }
  }

  void iteration() {
    if (--iterationsLeft < 0) {
      throw new TemplateLimitExceeded(Kind.ITERATIONS);
    }
    work(1);
  }

  void depth(int depth) {
    if (depth > limits.depth()) {
      throw new TemplateLimitExceeded(Kind.DEPTH);
    }
    work(1);
  }
}
