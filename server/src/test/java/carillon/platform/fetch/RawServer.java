package carillon.platform.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that says exactly what a test wants, byte by byte. */
final class RawServer implements AutoCloseable {

  /** Answers one request; the connection is closed when it returns. */
  @FunctionalInterface
  interface Script {
    void answer(String head, InputStream in, OutputStream out) throws Exception;
  }

  private final ServerSocket listening;
  private final Script script;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
  }

  static RawServer running(Script script) {
    return running("127.0.0.1", script);
  }

  static RawServer running(String address, Script script) {
    try {
      return running(new ServerSocket(0, 50, InetAddress.ofLiteral(address)), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawServer running(ServerSocket listening, Script script) {
    var server = new RawServer(listening, script);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /** A server that sends this to everybody. */
  static RawServer saying(String answer) {
    return saying(answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  static RawServer saying(byte[] answer) {
    return running((_, _, out) -> out.write(answer));
  }

  int port() {
    return listening.getLocalPort();
  }

  String url(String host, String path) {
    return "http://" + host + ":" + port() + path;
  }

  /** The request lines and headers received so far. */
  List<String> heads() {
    return heads;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var socket = listening.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var head = head(socket.getInputStream());
      heads.add(head);
      script.answer(head, socket.getInputStream(), socket.getOutputStream());
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (Exception e) {
      // The other side may leave whenever it likes.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
