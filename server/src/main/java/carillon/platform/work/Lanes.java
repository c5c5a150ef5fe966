package carillon.platform.work;

/** The lanes work about people moves in. */
public final class Lanes {

  /** How many there are. */
  public static final int COUNT = 256;

  private static final int SHARING = 8;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** The lane of a profile, from 0 to 255: the last eight bits of its ULID. */
  public static int of(String profileId) {
    var end = profileId.length();
    return (ALPHABET.indexOf(profileId.charAt(end - 2)) & 7) * 32
        + ALPHABET.indexOf(profileId.charAt(end - 1));
  }

  /**
   * The lane that news about a profile goes in: eight neighbours share the first of them, so that
   * the news of a batch of events is few rows.
   */
  public static int ofNews(String profileId) {
    return of(profileId) & -SHARING;
  }

  /**
   * Stands for all whose news goes in the same lane as that of a profile, in news about several of
   * them; nobody has this id.
   */
  public static String everybody(String profileId) {
    var lane = ofNews(profileId);
    return "0".repeat(24) + ALPHABET.charAt(lane / 32) + ALPHABET.charAt(lane % 32);
  }

  /** The same as an SQL expression over a column that holds a profile id. */
  public static String sql(String column) {
    return "(((strpos('%1$s', substr(%2$s, 25, 1)) - 1) & 7) * 32 + strpos('%1$s', substr(%2$s, 26, 1)) - 1)::smallint"
        .formatted(ALPHABET, column);
  }

  private Lanes() {}
}
