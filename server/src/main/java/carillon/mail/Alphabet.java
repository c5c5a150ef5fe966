package carillon.mail;

/** A set of ASCII letters. Addresses and ids are looked through for every mail. */
final class Alphabet {

  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** What local parts and ids are made of. */
  static final Alphabet LOCAL = new Alphabet(ALPHANUMERIC + "!#$%&'*+/=?^_`{|}~.-");

  /** What domains are made of. */
  static final Alphabet DOMAIN = new Alphabet(ALPHANUMERIC + "._-");

  private final boolean[] members = new boolean[128];

  private Alphabet(String all) {
    all.chars().forEach(c -> members[c] = true);
  }

  /** Whether there are letters between two places of a text, and no others than these. */
  boolean make(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= members.length || !members[c]) {
        return false;
      }
    }
    return from < to;
  }
}
