package carillon.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links in mails that lead back here. A token says which message it stands in and, for a click,
 * where to go on to; it is signed, so that nobody can make one or change one.
 */
final class TrackingLinks {

  /** What a link is for; a token of one kind is no token of another. */
  enum Kind {
    OPEN("o", ".gif"),
    CLICK("c", ""),
    UNSUBSCRIBE("u", ""),
    WEB_VIEW("w", ""),
    PREFERENCES("p", "");

    private final String letter;
    private final String ending;

    Kind(String letter, String ending) {
      this.letter = letter;
      this.ending = ending;
    }

    /** The path below which all links of the kind stand. */
    String path() {
      return "/t/" + letter + "/";
    }
  }

  /** What a token says; the target is empty unless it is a click. */
  record Token(MessageRef message, String target) {}

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE = 16;
  private static final int LONGEST = 16_000;
  private static final char SEPARATOR = 0x1F;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final String base;
  private final Mac signer;

  /**
   * Makes and reads links.
   *
   * @param base the public address of this server, without a slash at the end
   */
  TrackingLinks(String base, byte[] secret) {
    this.base = base;
    var derived = keyed(secret).doFinal("links in mails".getBytes(StandardCharsets.UTF_8));
    this.signer = keyed(derived);
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

  String open(MessageRef message) {
    return link(Kind.OPEN, message, "");
  }

  String click(MessageRef message, String target) {
    return link(Kind.CLICK, message, target);
  }

  String unsubscribe(MessageRef message) {
    return link(Kind.UNSUBSCRIBE, message, "");
  }

  String webView(MessageRef message) {
    return link(Kind.WEB_VIEW, message, "");
  }

  String preferences(MessageRef message) {
    return link(Kind.PREFERENCES, message, "");
  }

  /** Whether a link leads to this server already. */
  boolean isOwn(String url) {
    return url.startsWith(base + "/t/");
  }

  /** What the token in a path says; empty when it is not one of ours. */
  Optional<Token> read(Kind kind, String path) {
    if (!path.startsWith(kind.path())
        || !path.endsWith(kind.ending)
        || path.length() > LONGEST
        || path.length() < kind.path().length() + kind.ending.length()) {
      return Optional.empty();
    }
    var text = path.substring(kind.path().length(), path.length() - kind.ending.length());
    return decoded(text)
        .filter(bytes -> bytes.length > SIGNATURE)
        .flatMap(bytes -> {
          var signature = Arrays.copyOf(bytes, SIGNATURE);
          var content = Arrays.copyOfRange(bytes, SIGNATURE, bytes.length);
          return MessageDigest.isEqual(signature, sign(kind, content))
              ? Optional.of(token(content))
              : Optional.empty();
        });
  }

  private String link(Kind kind, MessageRef message, String target) {
    var content =
        (message.account()
                + SEPARATOR
                + message.profile()
                + SEPARATOR
                + message.source()
                + SEPARATOR
                + target)
            .getBytes(StandardCharsets.UTF_8);
    var token = Arrays.copyOf(sign(kind, content), SIGNATURE + content.length);
    System.arraycopy(content, 0, token, SIGNATURE, content.length);
    return base + kind.path() + ENCODER.encodeToString(token) + kind.ending;
  }

  private byte[] sign(Kind kind, byte[] content) {
    var mac = copy();
    mac.update((byte) kind.letter.charAt(0));
    return Arrays.copyOf(mac.doFinal(content), SIGNATURE);
  }

  private Mac copy() {
    try {
      return (Mac) signer.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(DECODER.decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Token token(byte[] content) {
    var parts = new String(content, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), 4);
    return new Token(new MessageRef(parts[0], parts[1], parts[2]), parts[3]);
  }
}
