package carillon.jsonapi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns cursors into opaque tokens that cannot be changed or carried to another collection. */
final class CursorCodec {

  private static final int SEAL = 9;

  private final SecretKeySpec key;

  CursorCodec(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** A token good only for the given place: account, path and sort. */
  String seal(Cursor cursor, String place) {
    var payload =
        Json.MAPPER
            .createArrayNode()
            .add(cursor.forward())
            .add(cursor.key().orElse(null))
            .add(cursor.id())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    var token = Arrays.copyOf(mac(payload, place), SEAL + payload.length);
    System.arraycopy(payload, 0, token, SEAL, payload.length);
    return encode(token);
  }

  /** The cursor in a token; empty when it was not sealed here for this place. */
  Optional<Cursor> open(String token, String place) {
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length <= SEAL || !encode(bytes).equals(token)) {
        return Optional.empty();
      }
      var payload = Arrays.copyOfRange(bytes, SEAL, bytes.length);
      if (!MessageDigest.isEqual(Arrays.copyOf(bytes, SEAL), mac(payload, place))) {
        return Optional.empty();
      }
      var parts = Json.read(new String(payload, StandardCharsets.UTF_8));
      return Optional.of(
          new Cursor(
              parts.get(0).booleanValue(),
              parts.get(1).stringValueOpt(),
              parts.get(2).stringValue()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] mac(byte[] payload, String place) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(place.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(payload), SEAL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
