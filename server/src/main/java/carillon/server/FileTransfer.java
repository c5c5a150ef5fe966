package carillon.server;

import carillon.jsonapi.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Sends files to a server and fetches them, without holding them in memory. */
final class FileTransfer implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String key;

  /** {@code url}: of the server; {@code key}: a private key. */
  FileTransfer(String url, String key) {
    this.url = url.replaceFirst("/+$", "");
    this.key = key;
  }

  /** What a server did not want, in its words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Parameters of a request, in order. */
  static final class Query {
    private final List<String> parts = new ArrayList<>();

    Query add(String name, Optional<String> value) {
      value.ifPresent(given -> parts.add(name + "=" + encoded(given)));
      return this;
    }

    private String text() {
      return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
  }

  /** The server may refuse before anything is sent. */
  InputStream post(String path, Query query, InputStream body) throws IOException, Refused {
    return answered(
        request(path + query.text())
            .header("Content-Type", "text/csv")
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)));
  }

  InputStream get(String path, Query query) throws IOException, Refused {
    return answered(request(path + query.text()).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Klaviyo-API-Key " + key);
  }

  private InputStream answered(HttpRequest.Builder request) throws IOException, Refused {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      throw new Refused(told(answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String told(HttpResponse<InputStream> answer) throws IOException {
    try (var body = answer.body()) {
      var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(text).at("/errors/0/detail").asString(text);
    } catch (JacksonException _) {
      return "The server answered " + answer.statusCode() + ".";
    }
  }

  /** A word as part of a path or query. */
  static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
