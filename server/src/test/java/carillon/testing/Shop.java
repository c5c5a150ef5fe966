package carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An account on the test server with its full-access key, and a client that talks to it as any
 * client would. Every answer is checked against the published schema.
 */
public final class Shop {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String url;
  private final String account;
  private final String key;

  public Shop(String url, String account, String key) {
    this.url = url;
    this.account = account;
    this.key = key;
  }

  public String account() {
    return account;
  }

  public String key() {
    return key;
  }

  /** The same account asked with another key. */
  public Shop with(String otherKey) {
    return new Shop(url, account, otherKey);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer patch(String path, String json) {
    return send("PATCH", path, json);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer delete(String path, String json) {
    return send("DELETE", path, json);
  }

  /** Follows a whole link. */
  public Answer follow(String link) {
    return get(link.substring(url.length()));
  }

  /** Asks again until the answer is as wanted; fails when that takes too long. */
  public Answer eventually(Supplier<Answer> ask, Predicate<Answer> wanted) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var answer = ask.get();
    while (!wanted.test(answer)) {
      assertThat(System.nanoTime()).as("still not so: " + answer.body()).isLessThan(deadline);
      pause();
      answer = ask.get();
    }
    return answer;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A query value, percent-encoded. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Answer send(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path.replace("[", "%5B").replace("]", "%5D")))
            .header("Authorization", "Klaviyo-API-Key " + key)
            .header("revision", "2026-04-15")
            .header("Accept", "application/vnd.api+json")
            .timeout(PATIENCE);
    if (json == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/vnd.api+json")
          .method(method, HttpRequest.BodyPublishers.ofString(json));
    }
    return checked(method, path, send(request.build()));
  }

  /** Sends any request at all. */
  public static Answer send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer checked(String method, String path, Answer answer) {
    if (!answer.body().isEmpty() && answer.status() < 300) {
      var faults = Published.faults(method, path, answer.status(), Json.read(answer.body()));
      assertThat(faults)
          .as(method + " " + path + " answered " + answer.body())
          .allMatch(fault -> narrowed(path) && fault.contains("required property"));
    }
    return answer;
  }

  /** Whether sparse fields were asked for, which may leave out what is published as required. */
  private static boolean narrowed(String path) {
    return path.contains("fields[") || path.contains("fields%5B");
  }
}
