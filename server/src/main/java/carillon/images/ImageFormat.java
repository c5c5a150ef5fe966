package carillon.images;

import java.util.Optional;
import java.util.stream.Stream;

/** The formats taken, known by their first bytes alone: names and declared types may lie. */
public enum ImageFormat {
  JPEG(0xff, 0xd8, 0xff),
  PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
  GIF('G', 'I', 'F', '8');

  private final int[] magic;

  ImageFormat(int... magic) {
    this.magic = magic;
  }

  static Optional<ImageFormat> of(byte[] bytes) {
    return Stream.of(values()).filter(format -> format.begins(bytes)).findFirst();
  }

  static ImageFormat named(String word) {
    return Stream.of(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** As the API names it: {@code jpeg}, {@code png} or {@code gif}. */
  String word() {
    return switch (this) {
      case JPEG -> "jpeg";
      case PNG -> "png";
      case GIF -> "gif";
    };
  }

  String mediaType() {
    return "image/" + word();
  }

  private boolean begins(byte[] bytes) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (var at = 0; at < magic.length; at++) {
      if ((bytes[at] & 0xff) != magic[at]) {
        return false;
      }
    }
    return true;
  }
}
