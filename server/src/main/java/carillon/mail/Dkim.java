package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A signing key of a domain (RFC 6376 and 8463), relaxed canonicalisation of header and body. The
 * public key belongs into the DNS at {@code <selector>._domainkey.<domain>}.
 */
public final class Dkim {
  private static final Set<String> SIGNED =
      Set.of(
          "from",
          "to",
          "cc",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "in-reply-to",
          "references",
          "list-id",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "feedback-id",
          "mime-version",
          "content-type",
          "content-transfer-encoding");
  // Named once more than they occur: a copy added on the way breaks the signature.
  private static final List<String> SEALED = List.of("from", "to", "reply-to", "subject");
  private static final int WIDEST = 72;
  private final String domain;
  private final String selector;
  private final DkimKey key;

  private Dkim(String domain, String selector, DkimKey key) {
    this.domain = domain;
    this.selector = selector;
    this.key = key;
  }

  /**
   * {@code pem} is an RSA or Ed25519 private key in PKCS#8 ({@code BEGIN PRIVATE KEY}) or an RSA
   * key in PKCS#1 ({@code BEGIN RSA PRIVATE KEY}). Fails with {@link IllegalArgumentException} when
   * it is neither, or RSA below 1024 bits.
   */
  public static Dkim of(String domain, String selector, String pem) {
    return new Dkim(Address.asciiDomain(domain), Address.asciiDomain(selector), DkimKey.of(pem));
  }

  /** The DKIM-Signature header, its line end included, to stand before the message. */
  byte[] sign(RawMessage message, Instant at) {
    var fields = Canonical.fields(message);
    var signed = fields.stream().filter(field -> SIGNED.contains(field.name())).toList().reversed();
    var unsigned = header(signed, Canonical.bodyHash(message), at);
    var input = new StringBuilder();
    signed.forEach(field -> input.append(field.line()).append("\r\n"));
    input.append(Canonical.field(unsigned).line());
    var signature = signature(input.toString().getBytes(StandardCharsets.UTF_8));
    return (unsigned + folded(signature) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  // Fields are listed last first: where a name occurs twice, verifiers count from the bottom.
  private String header(List<Canonical.Field> signed, byte[] bodyHash, Instant at) {
    var names = new ArrayList<>(signed.stream().map(Canonical.Field::name).toList());
    names.addAll(SEALED);
    return "DKIM-Signature: v=1; a=%s; c=relaxed/relaxed; d=%s;\r\n s=%s; t=%d;\r\n h=%s;\r\n bh=%s;\r\n b="
        .formatted(
            key.algorithm(),
            domain,
            selector,
            at.getEpochSecond(),
            String.join(":\r\n  ", lines(names)),
            Base64.getEncoder().encodeToString(bodyHash));
  }

  private static List<String> lines(List<String> names) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var name : names) {
      if (line.length() + name.length() > WIDEST) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : ":").append(name);
    }
    lines.add(line.toString());
    return lines;
  }

  private byte[] signature(byte[] header) {
    try {
      var signer = Signature.getInstance(key.signer());
      signer.initSign(key.key());
      signer.update(key.hashesFirst() ? Canonical.sha256(header) : header);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked key does not sign", e);
    }
  }

  private static String folded(byte[] signature) {
    var text = Base64.getEncoder().encodeToString(signature);
    var folded = new StringBuilder(text);
    for (int at = (text.length() - 1) / WIDEST * WIDEST; at > 0; at -= WIDEST) {
      folded.insert(at, "\r\n ");
    }
    return folded.toString();
  }
}
