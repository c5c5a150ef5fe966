package carillon.bounces;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the other side says. Only CR LF ends a line of a mail, and only such a line with a lone dot
 * ends the mail: whoever takes less for an end can be talked into seeing two mails in one.
 */
final class SmtpInput {

  private static final int LONGEST_LINE = 2_000;

  /** So much of a mail that is too large is read for the sake of an answer. */
  private static final int PATIENCE = 8;

  private final BufferedInputStream in;

  SmtpInput(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  int waiting() throws IOException {
    return in.available();
  }

  /** The next command; empty when there are no more. */
  Optional<String> line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
      }
      if (line.size() == LONGEST_LINE) {
        throw new ProtocolException("a command that does not end");
      }
      line.write(b);
    }
    return Optional.empty();
  }

  /** Where in a line of content the reading is. */
  private enum At {
    START,
    WITHIN,
    AFTER_CR,
    DOT,
    DOT_CR
  }

  /** The content after DATA; empty when it is larger than {@code most}. */
  Optional<byte[]> content(int most) throws IOException {
    var content = new ByteArrayOutputStream();
    var at = At.START;
    for (long read = 0; read < (long) most * PATIENCE; read++) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the mail ended early");
      }
      if (at == At.DOT_CR && b == '\n') {
        return content.size() > most ? Optional.empty() : Optional.of(content.toByteArray());
      }
      var kept = content.size() <= most;
      at =
          switch (at) {
            case START -> b == '.' ? At.DOT : keep(content, b, kept);
            case WITHIN -> keep(content, b, kept);
            case AFTER_CR -> {
              var next = keep(content, b, kept);
              yield b == '\n' ? At.START : next;
            }
            case DOT -> b == '\r' ? At.DOT_CR : keep(content, b, kept);
            case DOT_CR -> {
              keep(content, '\r', kept);
              yield keep(content, b, kept);
            }
          };
    }
    throw new ProtocolException("a mail that does not end");
  }

  private static At keep(ByteArrayOutputStream content, int b, boolean kept) {
    if (kept) {
      content.write(b);
    }
    return b == '\r' ? At.AFTER_CR : At.WITHIN;
  }
}
