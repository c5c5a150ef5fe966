package carillon.server;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The pages a person opens, and the files they need: all served from the class path. */
final class Assets {

  private static final String OWN = "/carillon/server/";
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.32.0/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; font-src 'self' data:; base-uri 'none'; frame-ancestors"
          + " 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** What may be asked for below /assets/, and where it is. */
  private static final Map<String, String> FILES =
      Map.of(
          "carillon.css", OWN + "carillon.css",
          "carillon.svg", OWN + "carillon.svg",
          "reference.js", OWN + "reference.js",
          "swagger-ui.css", SWAGGER + "swagger-ui.css",
          "swagger-ui-bundle.js", SWAGGER + "swagger-ui-bundle.js");

  HttpResponse home(HttpRequest request) {
    return page(OWN + "home.html");
  }

  HttpResponse reference(HttpRequest request) {
    return page(OWN + "reference.html");
  }

  HttpResponse asset(HttpRequest request) {
    var name = request.path().substring("/assets/".length());
    return Optional.ofNullable(FILES.get(name))
        .map(file -> Pages.with(page(file), "Cache-Control", "public, max-age=3600"))
        .orElseGet(() -> Pages.text(404, "Nothing is here.\n"));
  }

  private static HttpResponse page(String file) {
    var type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    return Pages.with(Pages.of(200, type, read(file)), "Content-Security-Policy", POLICY);
  }

  private static byte[] read(String file) {
    try (var in = Assets.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
