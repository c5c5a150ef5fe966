package carillon.platform;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * 48 bits of milliseconds and 80 random bits in Crockford's base 32. Within a millisecond, or while
 * the clock stands behind, the random bits of the last one are counted up by a random step.
 */
final class Ulids {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int HIGH_BITS = 16;
  private static final long LARGEST_STEP = 0xFFFF_FFFFL;

  private final Clock clock;
  private final RandomGenerator random;
  private long millis = Long.MIN_VALUE;
  private int high;
  private long low;

  Ulids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  synchronized String next() {
    long now = clock.millis();
    if (now > millis) {
      begin(now);
    } else {
      step();
    }
    return text();
  }

  private void begin(long now) {
    millis = now;
    high = random.nextInt(1 << HIGH_BITS);
    low = random.nextLong();
  }

  private void step() {
    long before = low;
    low += 1 + (random.nextInt() & LARGEST_STEP);
    if (Long.compareUnsigned(low, before) < 0) {
      high++;
    }
    if (high == 1 << HIGH_BITS) {
      begin(millis + 1);
    }
  }

  /** The value is read in groups of five bits from the right: 40 bits of low, 40 bits across. */
  private String text() {
    var text = new char[26];
    digits(text, 0, 10, millis);
    digits(text, 10, 8, (long) high << 24 | low >>> 40);
    digits(text, 18, 8, low & 0xFF_FFFF_FFFFL);
    return new String(text);
  }

  private static void digits(char[] text, int from, int count, long value) {
    long rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
