package carillon.profiles;

import java.util.Comparator;

/**
 * Something that stands for one profile of an account.
 *
 * @param value in its stored form
 */
record Identifier(Kind kind, String value) implements Comparable<Identifier> {

  private static final Comparator<Identifier> ORDER =
      Comparator.comparing((Identifier one) -> one.kind().word()).thenComparing(Identifier::value);

  /** The kinds, by which also the attributes and columns are called. */
  enum Kind {
    EMAIL("email"),
    PHONE_NUMBER("phone_number"),
    EXTERNAL_ID("external_id"),
    ANONYMOUS_ID("anonymous_id"),
    /** The id of a profile, to be looked up among the living and those merged away. */
    PROFILE_ID("profile_id");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /** Whether it tells who somebody is, and not only which device or row. */
    boolean isPersonal() {
      return switch (this) {
        case EMAIL, PHONE_NUMBER, EXTERNAL_ID -> true;
        case ANONYMOUS_ID, PROFILE_ID -> false;
      };
    }

    static Kind of(String word) {
      for (var kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of identifier: " + word);
    }
  }

  static Identifier email(String address) {
    return new Identifier(Kind.EMAIL, address);
  }

  static Identifier profileId(String id) {
    return new Identifier(Kind.PROFILE_ID, id);
  }

  @Override
  public int compareTo(Identifier other) {
    return ORDER.compare(this, other);
  }
}
