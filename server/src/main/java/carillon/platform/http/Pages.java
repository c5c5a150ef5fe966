package carillon.platform.http;

import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Routes beside the API: pages, files, tracking links. A path ending in a slash also takes all
 * paths below it; the longest match wins.
 */
public final class Pages {

  private final TreeMap<String, Page> pages = new TreeMap<>();

  private record Page(String name, Function<HttpRequest, HttpResponse> handler) {}

  /** Adds a route; {@code name} stands for it in metrics. */
  public Pages add(String path, String name, Function<HttpRequest, HttpResponse> handler) {
    if (pages.put(path, new Page(name, handler)) != null) {
      throw new IllegalStateException("declared twice: " + path);
    }
    return this;
  }

  /** The answer of the route the path leads to; empty when there is none. */
  public Optional<HttpResponse> answer(HttpRequest request) {
    return find(request.path())
        .map(page -> {
          var answer = page.handler().apply(request);
          return new HttpResponse(
              answer.status(), answer.headers(), answer.body(), page.name(), answer.requestId());
        });
  }

  private Optional<Page> find(String path) {
    for (var candidate = pages.floorEntry(path);
        candidate != null;
        candidate = pages.lowerEntry(candidate.getKey())) {
      var route = candidate.getKey();
      if (path.equals(route)
          || (route.length() > 1 && route.endsWith("/") && path.startsWith(route))) {
        return Optional.of(candidate.getValue());
      }
    }
    return Optional.empty();
  }

  /** A page of HTML that may load nothing from elsewhere. */
  public static HttpResponse html(int status, String html) {
    return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text. */
  public static HttpResponse text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON. */
  public static HttpResponse json(int status, String json) {
    return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of any type, with headers that keep browsers from guessing or framing. */
  public static HttpResponse of(int status, String type, byte[] body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", type);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    return new HttpResponse(status, headers, body, "", "");
  }

  /** The same answer with another header. */
  public static HttpResponse with(HttpResponse answer, String name, String value) {
    var headers = new LinkedHashMap<>(answer.headers());
    headers.put(name, value);
    return new HttpResponse(
        answer.status(), headers, answer.body(), answer.operation(), answer.requestId());
  }

  /** Sends the browser elsewhere. */
  public static HttpResponse redirect(String location) {
    return new HttpResponse(
        302, Map.of("Location", location, "Cache-Control", "no-store"), new byte[0], "", "");
  }

  /** The plain refusal of a page. */
  public static HttpResponse refusal(Fault fault) {
    return text(fault.code().status(), fault.detail() + "\n");
  }
}
