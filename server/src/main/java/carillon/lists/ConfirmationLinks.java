package carillon.lists;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Links to confirm a subscription by: nobody can make one up, and none is good for ever. */
final class ConfirmationLinks {

  static final String PATH = "/confirm/";

  private static final int SEAL = 16;

  private final String url;
  private final SecretKeySpec key;

  ConfirmationLinks(String url, byte[] secret) {
    this.url = url;
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** The subscription a link stands for. */
  record Target(String account, String id) {}

  String to(Target target, Instant expires) {
    var text = target.account() + "." + target.id() + "." + expires.getEpochSecond();
    var payload = text.getBytes(StandardCharsets.US_ASCII);
    var token = Arrays.copyOf(seal(payload), SEAL + payload.length);
    System.arraycopy(payload, 0, token, SEAL, payload.length);
    return url + PATH + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** What the path of a link stands for; empty when it was not made here, or has expired. */
  Optional<Target> open(String path, Instant now) {
    var bytes = decoded(path.substring(PATH.length()));
    if (bytes.length <= SEAL) {
      return Optional.empty();
    }
    var payload = Arrays.copyOfRange(bytes, SEAL, bytes.length);
    if (!MessageDigest.isEqual(Arrays.copyOf(bytes, SEAL), seal(payload))) {
      return Optional.empty();
    }
    var parts = new String(payload, StandardCharsets.US_ASCII).split("\\.");
    return Instant.ofEpochSecond(Long.parseLong(parts[2])).isBefore(now)
        ? Optional.empty()
        : Optional.of(new Target(parts[0], parts[1]));
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private byte[] seal(byte[] payload) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update("confirm:".getBytes(StandardCharsets.US_ASCII));
      return Arrays.copyOf(mac.doFinal(payload), SEAL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
