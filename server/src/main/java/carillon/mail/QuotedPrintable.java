package carillon.mail;

/** RFC 2045 quoted-printable of text: lines of at most 76, CRLF at every line end of the text. */
final class QuotedPrintable {
  private static final int WIDEST = 75;
  private static final int ROOM = 2 * WIDEST;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  static void write(byte[] body, ByteBuilder out) {
    byte[] to = out.reserve(ROOM);
    int at = out.size();
    int lineStart = at;
    int i = 0;
    while (i < body.length) {
      if (to.length - at < ROOM) {
        out.resize(at);
        to = out.reserve(ROOM);
      }
      int run = literals(body, i, Math.min(body.length, i + WIDEST - (at - lineStart)));
      System.arraycopy(body, i, to, at, run - i);
      at += run - i;
      i = run;
      if (i < body.length && isLineEnd(body[i])) {
        at = lineEnd(to, lineStart, at);
        lineStart = at;
        i += body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n' ? 2 : 1;
      } else if (i < body.length && at - lineStart + width(body[i]) > WIDEST) {
        at = softBreak(to, at);
        lineStart = at;
      } else if (i < body.length) {
        at = quote(body[i++], to, at);
      }
    }
    out.resize(quoteLastBlank(to, lineStart, at));
  }

  private static int literals(byte[] body, int from, int to) {
    int at = from;
    while (at < to && isLiteral(body[at])) {
      at++;
    }
    return at;
  }

  private static boolean isLiteral(byte b) {
    return b >= ' ' && b != '=' && b != 127 || b == '\t';
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private static int width(byte b) {
    return isLiteral(b) ? 1 : 3;
  }

  private static int lineEnd(byte[] to, int lineStart, int at) {
    int end = quoteLastBlank(to, lineStart, at);
    to[end] = '\r';
    to[end + 1] = '\n';
    return end + 2;
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

  private QuotedPrintable() {}
}
