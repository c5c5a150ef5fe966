package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes; unlike the JDK's stream it locks nothing and gives its array away. */
final class ByteBuilder {
  private static final byte[] LINE_END = {'\r', '\n'};
  private byte[] bytes;
  private int size;

  ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  /** Room for {@code count} more bytes; the array to write them to, from {@link #size()} on. */
  byte[] reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
    }
    return bytes;
  }

  void resize(int newSize) {
    size = newSize;
  }

  ByteBuilder put(int b) {
    reserve(1)[size++] = (byte) b;
    return this;
  }

  ByteBuilder put(byte[] source, int from, int to) {
    System.arraycopy(source, from, reserve(to - from), size, to - from);
    size += to - from;
    return this;
  }

  ByteBuilder put(byte[] source) {
    return put(source, 0, source.length);
  }

  ByteBuilder put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  ByteBuilder line() {
    return put(LINE_END);
  }

  boolean endsWithLine() {
    return size >= 2 && bytes[size - 2] == '\r' && bytes[size - 1] == '\n';
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
