package carillon.bench;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.db.EmbeddedPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A server in a process of its own, over a PostgreSQL that the benchmark can look into. */
final class Node implements AutoCloseable {

  static final String KEY = "pk_benchmark_benchmark_benchmark_bench";
  static final String ACCOUNT = "BENCH1";

  private static final int PORT = 18_080;

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Database db;
  private final Process process;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Node(Path folder, EmbeddedPostgres postgres, Database db, Process process) {
    this.folder = folder;
    this.postgres = postgres;
    this.db = db;
    this.process = process;
  }

  /** Starts both, the server by its launcher, with a heap of 512 MB and further settings. */
  static Node start(Map<String, String> settings) {
    return start(settings, "512m");
  }

  /** The same with another heap. */
  static Node start(Map<String, String> settings, String heap) {
    Shell.run(
        List.of(Path.of(System.getProperty("carillon.home"), "carillon").toString(), "version"));
    try {
      var folder = Files.createTempDirectory("carillon-bench-");
      var postgres =
          EmbeddedPostgres.start(
              new EmbeddedPostgres.Options(
                  folder.resolve("data"), Shell.quarterOfMemory() + "MB", 100, true));
      var process = serve(postgres, folder, settings, heap);
      var db = Database.open(postgres.address(), 4, new SimpleMeterRegistry());
      var node = new Node(folder, postgres, db, process);
      node.waitUntilReady();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process serve(
      EmbeddedPostgres postgres, Path folder, Map<String, String> settings, String heap)
      throws IOException {
    var home = Path.of(System.getProperty("carillon.home"));
    var builder = new ProcessBuilder(List.of(home.resolve("carillon").toString(), "serve"));
    var environment = builder.environment();
    environment.put("JAVA_OPTS", "-Xmx" + heap);
    environment.keySet().removeIf(name -> name.startsWith("CARILLON_"));
    environment.put("CARILLON_PORT", Integer.toString(PORT));
    environment.put("CARILLON_DATA_DIR", folder.toString());
    environment.put("CARILLON_DATABASE_URL", postgres.address().url());
    environment.put("CARILLON_SECRET", "a secret for benchmarks only");
    environment.put("CARILLON_COMPANY_ID", ACCOUNT);
    environment.put("CARILLON_PRIVATE_KEY", KEY);
    environment.put("CARILLON_RATE_LIMITS", "off");
    environment.putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
    return builder.start();
  }

  private void waitUntilReady() {
    for (int i = 0; i < 600; i++) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the server ended; see " + folder.resolve("server.log"));
      }
      try {
        var request = HttpRequest.newBuilder(URI.create(url() + "/health/ready")).build();
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException | InterruptedException _) {
        // Not listening yet.
      }
      Shell.pause(Duration.ofMillis(100));
    }
    throw new IllegalStateException("the server did not become ready");
  }

  String url() {
    return "http://127.0.0.1:" + PORT;
  }

  /** The most memory the server's process has had, in MB. */
  long peakMb() {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database below, for counting and preparing. */
  Database db() {
    return db;
  }

  /** Calls the API; fails on anything but success. */
  JsonNode call(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Klaviyo-API-Key " + KEY)
            .header("revision", "2026-04-15")
            .header("Content-Type", "application/vnd.api+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + " answered " + answer.statusCode() + answer.body());
      }
      return answer.body().isEmpty() ? Json.object() : Json.read(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    db.close();
    postgres.close();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
