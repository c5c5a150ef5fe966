package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How a body travels: as it is when it is plain ASCII in short lines, else quoted-printable, or
 * base64 when so much would be quoted that base64 is the smaller. Line ends become CRLF.
 */
enum BodyEncoding {
  SEVEN_BIT("7bit") {
    @Override
    void write(byte[] body, Census census, ByteBuilder out) {
      if (census.crlfOnly()) {
        out.put(body);
      } else {
        writeLines(body, out);
      }
    }
  },
  QUOTED_PRINTABLE("quoted-printable") {
    @Override
    void write(byte[] body, Census census, ByteBuilder out) {
      QuotedPrintable.write(body, census, out);
    }
  },
  BASE64("base64") {
    @Override
    void write(byte[] body, Census census, ByteBuilder out) {
      var lines = body;
      if (!census.crlfOnly()) {
        var canonical = new ByteBuilder(body.length + census.lineEnds());
        writeLines(body, canonical);
        lines = canonical.toByteArray();
      }
      out.put(MIME_LINES.encode(lines));
    }
  };

  private static final Base64.Encoder MIME_LINES =
      Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII));
  private final String token;

  BodyEncoding(String token) {
    this.token = token;
  }

  static BodyEncoding smallest(byte[] body, Census census) {
    if (census.fitsSevenBit()) {
      return SEVEN_BIT;
    }
    // Quoting makes one byte three, base64 makes three bytes four.
    return census.quoted() * 2L <= body.length / 3 ? QUOTED_PRINTABLE : BASE64;
  }

  abstract void write(byte[] body, Census census, ByteBuilder out);

  String token() {
    return token;
  }

  private static void writeLines(byte[] body, ByteBuilder out) {
    int start = 0;
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '\r' || body[i] == '\n') {
        out.put(body, start, i).line();
        i += body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n' ? 1 : 0;
        start = i + 1;
      }
    }
    out.put(body, start, body.length);
  }
}
