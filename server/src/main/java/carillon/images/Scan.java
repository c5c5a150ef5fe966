package carillon.images;

import carillon.images.UnusableImage.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** What the three walks through a file have in common. */
final class Scan {

  private Scan() {}

  static int u8(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes.get());
  }

  static int u16(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort());
  }

  static long u32(ByteBuffer bytes) {
    return Integer.toUnsignedLong(bytes.getInt());
  }

  static void skip(ByteBuffer bytes, long count) {
    if (count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + (int) count);
  }

  static void check(boolean sound) throws UnusableImage {
    if (!sound) {
      throw new UnusableImage(Reason.DAMAGED);
    }
  }
}
