package carillon.events;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What an event is found by: its public id says all of it, so that ids need no index.
 *
 * @param at in whole seconds
 * @param seq a number no other event has; within a second later events have greater ones
 */
public record EventKey(String profile, Instant at, long seq) {

  private static final String ULID_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int ULID_LENGTH = 26;
  private static final byte FORM = 1;
  private static final int BYTES = 30;
  private static final int CHARACTERS = 40;
  private static final long LAST_SECOND = 0xFF_FFFF_FFFFL;
  private static final long GREGORIAN_SECONDS = 12_219_292_800L;
  private static final long TICKS = 10_000_000;

  /**
   * 40 url-safe characters: one byte for the form, 16 for the ULID, 5 for the second, 8 for seq.
   */
  public String id() {
    var bytes = ByteBuffer.allocate(BYTES).put(FORM);
    putUlid(bytes);
    var second = at.getEpochSecond();
    bytes.put((byte) (second >>> 32)).putInt((int) second).putLong(seq);
    return Base64.getUrlEncoder().encodeToString(bytes.array());
  }

  private void putUlid(ByteBuffer bytes) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < ULID_LENGTH; i++) {
      high = high << 5 | low >>> 59;
      low = low << 5 | ULID_DIGITS.indexOf(profile.charAt(i));
    }
    bytes.putLong(high).putLong(low);
  }

  /** The key in an id; empty when the text is no event id. */
  public static Optional<EventKey> parse(String id) {
    if (id.length() != CHARACTERS) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id));
      if (bytes.get() != FORM) {
        return Optional.empty();
      }
      var profile = ulid(bytes.getLong(), bytes.getLong());
      var second = (bytes.get() & 0xFFL) << 32 | bytes.getInt() & 0xFFFF_FFFFL;
      var key = new EventKey(profile, Instant.ofEpochSecond(second), bytes.getLong());
      return Optional.of(key).filter(one -> one.seq() >= 0 && second < LAST_SECOND / 4);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String ulid(long high, long low) {
    var text = new char[ULID_LENGTH];
    for (int i = ULID_LENGTH - 1; i >= 0; i--) {
      text[i] = ULID_DIGITS.charAt((int) (low & 31));
      low = low >>> 5 | high << 59;
      high >>>= 5;
    }
    return new String(text);
  }

  /** A UUID of version 1 that is always the same for the same event. */
  public UUID uuid() {
    long ticks = (at.getEpochSecond() + GREGORIAN_SECONDS) * TICKS + Math.floorMod(seq, TICKS);
    long most = ticks << 32 | (ticks >>> 32 & 0xFFFF) << 16 | 0x1000 | ticks >>> 48 & 0x0FFF;
    long node = mixed(seq * 31 + profile.hashCode());
    return new UUID(most, node >>> 2 | 0x8000_0100_0000_0000L);
  }

  private static long mixed(long bits) {
    long once = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
    long twice = (once ^ once >>> 33) * 0xC4CEB9FE1A85EC53L;
    return twice ^ twice >>> 33;
  }
}
