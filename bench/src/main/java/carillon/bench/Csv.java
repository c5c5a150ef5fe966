package carillon.bench;

import carillon.jsonapi.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * A file of people in, again, and out over HTTP, by a server with a heap of 256 MB; and beside it
 * COPY of the same file into a bare table, and of the rows it became into equal tables with the
 * same indexes. {@code --rows N}: a million when not given.
 */
final class Csv {

  private static final String HEADER =
      "email,first_name,last_name,phone_number,city,country,plan,visits,vip\n";

  public static void main(String[] args) throws IOException {
    var rows = args.length == 2 && args[0].equals("--rows") ? Integer.parseInt(args[1]) : 1_000_000;
    System.out.println(Shell.machine());
    var file = file(rows);
    try (var node = Node.start(Map.of(), "256m")) {
      System.out.printf("%,d rows, %,d MB%n", rows, Files.size(file) / 1_000_000);
      var first = timed("import, everybody new", rows, () -> load(node, file));
      timed("import, everybody known, nothing changed", rows, () -> load(node, file));
      timed("export", rows, () -> save(node, file.resolveSibling(file.getFileName() + ".out")));
      System.out.printf(
          "%-50s %,9d MB%n", "most memory of the server (heap 256 MB)", node.peakMb());
      var bare = timed("COPY of the file into a bare table", rows, () -> copyFile(node, file));
      var files = dumped(node);
      var equal = timed("COPY of the rows into equal tables", rows, () -> copyRows(node, files));
      System.out.printf(
          "import is %.2f of COPY bare, %.2f of COPY equal%n", bare / first, equal / first);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".out"));
    }
  }

  /** Anything that takes time. */
  private interface Work {
    void go() throws IOException, SQLException, InterruptedException;
  }

  private static double timed(String name, int rows, Work work) {
    var started = System.nanoTime();
    try {
      work.go();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf("%-50s %,9.0f rows/s  %.1f s%n", name, rows / seconds, seconds);
    return seconds;
  }

  private static Path file(int rows) throws IOException {
    var file = Files.createTempFile("carillon-bench-", ".csv");
    try (var out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (int i = 0; i < rows; i++) {
        row(out, i);
      }
    }
    return file;
  }

  private static void row(BufferedWriter out, int i) throws IOException {
    out.write(
        "person%d@example.org,First%d,Last%d,+49151%08d,\"City %d\",Germany,%s,%d,%s\n"
            .formatted(
                i, i % 5_000, i, i, i % 300, i % 3 == 0 ? "gold" : "silver", i % 90, i % 7 == 0));
  }

  private static void load(Node node, Path file) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              request(node, "/carillon/imports/profiles")
                  .POST(HttpRequest.BodyPublishers.ofFile(file))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200 || Json.read(answer.body()).get("rejected").intValue() > 0) {
        throw new IllegalStateException(answer.body());
      }
    }
  }

  private static void save(Node node, Path file) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          request(node, "/carillon/exports/profiles").GET().build(), BodyHandlers.ofFile(file));
    }
  }

  private static HttpRequest.Builder request(Node node, String path) {
    return HttpRequest.newBuilder(URI.create(node.url() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Authorization", "Klaviyo-API-Key " + Node.KEY);
  }

  private static void copyFile(Node node, Path file) throws IOException, SQLException {
    node.db()
        .sql(
            """
            create table bare (email text, first_name text, last_name text, phone_number text,
              city text, country text, plan text, visits text, vip text)
            """)
        .run();
    try (var connection = node.db().dataSource().getConnection();
        var in = Files.newInputStream(file)) {
      new CopyManager(connection.unwrap(BaseConnection.class))
          .copyIn("copy bare from stdin (format csv, header)", in, 1 << 16);
    }
  }

  /** The rows of the tables that the import filled, in files. */
  private static Map<String, Path> dumped(Node node) throws IOException {
    var files = new TreeMap<String, Path>();
    for (var table : List.of("profile", "profile_identifier")) {
      node.db().sql("create table equal_%1$s (like %1$s including all)".formatted(table)).run();
      var file = Files.createTempFile("carillon-bench-", ".copy");
      try (var connection = node.db().dataSource().getConnection();
          var out = Files.newOutputStream(file)) {
        new CopyManager(connection.unwrap(BaseConnection.class))
            .copyOut("copy %s to stdout".formatted(table), out);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      files.put("equal_" + table, file);
    }
    return files;
  }

  private static void copyRows(Node node, Map<String, Path> files)
      throws IOException, SQLException {
    for (var table : files.entrySet()) {
      try (var connection = node.db().dataSource().getConnection();
          var in = Files.newInputStream(table.getValue())) {
        new CopyManager(connection.unwrap(BaseConnection.class))
            .copyIn("copy %s from stdin".formatted(table.getKey()), in, 1 << 16);
      }
      Files.delete(table.getValue());
    }
  }

  private Csv() {}
}
