package carillon.images;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Walks the chunks of a PNG: one header first, some image data, an end. */
final class PngScan {

  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;

  /** As the format says; also keeps the count of pixels within a long. */
  private static final long LONGEST = Integer.MAX_VALUE;

  private PngScan() {}

  static Dimensions of(ByteBuffer bytes) throws UnusableImage {
    Scan.skip(bytes, 8);
    var dimensions = header(bytes);
    var data = false;
    while (true) {
      var length = Scan.u32(bytes);
      var type = bytes.getInt();
      Scan.check(type != IHDR);
      Scan.skip(bytes, length + 4);
      if (type == IEND) {
        Scan.check(data);
        return dimensions;
      }
      data |= type == IDAT && length > 0;
    }
  }

  private static Dimensions header(ByteBuffer bytes) throws UnusableImage {
    Scan.check(bytes.getInt() == 13 && bytes.remaining() >= 17);
    var checksum = checksum(bytes.slice().limit(17));
    Scan.check(bytes.getInt() == IHDR);
    var dimensions = new Dimensions(Scan.u32(bytes), Scan.u32(bytes));
    Scan.skip(bytes, 5);
    Scan.check(Scan.u32(bytes) == checksum);
    Scan.check(dimensions.width() <= LONGEST && dimensions.height() <= LONGEST);
    return dimensions;
  }

  private static long checksum(ByteBuffer bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
