package carillon.bounces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Somebody who brings mail, line by line. */
final class SmtpClient implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;

  SmtpClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Greets, and says who it is. */
  static SmtpClient greeted(int port) {
    var client = new SmtpClient(port);
    client.reply();
    client.ask("EHLO mta.test");
    return client;
  }

  /** Sends without waiting for anything. */
  void say(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a line and waits for the reply. */
  String ask(String line) {
    say(line + "\r\n");
    return reply();
  }

  /** The next reply, its lines with line feeds between; empty when the other side hung up. */
  String reply() {
    try {
      var reply = new StringBuilder();
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        reply.append(line);
        if (line.length() < 4 || line.charAt(3) != '-') {
          return reply.toString();
        }
        reply.append('\n');
      }
      return reply.toString();
    } catch (IOException _) {
      return "";
    }
  }

  /** Brings a mail; answers the last reply, which is a refusal if there is one. */
  String bring(String recipient, String mail) {
    for (var line : List.of("MAIL FROM:<>", "RCPT TO:<" + recipient + ">", "DATA")) {
      var reply = ask(line);
      if (reply.charAt(0) > '3') {
        return reply;
      }
    }
    return ask(mail + "\r\n.");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
