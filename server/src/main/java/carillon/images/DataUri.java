package carillon.images;

import carillon.images.UnusableImage.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** The bytes inside a {@code data:} URI; what media type it claims is not asked. */
final class DataUri {

  private static final String SCHEME = "data:";

  /** Base64 with every letter escaped, and some room for the media type. */
  private static final int LONGEST = 4 * ImageFile.MOST_BYTES + 1024;

  private DataUri() {}

  static boolean is(String url) {
    return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  static byte[] bytes(String url) throws UnusableImage {
    if (url.length() > LONGEST) {
      throw new UnusableImage(Reason.TOO_LARGE);
    }
    var comma = url.indexOf(',');
    if (!is(url) || comma < 0) {
      throw new UnusableImage(Reason.BAD_DATA_URI);
    }
    var parameters = url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT).strip();
    var plain = unescaped(url, comma + 1);
    return parameters.endsWith(";base64") ? fromBase64(plain) : plain;
  }

  private static byte[] unescaped(String url, int start) throws UnusableImage {
    var bytes = new ByteArrayOutputStream(url.length() - start);
    for (var at = start; at < url.length(); at++) {
      var letter = url.charAt(at);
      if (letter > '~') {
        throw new UnusableImage(Reason.BAD_DATA_URI);
      }
      if (letter == '%') {
        bytes.write(escaped(url, at));
        at += 2;
      } else {
        bytes.write(letter);
      }
    }
    return bytes.toByteArray();
  }

  private static int escaped(String url, int at) throws UnusableImage {
    if (at + 2 >= url.length()
        || !HexFormat.isHexDigit(url.charAt(at + 1))
        || !HexFormat.isHexDigit(url.charAt(at + 2))) {
      throw new UnusableImage(Reason.BAD_DATA_URI);
    }
    return HexFormat.fromHexDigits(url, at + 1, at + 3);
  }

  /** Takes line breaks and both alphabets, as browsers and scripts write them. */
  private static byte[] fromBase64(byte[] letters) throws UnusableImage {
    var text =
        new String(letters, StandardCharsets.ISO_8859_1)
            .replaceAll("[ \\t\\r\\n]+", "")
            .replace('-', '+')
            .replace('_', '/');
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new UnusableImage(Reason.BAD_DATA_URI);
    }
  }
}
