package carillon.mail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A connection as commands out and replies in, every step of it limited in time. */
final class Wire implements AutoCloseable {
  private final Socket raw;
  private final Watchdog watchdog;
  private final SmtpTimeouts timeouts;
  private Socket socket;
  private ReplyReader replies;

  private Wire(Socket raw, Watchdog watchdog, SmtpTimeouts timeouts) throws IOException {
    this.raw = raw;
    this.watchdog = watchdog;
    this.timeouts = timeouts;
    this.socket = raw;
    this.replies = new ReplyReader(raw);
  }

  static Wire connect(SmtpUrl url, SmtpTimeouts timeouts, Watchdog watchdog) throws IOException {
    var address = new InetSocketAddress(url.host(), url.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host " + url.host());
    }
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) timeouts.connect().toMillis());
      return new Wire(socket, watchdog, timeouts);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  Socket rawSocket() {
    return raw;
  }

  /** Goes on over {@code tls}. What the server said before in the clear must not be believed. */
  void encrypt(SSLSocket tls) throws IOException {
    if (replies.hasUnread()) {
      throw new ProtocolViolation("the relay spoke between STARTTLS and TLS");
    }
    var alarm = watchdog.watch(raw, timeouts.reply());
    try {
      tls.startHandshake();
    } finally {
      alarm.cancel(false);
    }
    socket = tls;
    replies = new ReplyReader(tls);
  }

  ServerReply ask(String command) throws IOException {
    write(command + "\r\n");
    return replies.read(timeouts.reply());
  }

  void write(String commands) throws IOException {
    var bytes = commands.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  void write(byte[] bytes, int size) throws IOException {
    var alarm = watchdog.watch(raw, timeouts.reply());
    try {
      socket.getOutputStream().write(bytes, 0, size);
      socket.getOutputStream().flush();
    } finally {
      alarm.cancel(false);
    }
  }

  ServerReply read() throws IOException {
    return replies.read(timeouts.reply());
  }

  ServerReply read(Duration patience) throws IOException {
    return replies.read(patience);
  }

  boolean hasUnread() {
    try {
      return replies.hasUnread();
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() {
    Watchdog.drop(raw);
  }
}
