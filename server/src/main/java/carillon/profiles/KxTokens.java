package carillon.profiles;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Exchange tokens: a profile's id in a form that may stand in links, because it cannot be guessed
 * from another. They are derived, so nothing is stored, and they are valid for ever.
 */
public final class KxTokens {

  private static final int ID_LENGTH = 26;
  private static final int SEAL_LENGTH = 10;

  private final SecretKeySpec key;

  public KxTokens(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** The token of a profile. */
  public String of(String account, String profileId) {
    var id = profileId.getBytes(StandardCharsets.US_ASCII);
    var token = Arrays.copyOf(id, ID_LENGTH + SEAL_LENGTH);
    System.arraycopy(seal(account, id), 0, token, ID_LENGTH, SEAL_LENGTH);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The profile id in a token; empty when the account never gave it out. */
  public Optional<String> profileId(String account, String token) {
    var bytes = decoded(token);
    if (bytes.length != ID_LENGTH + SEAL_LENGTH) {
      return Optional.empty();
    }
    var id = Arrays.copyOf(bytes, ID_LENGTH);
    var seal = Arrays.copyOfRange(bytes, ID_LENGTH, bytes.length);
    return MessageDigest.isEqual(seal, seal(account, id))
        ? Optional.of(new String(id, StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private byte[] seal(String account, byte[] id) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(("kx:" + account + ":").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(id), SEAL_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
