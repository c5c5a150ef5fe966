package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A body as it travels: as it is when it is plain ASCII in short lines, else quoted-printable, or
 * base64 when so much would be quoted that base64 is the smaller. Line ends become CRLF.
 *
 * @param encoding as MIME names it
 */
record Body(String encoding, ByteBuilder bytes) {

  private static final int LONGEST_LINE = 998;
  private static final Base64.Encoder MIME_LINES =
      Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII));

  /**
   * The lengths of the text and of its UTF-8 tell how much of it is foreign: a letter of two bytes,
   * one of them in excess, is quoted as six, and base64 makes three bytes four.
   */
  static Body of(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    int excess = utf8.length - text.length();
    var plain = excess == 0 ? lines(text, utf8) : Optional.<ByteBuilder>empty();
    if (plain.isPresent()) {
      return new Body("7bit", plain.get());
    }
    return excess * 12L <= utf8.length ? quoted(utf8) : base64(utf8);
  }

  private static Body quoted(byte[] utf8) {
    var out = new ByteBuilder(utf8.length + utf8.length / 4 + 64);
    QuotedPrintable.write(utf8, out);
    return new Body("quoted-printable", out);
  }

  private static Body base64(byte[] utf8) {
    var encoded = MIME_LINES.encode(canonical(utf8));
    return new Body("base64", new ByteBuilder(encoded.length).put(encoded));
  }

  /**
   * Empty when there is something that a server could split, or take for a boundary or the start of
   * a mail in an mbox. Lines are leapt over, not walked; in ASCII a place in the text is the same
   * place in the bytes.
   */
  private static Optional<ByteBuilder> lines(String text, byte[] ascii) {
    if (text.indexOf('\0') >= 0 || hasLoneReturn(text)) {
      return Optional.empty();
    }
    var out = new ByteBuilder(ascii.length + ascii.length / 32 + 64);
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (!isTame(ascii, start, end)) {
        return Optional.empty();
      }
      boolean pair = end > start && ascii[end - 1] == '\r';
      out.put(ascii, start, pair ? end - 1 : end).line();
      start = end + 1;
    }
    return isTame(ascii, start, ascii.length)
        ? Optional.of(out.put(ascii, start, ascii.length))
        : Optional.empty();
  }

  private static boolean isTame(byte[] ascii, int start, int end) {
    return end - start <= LONGEST_LINE
        && !begins(ascii, start, end, "--")
        && !begins(ascii, start, end, "From ");
  }

  private static boolean begins(byte[] line, int start, int end, String with) {
    for (int i = 0; i < with.length(); i++) {
      if (start + i == end || line[start + i] != with.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasLoneReturn(String text) {
    int at = text.indexOf('\r');
    while (at >= 0 && text.startsWith("\n", at + 1)) {
      at = text.indexOf('\r', at + 2);
    }
    return at >= 0;
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
