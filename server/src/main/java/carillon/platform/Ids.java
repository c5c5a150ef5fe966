package carillon.platform;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of everything, in the forms clients know. Safe for any number of threads if the
 * source of randomness is, as SecureRandom is.
 */
public final class Ids {
  private static final String LETTERS_AND_DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SHORT_LENGTH = 6;
  private static final long LEAST_NUMBER = 100_000_000_000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final RandomGenerator random;
  private final Ulids ulids;

  /** Reads the time of ULIDs from {@code clock} and everything else from {@code random}. */
  public Ids(Clock clock, RandomGenerator random) {
    this.random = random;
    this.ulids = new Ulids(clock, random);
  }

  /** 26 characters that sort by time of making; those of one source strictly, even in one ms. */
  public String ulid() {
    return ulids.next();
  }

  /**
   * Six letters and digits, as lists and metrics have. One of 57 billion: the insert must be
   * prepared to meet a taken one.
   */
  public String shortId() {
    return lettersAndDigits(SHORT_LENGTH);
  }

  /** Twelve digits, the first not a zero. */
  public String numericId() {
    return Long.toString(random.nextLong(LEAST_NUMBER, 10 * LEAST_NUMBER));
  }

  /** A random UUID, version 4. */
  public UUID uuid() {
    long most = random.nextLong() & ~0xF000L | 0x4000L;
    return new UUID(most, random.nextLong() >>> 2 | VARIANT);
  }

  private String lettersAndDigits(int length) {
    var id = new char[length];
    for (int i = 0; i < length; i++) {
      id[i] = LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length()));
    }
    return new String(id);
  }
}
