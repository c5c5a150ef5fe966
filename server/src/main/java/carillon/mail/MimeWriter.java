package carillon.mail;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes a {@link Message} as MIME in one pass and signs it. The same message gives the same bytes
 * (but for a signature's). Safe for use by many threads.
 */
public final class MimeWriter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int HEADER_ROOM = 2048;
  private final List<Dkim> signatures;

  private MimeWriter(List<Dkim> signatures) {
    this.signatures = signatures;
  }

  public static MimeWriter unsigned() {
    return new MimeWriter(List.of());
  }

  /** Every message gets one signature per key. */
  public static MimeWriter signing(Dkim... keys) {
    return new MimeWriter(List.of(keys));
  }

  public RawMessage write(Message message) {
    var raw = unsigned(message);
    var unsigned = raw;
    for (var key : signatures) {
      raw = raw.withFirst(key.sign(unsigned, message.date()));
    }
    return raw;
  }

  private static RawMessage unsigned(Message message) {
    return switch (message.content()) {
      case Content.Text(var text) -> single(message, Part.plain(text));
      case Content.Html(var html) -> single(message, Part.html(html));
      case Content.Alternatives(var text, var html) ->
          alternatives(message, Part.plain(text), Part.html(html));
    };
  }

  private static RawMessage single(Message message, Part part) {
    var out = new ByteBuilder(HEADER_ROOM + part.size());
    header(message, out);
    part.writeHeader(out);
    int bodyStart = out.line().size();
    part.writeBody(out);
    if (!out.endsWithLine()) {
      out.line();
    }
    return new RawMessage(out.array(), out.size(), bodyStart);
  }

  private static RawMessage alternatives(Message message, Part first, Part second) {
    var out = new ByteBuilder(HEADER_ROOM + first.size() + second.size());
    var boundary = boundary(message);
    header(message, out);
    out.put("Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n");
    int bodyStart = out.line().size();
    for (var part : List.of(first, second)) {
      out.put("--").put(boundary).line();
      part.writeHeader(out);
      out.line();
      part.writeBody(out);
      out.line();
    }
    out.put("--").put(boundary).put("--\r\n");
    return new RawMessage(out.array(), out.size(), bodyStart);
  }

  private static void header(Message message, ByteBuilder out) {
    var header = new HeaderWriter(out);
    var parties = message.parties();
    header.value("Date", DATE.format(message.date()));
    header.mailboxes("From", List.of(parties.from()));
    header.mailboxes("Reply-To", parties.replyTo());
    header.mailboxes("To", parties.to());
    header.mailboxes("Cc", parties.cc());
    header.text("Subject", message.subject());
    header.value("Message-ID", "<" + message.messageId() + ">");
    for (var extra : message.headers()) {
      header.value(extra.name(), extra.value());
    }
    header.value("MIME-Version", "1.0");
  }

  // "=_" occurs in no encoded body, and a body with a line that starts with "--" is encoded.
  private static String boundary(Message message) {
    return "=_" + HexFormat.of().toHexDigits(message.messageId().hashCode());
  }

  private record Part(String type, Body body) {
    static Part plain(String text) {
      return new Part("text/plain", Body.of(text));
    }

    static Part html(String html) {
      return new Part("text/html", Body.of(html));
    }

    void writeHeader(ByteBuilder out) {
      out.put("Content-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: ");
      out.put(body.encoding()).line();
    }

    void writeBody(ByteBuilder out) {
      out.put(body.bytes().array(), 0, body.bytes().size());
    }

    int size() {
      return body.bytes().size();
    }
  }
}
