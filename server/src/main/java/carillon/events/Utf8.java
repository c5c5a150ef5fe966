package carillon.events;

/** Sizes of texts as they travel. */
final class Utf8 {

  /** How many bytes a text takes. */
  static long length(CharSequence text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private Utf8() {}
}
