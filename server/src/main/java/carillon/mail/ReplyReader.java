package carillon.mail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** Reads the replies of a server that may be slow, chatty or no mail server at all. */
final class ReplyReader {
  private static final Pattern REPLY_LINE = Pattern.compile("[2-5][0-9][0-9](?:[ -].*)?");
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 200;
  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[LONGEST_LINE];
  private int next;
  private int end;

  ReplyReader(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** The limit is for the whole reply, however slowly it drips. */
  ServerReply read(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    var lines = new ArrayList<String>();
    String line;
    do {
      line = line(deadline);
      check(line, lines.isEmpty() ? line : lines.getFirst());
      lines.add(line);
    } while (line.startsWith("-", 3) && lines.size() <= MOST_LINES);
    if (lines.size() > MOST_LINES) {
      throw new ProtocolViolation("a reply of too many lines");
    }
    return ServerReply.of(lines);
  }

  /** Whether something was said that nobody asked for. */
  boolean hasUnread() throws IOException {
    return next < end || in.available() > 0;
  }

  private static void check(String line, String first) throws ProtocolViolation {
    if (!REPLY_LINE.matcher(line).matches() || !line.startsWith(first.substring(0, 3))) {
      throw new ProtocolViolation(
          "not an SMTP reply: " + line.substring(0, Math.min(80, line.length())));
    }
  }

  private String line(long deadline) throws IOException {
    var line = new ByteBuilder(128);
    for (int b = read(deadline); b != '\n'; b = read(deadline)) {
      if (line.size() == LONGEST_LINE) {
        throw new ProtocolViolation("a reply line of more than " + LONGEST_LINE + " bytes");
      }
      line.put(b);
    }
    var text = new String(line.array(), 0, line.size(), StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int read(long deadline) throws IOException {
    if (next == end) {
      fill(deadline);
    }
    return buffer[next++];
  }

  private void fill(long deadline) throws IOException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    int count = in.read(buffer, 0, buffer.length);
    if (count < 0) {
      throw new EOFException("the relay closed the connection");
    }
    next = 0;
    end = count;
  }
}
