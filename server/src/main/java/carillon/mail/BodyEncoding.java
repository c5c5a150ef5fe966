package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How a body travels: as it is when it is plain ASCII in short lines, else quoted-printable, or
 * base64 when so much would be quoted that base64 is the smaller. Line ends become CRLF.
 */
enum BodyEncoding {
  SEVEN_BIT("7bit"),
  QUOTED_PRINTABLE("quoted-printable"),
  BASE64("base64");

  private static final int LONGEST_LINE = 998;
  private static final Base64.Encoder MIME_LINES =
      Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII));
  private final String token;

  BodyEncoding(String token) {
    this.token = token;
  }

  /**
   * {@code utf8} is {@code text} in UTF-8. Their lengths tell how much of it is foreign: a letter
   * of two bytes, one of them in excess, is quoted as six, and base64 makes three bytes four.
   */
  static BodyEncoding smallest(String text, byte[] utf8) {
    int excess = utf8.length - text.length();
    if (excess == 0 && tame(text)) {
      return SEVEN_BIT;
    }
    return excess * 12L <= utf8.length ? QUOTED_PRINTABLE : BASE64;
  }

  void write(String text, byte[] utf8, ByteBuilder out) {
    switch (this) {
      case SEVEN_BIT -> writeLines(text, utf8, out);
      case QUOTED_PRINTABLE -> QuotedPrintable.write(utf8, out);
      case BASE64 -> out.put(MIME_LINES.encode(canonical(utf8)));
    }
  }

  String token() {
    return token;
  }

  // Nothing a server could split, or take for a boundary or the start of a mail in an mbox. Only
  // searches the JVM does many bytes at a time: most bodies are ASCII and pass here.
  private static boolean tame(String text) {
    if (text.indexOf('\0') >= 0 || hasLoneReturn(text)) {
      return false;
    }
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (!tameLine(text, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return tameLine(text, start, text.length());
  }

  private static boolean tameLine(String text, int start, int end) {
    return end - start <= LONGEST_LINE
        && !text.startsWith("--", start)
        && !text.startsWith("From ", start);
  }

  private static boolean hasLoneReturn(String text) {
    int at = text.indexOf('\r');
    while (at >= 0 && text.startsWith("\n", at + 1)) {
      at = text.indexOf('\r', at + 2);
    }
    return at >= 0;
  }

  // In ASCII a place in the text is the same place in the bytes.
  private static void writeLines(String text, byte[] ascii, ByteBuilder out) {
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      boolean pair = end > start && ascii[end - 1] == '\r';
      out.put(ascii, start, pair ? end - 1 : end).line();
      start = end + 1;
    }
    out.put(ascii, start, ascii.length);
  }

  private static byte[] canonical(byte[] body) {
    var out = new ByteBuilder(body.length + body.length / 16 + 16);
    int start = 0;
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '\r' || body[i] == '\n') {
        out.put(body, start, i).line();
        i += body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n' ? 1 : 0;
        start = i + 1;
      }
    }
    return out.put(body, start, body.length).toByteArray();
  }
}
