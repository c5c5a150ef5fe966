package carillon.jsonapi;

import java.util.Set;

/**
 * Who asks: the account a key belongs to.
 *
 * @param account the public id of the account, six characters
 * @param key the last four characters of the private key, for consent records; empty for /client
 * @param scopes scopes granted, such as {@code lists:read}; {@link #EVERYTHING} grants all
 */
public record Caller(String account, String key, Set<String> scopes) {

  /** The scope of a full-access key. */
  public static final String EVERYTHING = "*";

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Whether the key carries the scope. */
  public boolean may(String scope) {
    return scopes.contains(EVERYTHING) || scopes.contains(scope);
  }
}
