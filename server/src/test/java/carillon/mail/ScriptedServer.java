package carillon.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that misbehaves on cue: for each verb ({@code GREETING} and {@code CONTENT} among
 * them) the answers given with {@link #answer} are used up first, then it answers as it should.
 */
final class ScriptedServer implements AutoCloseable {
  /** Closes the connection instead of answering. */
  static final String DROP = "<drop>";

  /** Answers nothing until the client gives up. */
  static final String HANG = "<hang>";

  private final ServerSocket listener;
  private final boolean pipelining;
  private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> contents = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  ScriptedServer(boolean pipelining) {
    this.pipelining = pipelining;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Without its line end; one {@code \n} in it starts a new line. */
  ScriptedServer answer(String verb, String... replies) {
    answers.computeIfAbsent(verb, _ -> new ArrayDeque<>()).addAll(List.of(replies));
    return this;
  }

  SmtpUrl url() {
    return SmtpUrl.parse("smtp://127.0.0.1:" + listener.getLocalPort());
  }

  List<String> commands() {
    return commands;
  }

  List<String> contents() {
    return contents;
  }

  int connections() {
    return connections.size();
  }

  /** Ends all connections, as a server does that has waited long enough. */
  void hangUp() {
    connections.forEach(Watchdog::drop);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hangUp();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      boolean going = reply(socket, in, "GREETING");
      while (going) {
        var line = in.readLine();
        if (line == null) {
          return;
        }
        commands.add(line);
        going = reply(socket, in, line.split("[ :]")[0]);
      }
    } catch (IOException _) {
      // the client went away
    }
  }

  private boolean reply(Socket socket, BufferedReader in, String verb) throws IOException {
    var scripted = answers.getOrDefault(verb, new ArrayDeque<>()).poll();
    var answer = scripted == null ? usual(verb) : scripted;
    switch (answer) {
      case DROP -> {
        return false;
      }
      case HANG -> in.transferTo(Writer.nullWriter());
      default -> say(socket, answer);
    }
    if (verb.equals("DATA") && answer.startsWith("354")) {
      return content(socket, in);
    }
    return !verb.equals("QUIT") && !answer.startsWith("421");
  }

  private boolean content(Socket socket, BufferedReader in) throws IOException {
    var content = new StringBuilder();
    for (var line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        return false;
      }
      content.append(line).append("\r\n");
    }
    contents.add(content.toString());
    return reply(socket, in, "CONTENT");
  }

  private static void say(Socket socket, String answer) throws IOException {
    var bytes = (answer.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    socket.getOutputStream().write(bytes);
  }

  private String usual(String verb) {
    return switch (verb) {
      case "GREETING" -> "220-scripted\n220 server";
      case "EHLO" -> "250-scripted\n250-SIZE\n" + (pipelining ? "250-pipelining\n" : "") + "250 OK";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 2.0.0 OK";
    };
  }
}
