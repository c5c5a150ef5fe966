package carillon.mail;

/**
 * One look over a body: what decides its encoding and how much room that needs.
 *
 * @param quoted bytes that quoted-printable must write as three
 * @param crlfOnly no line ends in a lone CR or LF
 * @param fitsSevenBit ASCII in lines of at most 998, none of which a server could take for a
 *     boundary or an mbox separator
 */
record Census(int quoted, int lineEnds, boolean crlfOnly, boolean fitsSevenBit) {
  private static final int LONGEST_LINE = 998;
  private static final byte PLAIN = 0;
  private static final byte EQUALS = 1;
  private static final byte END = 2;
  private static final byte FOREIGN = 3;
  private static final byte[] KIND = kinds();

  static Census of(byte[] body) {
    int[] count = new int[4];
    int lone = 0;
    int lineStart = 0;
    boolean tame = true;
    for (int i = 0; i < body.length; i++) {
      int kind = KIND[body[i] & 0xff];
      if (kind != PLAIN) {
        count[kind]++;
        if (kind == END) {
          boolean pair = body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n';
          lone += pair ? 0 : 1;
          tame &= tame(body, lineStart, i);
          i += pair ? 1 : 0;
          lineStart = i + 1;
        }
      }
    }
    tame &= tame(body, lineStart, body.length);
    int quoted = count[EQUALS] + count[FOREIGN];
    return new Census(quoted, count[END], lone == 0, tame && count[FOREIGN] == 0);
  }

  private static boolean tame(byte[] body, int from, int to) {
    if (to - from > LONGEST_LINE) {
      return false;
    }
    boolean dashes = to - from > 1 && body[from] == '-' && body[from + 1] == '-';
    boolean mbox =
        to - from > 4 && body[from] == 'F' && body[from + 1] == 'r' && body[from + 4] == ' ';
    return !dashes && !mbox;
  }

  private static byte[] kinds() {
    var kinds = new byte[256];
    for (int i = 0; i < 256; i++) {
      kinds[i] = (i < ' ' && i != '\t') || i > '~' ? FOREIGN : PLAIN;
    }
    kinds['='] = EQUALS;
    kinds['\r'] = END;
    kinds['\n'] = END;
    return kinds;
  }
}
