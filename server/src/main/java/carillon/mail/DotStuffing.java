package carillon.mail;

/** The content after DATA: lines that start with a dot get another, a lone dot ends it. */
final class DotStuffing {

  static ByteBuilder of(RawMessage message) {
    var bytes = message.array();
    int size = message.size();
    var out = new ByteBuilder(size + 64);
    int start = 0;
    for (int i = 0; i < size; i++) {
      if (bytes[i] == '.' && (i == 0 || bytes[i - 1] == '\n')) {
        out.put(bytes, start, i).put('.');
        start = i;
      }
    }
    out.put(bytes, start, size);
    return out.endsWithLine() ? out.put(".\r\n") : out.put("\r\n.\r\n");
  }

  private DotStuffing() {}
}
