package carillon.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads the marks of messages: profile, source and a short signature, in letters, digits
 * and hyphens. 40 bits are what 64 characters before an at sign leave for it; they can only be
 * guessed at by asking this server. Mail servers may lower the case of addresses, so it does not
 * count.
 */
final class Marks {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int SIGNATURE = 8;
  private static final int ULID = 26;
  private static final Pattern MARK =
      Pattern.compile("([0-9A-Za-z]{1,26})-([0-9A-Za-z]{1,26})-([A-Za-z2-7]{8})");

  private final Mac signer;

  Marks(byte[] secret) {
    this.signer =
        keyed(keyed(secret).doFinal("marks of messages".getBytes(StandardCharsets.UTF_8)));
  }

  private static Mac keyed(byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  String of(MessageRef message) {
    var content = message.profile() + "-" + message.source();
    return content + "-" + sign(content);
  }

  /** Empty when it is not a mark, or not one of ours. */
  Optional<Mark> read(String text) {
    var matcher = MARK.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var signed = sign(matcher.group(1) + "-" + matcher.group(2));
    return same(signed, matcher.group(3).toLowerCase(Locale.ROOT))
        ? Optional.of(new Mark(id(matcher.group(1)), id(matcher.group(2))))
        : Optional.empty();
  }

  private static String id(String text) {
    return text.length() == ULID ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private String sign(String content) {
    var mac = copy();
    var bytes = content.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    var bits = ByteBuffer.wrap(mac.doFinal(bytes)).getLong();
    var text = new StringBuilder(SIGNATURE);
    for (int i = 0; i < SIGNATURE; i++) {
      text.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
    }
    return text.toString();
  }

  private Mac copy() {
    try {
      return (Mac) signer.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
