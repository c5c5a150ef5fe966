package carillon.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The relaxed canonical forms of RFC 6376, 3.4. */
final class Canonical {
  private static final Pattern FIELD_END = Pattern.compile("\r\n(?![ \t])");
  private static final Pattern BLANKS = Pattern.compile("[ \t\r\n]+");

  record Field(String name, String value) {
    String line() {
      return name + ":" + value;
    }
  }

  static List<Field> fields(RawMessage message) {
    return Arrays.stream(FIELD_END.split(message.header())).map(Canonical::field).toList();
  }

  static Field field(String header) {
    int colon = header.indexOf(':');
    var name = header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    return new Field(name, BLANKS.matcher(header.substring(colon + 1)).replaceAll(" ").trim());
  }

  static byte[] bodyHash(RawMessage message) {
    return sha256(body(message.array(), message.bodyStart(), message.size()));
  }

  // Runs of blanks become one space, none stays before a line end or at the end of the body, and
  // empty lines at the end go. Line ends count only as CRLF pairs; the writer knows no others.
  static byte[] body(byte[] bytes, int from, int to) {
    var out = new ByteBuilder(to - from + 2);
    byte[] target = out.reserve(to - from + 2);
    int size = 0;
    int contentEnd = 0;
    boolean blank = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ' ' || b == '\t') {
        blank = true;
      } else if (b == '\r' && i + 1 < to && bytes[i + 1] == '\n') {
        blank = false;
        target[size++] = '\r';
        target[size++] = '\n';
        i++;
      } else {
        if (blank) {
          target[size++] = ' ';
          blank = false;
        }
        target[size++] = b;
        contentEnd = size;
      }
    }
    if (contentEnd > 0) {
      target[contentEnd++] = '\r';
      target[contentEnd++] = '\n';
    }
    return Arrays.copyOf(target, contentEnd);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java", e);
    }
  }

  private Canonical() {}
}
