package carillon.mail;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A private key and how DKIM calls and uses its kind. */
record DkimKey(String algorithm, String signer, boolean hashesFirst, PrivateKey key) {
  private static final int SHORTEST_RSA = 1024;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
  // version 0, AlgorithmIdentifier rsaEncryption with NULL parameters
  private static final byte[] RSA_PREFIX =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  static DkimKey of(String pem) {
    var found = PEM.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "no private key: expected PEM with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY");
    }
    var der = decode(found.group(2));
    return read(new PKCS8EncodedKeySpec(found.group(1) == null ? der : wrapped(der)));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the private key is not valid base64", e);
    }
  }

  private static DkimKey read(PKCS8EncodedKeySpec spec) {
    try {
      return rsa((RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
    } catch (InvalidKeySpecException _) {
      return ed25519(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is missing from this Java", e);
    }
  }

  private static DkimKey rsa(RSAPrivateKey key) {
    if (key.getModulus().bitLength() < SHORTEST_RSA) {
      throw new IllegalArgumentException("an RSA key for DKIM needs at least 1024 bits");
    }
    return new DkimKey("rsa-sha256", "SHA256withRSA", false, key);
  }

  private static DkimKey ed25519(PKCS8EncodedKeySpec spec) {
    try {
      var key = KeyFactory.getInstance("Ed25519").generatePrivate(spec);
      return new DkimKey("ed25519-sha256", "Ed25519", true, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the private key is neither RSA nor Ed25519", e);
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    var inner = new ByteBuilder(pkcs1.length + 64).put(RSA_PREFIX);
    element(OCTETS, pkcs1, inner);
    var outer = new ByteBuilder(pkcs1.length + 64);
    element(SEQUENCE, inner.toByteArray(), outer);
    return outer.toByteArray();
  }

  private static void element(int tag, byte[] content, ByteBuilder out) {
    out.put(tag);
    if (content.length < 128) {
      out.put(content.length);
    } else {
      out.put(0x82).put(content.length >> 8).put(content.length);
    }
    out.put(content);
  }

  @Override
  public String toString() {
    return algorithm;
  }
}
