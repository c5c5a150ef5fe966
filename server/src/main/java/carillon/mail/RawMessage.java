package carillon.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message as it travels: header lines, an empty line, the body; every line ends in CRLF. */
public final class RawMessage {
  private final byte[] bytes;
  private final int size;
  private final int bodyStart;

  RawMessage(byte[] bytes, int size, int bodyStart) {
    this.bytes = bytes;
    this.size = size;
    this.bodyStart = bodyStart;
  }

  public int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** The header lines, without the empty line after them. */
  public String header() {
    return new String(bytes, 0, bodyStart - 2, StandardCharsets.UTF_8);
  }

  /** Whether a mailbox in the header can only be written in UTF-8. */
  boolean hasUtf8Header() {
    for (int i = 0; i < bodyStart; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  byte[] array() {
    return bytes;
  }

  int bodyStart() {
    return bodyStart;
  }

  RawMessage withFirst(byte[] headerLines) {
    var all = new byte[headerLines.length + size];
    System.arraycopy(headerLines, 0, all, 0, headerLines.length);
    System.arraycopy(bytes, 0, all, headerLines.length, size);
    return new RawMessage(all, all.length, headerLines.length + bodyStart);
  }
}
