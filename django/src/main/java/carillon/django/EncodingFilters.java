package carillon.django;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Filters that write text in another alphabet. */
final class EncodingFilters {

  private EncodingFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .plain("base64_encode", text -> Base64.getEncoder().encodeToString(bytes(text)))
        .plain("base64_decode", text -> decode(text, Base64.getMimeDecoder()))
        .plain("base64_url_safe_encode", text -> Base64.getUrlEncoder().encodeToString(bytes(text)))
        .plain("base64_url_safe_decode", text -> decode(text, Base64.getUrlDecoder()))
        .plain("url_encode", text -> EscapeFilters.percent(text, "-._~"))
        .plain("url_decode", EncodingFilters::urlDecode)
        .plain("md5", text -> digest("MD5", text))
        .plain("sha1", text -> digest("SHA-1", text))
        .plain("sha256", text -> digest("SHA-256", text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String decode(String text, Base64.Decoder decoder) {
    try {
      return new String(decoder.decode(text.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String digest(String algorithm, String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
