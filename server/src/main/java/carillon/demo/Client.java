package carillon.demo;

import carillon.jsonapi.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Talks to a server as any client would, waiting where it is asked to. */
final class Client {

  private static final int TRIES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String url;
  private final String key;

  Client(String url, String key) {
    this.url = url;
    this.key = key;
  }

  JsonNode get(String path) {
    return api("GET", path, "");
  }

  JsonNode post(String path, JsonNode body) {
    return api("POST", path, body.toString());
  }

  /** A page of the server itself. */
  String page(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build()).body();
  }

  /** Opens a link of a mail as a person's mail program or browser does. */
  void visit(String link, String agent) {
    send(
        HttpRequest.newBuilder(URI.create(link))
            .timeout(PATIENCE)
            .header("User-Agent", agent)
            .build());
  }

  private JsonNode api(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Authorization", "Klaviyo-API-Key " + key)
            .header("revision", "2026-04-15")
            .header("Content-Type", "application/vnd.api+json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    for (int i = 0; i < TRIES; i++) {
      var response = send(request);
      if (response.statusCode() < 300) {
        return response.body().isEmpty() ? Json.object() : Json.read(response.body());
      }
      if (response.statusCode() != 429) {
        throw new IllegalStateException(
            method + " " + path + " answered " + response.statusCode() + ": " + response.body());
      }
      pause(Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
    }
    throw new IllegalStateException(method + " " + path + " was throttled too long");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
