package carillon.jsonapi;

import java.util.Set;

/**
 * Who asks: the account a key belongs to.
 *
 * @param account the public id of the account, six characters
 * @param key the last four characters of the private key, for consent records; empty for /client
 * @param scopes scopes granted, such as {@code lists:read}; {@link #EVERYTHING} grants all
 * @param restraint what the key may not do although its scopes reach it
 */
public record Caller(String account, String key, Set<String> scopes, Restraint restraint) {

  /** The scope of a full-access key. */
  public static final String EVERYTHING = "*";

  /** What a key may not do although its scopes reach it. */
  public enum Restraint {
    NONE,
    /** Nothing that reaches people, unless somebody has counted them. */
    UNCOUNTED_SENDS,
    /** Nothing that changes anything. */
    WRITES
  }

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** A caller without restraint. */
  public Caller(String account, String key, Set<String> scopes) {
    this(account, key, scopes, Restraint.NONE);
  }

  /** Whether the key carries the scope. */
  public boolean may(String scope) {
    return scopes.contains(EVERYTHING) || scopes.contains(scope);
  }
}
