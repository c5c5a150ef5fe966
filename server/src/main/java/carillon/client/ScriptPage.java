package carillon.client;

import static java.util.stream.Collectors.joining;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Set;

/** Serves the script that pages of shops load; it is the same for all of them. */
public final class ScriptPage {

  private static final String PATH = "/carillon.js";

  private final byte[] script = script();
  private final String tag = "\"" + digest(script) + "\"";

  /** Adds the script. */
  public void addTo(Pages pages) {
    pages.add(PATH, "script", this::serve);
  }

  private HttpResponse serve(HttpRequest request) {
    if (!Set.of("GET", "HEAD").contains(request.method())) {
      return Pages.with(Pages.text(405, "Only to be read.\n"), "Allow", "GET, HEAD");
    }
    var whole = Pages.of(200, "text/javascript; charset=utf-8", script);
    var headers = new LinkedHashMap<>(whole.headers());
    headers.put("ETag", tag);
    headers.put("Cache-Control", "public, max-age=3600");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put("Access-Control-Allow-Origin", "*");
    return request.header("If-None-Match").filter(this::names).isPresent()
        ? new HttpResponse(304, headers, new byte[0], "", "")
        : new HttpResponse(200, headers, script, "", "");
  }

  /** Proxies that compress on the way mark the tag as weak, or add to it. */
  private boolean names(String tags) {
    return tags.contains(tag.substring(1, tag.length() - 1));
  }

  /** Without comments and indentation, which are for readers of the source. */
  private static byte[] script() {
    try (var in = ScriptPage.class.getResourceAsStream("carillon.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .collect(joining("\n"))
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
