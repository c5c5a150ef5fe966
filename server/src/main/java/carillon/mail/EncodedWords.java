package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** RFC 2047: text as a run of encoded words, none of which splits a character. */
final class EncodedWords {
  private static final int FRAME = "=?UTF-8?Q??=".length();
  private static final int LONGEST = 75;
  private static final int WORTHWHILE = FRAME + 12;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String SAFE_MARKS = "!*+-/";

  static void write(HeaderWriter header, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean quote = quotedWidth(bytes) <= (bytes.length + 2) / 3 * 4;
    int from = 0;
    while (from < bytes.length) {
      if (header.room() < WORTHWHILE) {
        header.fold();
      }
      int room = Math.min(header.room(), LONGEST) - FRAME;
      int to = quote ? quotedEnd(bytes, from, room) : base64End(bytes, from, room);
      header.word(quote ? quoted(bytes, from, to) : base64(bytes, from, to));
      from = to;
    }
  }

  private static int quotedWidth(byte[] bytes) {
    int width = 0;
    for (byte b : bytes) {
      width += width(b);
    }
    return width;
  }

  private static int quotedEnd(byte[] bytes, int from, int room) {
    int to = from;
    int width = 0;
    while (to < bytes.length && width + width(bytes[to]) <= room) {
      width += width(bytes[to++]);
    }
    return characterStart(bytes, to);
  }

  private static int base64End(byte[] bytes, int from, int room) {
    return characterStart(bytes, Math.min(bytes.length, from + room / 4 * 3));
  }

  private static int characterStart(byte[] bytes, int at) {
    int start = at;
    while (start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }

  private static String quoted(byte[] bytes, int from, int to) {
    var word = new StringBuilder("=?UTF-8?Q?");
    for (int i = from; i < to; i++) {
      if (width(bytes[i]) == 1) {
        word.append(bytes[i] == ' ' ? '_' : (char) bytes[i]);
      } else {
        word.append('=').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return word.append("?=").toString();
  }

  private static String base64(byte[] bytes, int from, int to) {
    var encoded = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, to));
    return "=?UTF-8?B?" + encoded + "?=";
  }

  // The narrow set that is allowed in the name of a mailbox as well.
  private static int width(byte b) {
    boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    return letter || b == ' ' || SAFE_MARKS.indexOf(b) >= 0 ? 1 : 3;
  }

  private EncodedWords() {}
}
