package carillon.mail;

import java.nio.charset.StandardCharsets;

/** The content after DATA: lines that start with a dot get another, a lone dot ends it. */
final class DotStuffing {

  static ByteBuilder of(RawMessage message) {
    var bytes = message.array();
    int size = message.size();
    var out = new ByteBuilder(size + 64);
    // The JVM looks for text in text many bytes at a time.
    var text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    int start = 0;
    for (int dot = text.startsWith(".") ? 0 : next(text, 0); dot >= 0; dot = next(text, dot)) {
      out.put(bytes, start, dot).put('.');
      start = dot;
    }
    out.put(bytes, start, size);
    return out.endsWithLine() ? out.put(".\r\n") : out.put("\r\n.\r\n");
  }

  private static int next(String text, int from) {
    int lineEnd = text.indexOf("\n.", from);
    return lineEnd < 0 ? -1 : lineEnd + 1;
  }

  private DotStuffing() {}
}
