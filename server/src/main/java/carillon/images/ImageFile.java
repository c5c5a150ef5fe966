package carillon.images;

import carillon.images.UnusableImage.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A whole image of a known format and a bearable size.
 *
 * <p>Bytes after its end are kept as they came: it is served under its own type only.
 */
record ImageFile(ImageFormat format, Dimensions dimensions, byte[] bytes) {

  static final int MOST_BYTES = 5 * 1024 * 1024;

  /** More than any camera that fits in the bytes; a decoder would need four bytes for each. */
  static final long MOST_PIXELS = 64_000_000;

  static ImageFile of(byte[] bytes) throws UnusableImage {
    if (bytes.length > MOST_BYTES) {
      throw new UnusableImage(Reason.TOO_LARGE);
    }
    var format = ImageFormat.of(bytes).orElseThrow(() -> new UnusableImage(Reason.UNKNOWN_FORMAT));
    var dimensions = measure(format, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    if (dimensions.width() == 0 || dimensions.height() == 0) {
      throw new UnusableImage(Reason.DAMAGED);
    }
    if (dimensions.pixels() > MOST_PIXELS) {
      throw new UnusableImage(Reason.TOO_MANY_PIXELS);
    }
    return new ImageFile(format, dimensions, bytes);
  }

  private static Dimensions measure(ImageFormat format, ByteBuffer bytes) throws UnusableImage {
    try {
      return switch (format) {
        case JPEG -> JpegScan.of(bytes);
        case PNG -> PngScan.of(bytes);
        case GIF -> GifScan.of(bytes);
      };
    } catch (BufferUnderflowException e) {
      throw new UnusableImage(Reason.DAMAGED);
    }
  }
}
