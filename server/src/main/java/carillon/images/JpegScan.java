package carillon.images;

import java.nio.ByteBuffer;

/**
 * Walks the segments of a JPEG: one frame header, then scans of coded data up to the end marker.
 * Pictures inside segments, such as previews, are passed over with them.
 */
final class JpegScan {

  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  private JpegScan() {}

  static Dimensions of(ByteBuffer bytes) throws UnusableImage {
    Scan.skip(bytes, 2);
    var size = new Dimensions(0, 0);
    var scans = 0;
    for (var marker = marker(bytes); marker != EOI; marker = marker(bytes)) {
      Scan.check(marker >= SOF0 && (marker < RST0 || marker > SOI));
      var segment = segment(bytes);
      if (isFrame(marker)) {
        Scan.check(size.pixels() == 0);
        size = frame(segment);
      } else if (marker == SOS) {
        Scan.check(size.pixels() > 0);
        scans++;
        skipCoded(bytes);
      }
    }
    Scan.check(scans > 0);
    return size;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private static Dimensions frame(ByteBuffer segment) throws UnusableImage {
    Scan.skip(segment, 1);
    var height = Scan.u16(segment);
    var width = Scan.u16(segment);
    Scan.check(width > 0 && height > 0);
    return new Dimensions(width, height);
  }

  private static int marker(ByteBuffer bytes) throws UnusableImage {
    Scan.check(Scan.u8(bytes) == 0xff);
    var marker = Scan.u8(bytes);
    while (marker == 0xff) {
      marker = Scan.u8(bytes);
    }
    return marker;
  }

  private static ByteBuffer segment(ByteBuffer bytes) throws UnusableImage {
    var length = Scan.u16(bytes);
    Scan.check(length >= 2);
    var start = bytes.position();
    Scan.skip(bytes, length - 2);
    return bytes.slice(start, length - 2);
  }

  /** Stops before the next marker that is neither a stuffed byte nor a restart. */
  private static void skipCoded(ByteBuffer bytes) {
    while (true) {
      if (Scan.u8(bytes) == 0xff) {
        var next = Scan.u8(bytes);
        if (next == 0xff) {
          bytes.position(bytes.position() - 1);
        } else if (next != 0 && (next < RST0 || next >= SOI)) {
          bytes.position(bytes.position() - 2);
          return;
        }
      }
    }
  }
}
