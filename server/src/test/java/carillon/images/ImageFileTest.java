package carillon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import carillon.images.UnusableImage.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

  private static byte[] image(ImageFormat format, int width, int height) {
    try {
      var out = new ByteArrayOutputStream();
      var pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      assertThat(ImageIO.write(pixels, format.word(), out)).isTrue();
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Reason reason(byte[] bytes) {
    return catchThrowableOfType(UnusableImage.class, () -> ImageFile.of(bytes)).reason();
  }

  @ParameterizedTest
  @CsvSource({"JPEG,1,1", "PNG,1,1", "GIF,1,1", "JPEG,300,7", "PNG,300,7", "GIF,300,7"})
  void anImageIsKnownAndMeasured(ImageFormat format, int width, int height) throws UnusableImage {
    var bytes = image(format, width, height);
    var file = ImageFile.of(bytes);
    assertThat(file.format()).isEqualTo(format);
    assertThat(file.dimensions()).isEqualTo(new Dimensions(width, height));
    assertThat(file.bytes()).isSameAs(bytes);
    assertThat(format.mediaType()).isEqualTo("image/" + format.word());
  }

  @ParameterizedTest
  @EnumSource
  void everyShorterPieceOfAnImageIsRefused(ImageFormat format) {
    var whole = image(format, 9, 9);
    for (var length = 0; length < whole.length; length++) {
      assertThat(reason(Arrays.copyOf(whole, length)))
          .as("%d of %d bytes", length, whole.length)
          .isIn(Reason.DAMAGED, Reason.UNKNOWN_FORMAT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverFollowsTheEndIsKept(ImageFormat format) throws UnusableImage {
    var whole = image(format, 9, 9);
    var polyglot = Arrays.copyOf(whole, whole.length + 100);
    System.arraycopy("PK\3\4<script>".getBytes(), 0, polyglot, whole.length, 12);
    var file = ImageFile.of(polyglot);
    assertThat(file.format()).isEqualTo(format);
    assertThat(file.bytes()).hasSize(whole.length + 100);
  }

  @ParameterizedTest
  @EnumSource
  void noFlippedByteCausesAnythingButARefusal(ImageFormat format) {
    var seed = 20260415L + format.ordinal();
    var random = new Random(seed);
    var whole = image(format, 40, 40);
    for (var round = 0; round < 5000; round++) {
      var broken = whole.clone();
      for (var flips = 1 + random.nextInt(4); flips > 0; flips--) {
        broken[random.nextInt(Math.min(200, broken.length))] = (byte) random.nextInt();
      }
      try {
        assertThat(ImageFile.of(broken).dimensions().pixels())
            .as("seed %d, round %d", seed, round)
            .isBetween(1L, ImageFile.MOST_PIXELS);
      } catch (UnusableImage e) {
        assertThat(e.reason()).isNotIn(Reason.TOO_LARGE, Reason.BAD_DATA_URI);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<?xml version='1.0'?><svg/>",
        "RIFF\u0024\u0000\u0000\u0000WEBPVP8 ",
        "BM\u0046\u0000\u0000\u0000",
        "II*\u0000",
        "<html>\u0089PNG\r\n\u001a\n</html>",
        "\u0000\u0000\u0000\u001cftypavif",
        "%PDF-1.7",
        "hello, I am a photo.png"
      })
  void otherFormatsAreRefused(String text) {
    assertThat(reason(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(Reason.UNKNOWN_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GIF89a/*\u0000\u0000\u0000\u0000\u0000*/=1;alert(1)",
        "GIF88a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;",
        "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;",
        "GIF89a<script>alert(1)</script>",
        "\u00ff\u00d8\u00ff\u00d9",
        "\u00ff\u00d8\u00ff<?php phpinfo(); ?>",
        "\u0089PNG\r\n\u001a\n<html><body>hello</body></html>"
      })
  void theRightFirstBytesAloneAreNoImage(String text) {
    assertThat(reason(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(Reason.DAMAGED);
  }

  @ParameterizedTest
  @CsvSource({
    "65535,65535,TOO_MANY_PIXELS",
    "65535,977,TOO_MANY_PIXELS",
    "0,1,DAMAGED",
    "1,0,DAMAGED",
    "0,65535,DAMAGED"
  })
  void theSizeAHeaderClaimsDecides(int width, int height, Reason reason) {
    assertThat(reason(png(width, height))).isEqualTo(reason);
    assertThat(reason(jpeg(width, height))).isEqualTo(reason);
    assertThat(reason(gif(1, 1, width, height))).isEqualTo(reason);
  }

  @Test
  void aPngCannotOverflowTheCountOfPixels() {
    assertThat(reason(png(0x7fffffff, 0x7fffffff))).isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThat(reason(png(-1, -1))).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void aFrameLargerThanItsScreenCounts() throws UnusableImage {
    assertThat(ImageFile.of(gif(1, 1, 20, 30)).dimensions()).isEqualTo(new Dimensions(20, 30));
    assertThat(ImageFile.of(gif(50, 60, 1, 1)).dimensions()).isEqualTo(new Dimensions(50, 60));
    assertThat(reason(gif(65535, 65535, 1, 1))).isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void aPngWhoseHeaderWasChangedIsRefused() {
    var bytes = png(10, 10);
    bytes[19] = 11;
    assertThat(reason(bytes)).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void aSecondHeaderIsRefused() {
    var once = jpeg(10, 10);
    var twice = ByteBuffer.allocate(once.length + 17);
    twice.put(once, 0, 19).put(jpeg(60000, 60000), 2, 17).put(once, 19, once.length - 19);
    assertThat(reason(twice.array())).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void aPreviewInsideDoesNotCount() throws UnusableImage {
    var preview = image(ImageFormat.JPEG, 300, 300);
    var whole = image(ImageFormat.JPEG, 20, 10);
    var both = ByteBuffer.allocate(whole.length + preview.length + 4);
    both.put(whole, 0, 2).putShort((short) 0xffe1).putShort((short) (preview.length + 2));
    both.put(preview).put(whole, 2, whole.length - 2);
    assertThat(ImageFile.of(both.array()).dimensions()).isEqualTo(new Dimensions(20, 10));
  }

  @Test
  void fiveMegabytesAreTakenAndNotOneByteMore() throws UnusableImage {
    var most = Arrays.copyOf(image(ImageFormat.PNG, 2, 2), 5 * 1024 * 1024);
    assertThat(ImageFile.of(most).bytes()).hasSize(5 * 1024 * 1024);
    assertThat(reason(Arrays.copyOf(most, most.length + 1))).isEqualTo(Reason.TOO_LARGE);
  }

  private static byte[] png(int width, int height) {
    var header = ByteBuffer.allocate(17).putInt(0x49484452).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(header.array());
    var file = ByteBuffer.allocate(8 + 25 + 13 + 12).putLong(0x89504e470d0a1a0aL);
    file.putInt(13).put(header.array()).putInt((int) crc.getValue());
    file.putInt(1).putInt(0x49444154).put((byte) 0).putInt(0);
    return file.putInt(0).putInt(0x49454e44).putInt(0).array();
  }

  /** Start, a frame of one component, a scan of one byte, end. */
  private static byte[] jpeg(int width, int height) {
    var file = ByteBuffer.allocate(32).putShort((short) 0xffd8);
    file.put(new byte[] {-1, (byte) 0xc0, 0, 15, 8}).putShort((short) height);
    file.putShort((short) width).put(new byte[] {1, 1, 0x11, 0, 0, 0, 0, 0});
    file.put(new byte[] {-1, (byte) 0xda, 0, 6, 1, 1, 0, 0, 42, -1, (byte) 0xd9});
    return file.array();
  }

  private static byte[] gif(int screenWidth, int screenHeight, int width, int height) {
    var file = ByteBuffer.allocate(27).order(ByteOrder.LITTLE_ENDIAN).put("GIF89a".getBytes());
    file.putShort((short) screenWidth).putShort((short) screenHeight).put(new byte[3]);
    file.put((byte) 0x2c).putInt(0).putShort((short) width).putShort((short) height);
    return file.put(new byte[] {0, 2, 0, 0x3b}).array();
  }
}
