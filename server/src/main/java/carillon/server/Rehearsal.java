package carillon.server;

import carillon.demo.DemoShop;
import carillon.jsonapi.Caller;
import carillon.platform.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Starts an empty node, fills it with the invented shop, asks it a little and stops it. The
 * launcher lets the JVM watch this once after a build, so that later starts find their classes
 * ready, the database's programs unpacked, and know from the first request what is worth compiling.
 */
final class Rehearsal {

  private static final List<String> PATHS =
      List.of("/api/accounts", "/api/tags", "/health/ready", "/openapi.json", "/");

  static int run() {
    var folder = folder();
    var settings =
        Settings.read(
            Map.of(
                "CARILLON_PORT", "0",
                "CARILLON_DATA_DIR", folder.toString(),
                "CARILLON_LOG_FORMAT", "json",
                "CARILLON_RATE_LIMITS", "off"),
            folder);
    Logging.configure(settings);
    try (var node = Serve.start(settings)) {
      var account = node.accounts().create("Rehearsal");
      var key = node.keys().create(account.id(), "rehearsal", Set.of(Caller.EVERYTHING));
      PATHS.forEach(path -> ask(node.url() + path, key));
      new DemoShop(node.url(), key, Clock.systemUTC()).fill();
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void ask(String url, String key) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Klaviyo-API-Key " + key)
            .header("revision", "2026-04-15")
            .build();
    try (var http = HttpClient.newHttpClient()) {
      http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("carillon-rehearsal-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Rehearsal() {}
}
