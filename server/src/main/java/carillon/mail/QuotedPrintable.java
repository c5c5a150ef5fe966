package carillon.mail;

/** RFC 2045 quoted-printable of text: lines of at most 76, CRLF at every line end of the text. */
final class QuotedPrintable {
  private static final int WIDEST = 75;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };
  private static final boolean[] LITERAL = literals();

  static void write(byte[] body, Census census, ByteBuilder out) {
    int encoded = body.length + census.quoted() * 2 + (census.lineEnds() + 1) * 8;
    byte[] to = out.reserve(encoded + (encoded / (WIDEST - 2) + 1) * 3);
    int at = out.size();
    int lineStart = at;
    for (int i = 0; i < body.length; i++) {
      byte b = body[i];
      if (b == '\r' || b == '\n') {
        at = quoteLastBlank(to, lineStart, at);
        i += b == '\r' && i + 1 < body.length && body[i + 1] == '\n' ? 1 : 0;
        to[at++] = '\r';
        to[at++] = '\n';
        lineStart = at;
        continue;
      }
      boolean literal = LITERAL[b & 0xff];
      if (at - lineStart + (literal ? 1 : 3) > WIDEST) {
        at = softBreak(to, at);
        lineStart = at;
      }
      if (literal) {
        to[at++] = b;
      } else {
        at = quote(b, to, at);
      }
    }
    out.resize(quoteLastBlank(to, lineStart, at));
  }

  // A blank at the end of a line would be stripped on the way.
  private static int quoteLastBlank(byte[] to, int lineStart, int at) {
    if (at == lineStart || (to[at - 1] != ' ' && to[at - 1] != '\t')) {
      return at;
    }
    byte blank = to[at - 1];
    int start = at - 1;
    if (at - lineStart == WIDEST) {
      start = softBreak(to, start);
    }
    return quote(blank, to, start);
  }

  private static int softBreak(byte[] to, int at) {
    to[at] = '=';
    to[at + 1] = '\r';
    to[at + 2] = '\n';
    return at + 3;
  }

  private static int quote(byte b, byte[] to, int at) {
    to[at] = '=';
    to[at + 1] = HEX[(b >> 4) & 0xf];
    to[at + 2] = HEX[b & 0xf];
    return at + 3;
  }

  private static boolean[] literals() {
    var literals = new boolean[256];
    for (int i = ' '; i <= '~'; i++) {
      literals[i] = i != '=';
    }
    literals['\t'] = true;
    return literals;
  }

  private QuotedPrintable() {}
}
