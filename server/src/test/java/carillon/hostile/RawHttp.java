package carillon.hostile;

import carillon.jsonapi.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Writes requests to a socket byte by byte, one connection each. */
public final class RawHttp {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final List<String> MEMBERS =
      List.of("id", "status", "code", "title", "detail", "source");

  private final int port;
  private final String key;
  private final String company;

  /** Talks to a port of this machine with a private key, and to /client with a company id. */
  public RawHttp(int port, String key, String company) {
    this.port = port;
    this.key = key;
    this.company = company;
  }

  /** What came back. */
  public record Answer(int status, String body) {

    /** What an answer to a wrong request must not be. */
    public List<String> faults() {
      if (status < 200 || status >= 500) {
        return List.of("status " + status + " " + body);
      }
      return status >= 400 ? shapeFaults() : List.of();
    }

    private List<String> shapeFaults() {
      try {
        var errors = Json.read(body).path("errors");
        var faults = new ArrayList<String>();
        if (!errors.isArray() || errors.isEmpty()) {
          faults.add("no errors in " + body);
        }
        errors.forEach(error -> faults.addAll(errorFaults(error)));
        return faults;
      } catch (JacksonException e) {
        return List.of("refused without a document: " + status + " " + body);
      }
    }

    private List<String> errorFaults(JsonNode error) {
      var whole = MEMBERS.stream().allMatch(error::has);
      return whole && error.get("status").isInt() && error.get("status").intValue() == status
          ? List.of()
          : List.of("not the shape of an error: " + error);
    }
  }

  /** Sends with the key and revision every client sends. */
  public Answer send(Probe probe) {
    var head = new StringBuilder();
    head.append(probe.method()).append(' ').append(target(probe)).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\nrevision: 2026-04-15\r\n");
    head.append("Authorization: Klaviyo-API-Key ").append(key).append("\r\n");
    probe
        .contentType()
        .ifPresent(type -> head.append("Content-Type: ").append(type).append("\r\n"));
    if (probe.body().length > 0 || probe.contentType().isPresent()) {
      head.append("Content-Length: ").append(probe.body().length).append("\r\n");
    }
    return exchange(head.append("\r\n").toString(), probe.body());
  }

  private String target(Probe probe) {
    var path = probe.path();
    return path.startsWith("/client/") && !path.contains("company_id")
        ? path + (path.contains("?") ? "&" : "?") + "company_id=" + company
        : path;
  }

  /** The status of the answer to a text that need not be a request. */
  public int sendRaw(String text) {
    return exchange(text, new byte[0]).status();
  }

  private Answer exchange(String head, byte[] body) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      writeAsLongAsRead(out, body);
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(head.lines().findFirst().orElse(""), e);
    }
  }

  /** A server that has refused a long body may stop reading it. */
  private static void writeAsLongAsRead(java.io.OutputStream out, byte[] body) {
    try {
      out.write(body);
      out.flush();
    } catch (IOException _) {
      return;
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (IOException e) {
      if (bytes.size() == 0) {
        throw e;
      }
    }
    var text = bytes.toString(StandardCharsets.UTF_8);
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text.substring(end + 4));
  }
}
