package carillon.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the blocks of a GIF. Frames may reach beyond the screen that the header declares, so the
 * size is that of all of them together.
 */
final class GifScan {

  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;
  private static final int TRAILER = 0x3b;

  private GifScan() {}

  static Dimensions of(ByteBuffer file) throws UnusableImage {
    var bytes = file.order(ByteOrder.LITTLE_ENDIAN);
    Scan.skip(bytes, 4);
    var version = Scan.u8(bytes);
    Scan.check((version == '7' || version == '9') && bytes.get() == 'a');
    var screen = new Dimensions(Scan.u16(bytes), Scan.u16(bytes));
    var flags = Scan.u8(bytes);
    Scan.skip(bytes, 2);
    skipColors(bytes, flags);
    return blocks(bytes, screen);
  }

  private static Dimensions blocks(ByteBuffer bytes, Dimensions screen) throws UnusableImage {
    var size = screen;
    var frames = 0;
    for (var block = Scan.u8(bytes); block != TRAILER; block = Scan.u8(bytes)) {
      Scan.check(block == EXTENSION || block == FRAME);
      if (block == FRAME) {
        size = size.including(frame(bytes));
        frames++;
      }
      // The label of an extension, or the code size of a frame, stands before the data.
      Scan.skip(bytes, 1);
      skipData(bytes);
    }
    Scan.check(frames > 0);
    return size;
  }

  private static Dimensions frame(ByteBuffer bytes) throws UnusableImage {
    var left = Scan.u16(bytes);
    var top = Scan.u16(bytes);
    var width = Scan.u16(bytes);
    var height = Scan.u16(bytes);
    Scan.check(width > 0 && height > 0);
    skipColors(bytes, Scan.u8(bytes));
    return new Dimensions(left + width, top + height);
  }

  private static void skipColors(ByteBuffer bytes, int flags) {
    if ((flags & 0x80) != 0) {
      Scan.skip(bytes, 3L << (flags & 7) + 1);
    }
  }

  private static void skipData(ByteBuffer bytes) {
    for (var size = Scan.u8(bytes); size > 0; size = Scan.u8(bytes)) {
      Scan.skip(bytes, size);
    }
  }
}
