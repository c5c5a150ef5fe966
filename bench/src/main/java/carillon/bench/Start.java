package carillon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * From built jars to ready by the launcher, on an empty and an existing data folder; idle memory.
 */
final class Start {

  private static final int RUNS = 5;
  private static final int PORT = 18_081;

  public static void main(String[] args) throws IOException {
    System.out.println(Shell.machine());
    var launcher = Path.of(System.getProperty("carillon.home"), "carillon").toString();
    Shell.run(List.of(launcher, "version"));
    var folder = Files.createTempDirectory("carillon-bench-");
    for (int i = 0; i < RUNS; i++) {
      var data = folder.resolve("data" + i);
      System.out.printf("empty data folder     %,6d ms%n", start(launcher, data, false));
      System.out.printf("existing data folder  %,6d ms%n", start(launcher, data, i == RUNS - 1));
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private static long start(String launcher, Path data, boolean memory) {
    var builder = new ProcessBuilder(launcher, "serve");
    builder.environment().put("CARILLON_DATA_DIR", data.toString());
    builder.environment().put("CARILLON_PORT", Integer.toString(PORT));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      var started = System.nanoTime();
      var process = builder.start();
      while (!ready()) {
        Shell.pause(Duration.ofMillis(5));
      }
      var millis = (System.nanoTime() - started) / 1_000_000;
      if (memory) {
        Shell.pause(Duration.ofSeconds(20));
        System.out.printf("idle memory of all processes, PSS  %,d MB%n", memory(process) / 1024);
      }
      process.destroy();
      process.onExit().join();
      return millis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ready() {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + PORT + "/health/ready").toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Proportional set size of a process and all below it, in KB. */
  private static long memory(Process process) {
    var pids = new java.util.ArrayList<Long>();
    pids.add(process.pid());
    process.descendants().forEach(child -> pids.add(child.pid()));
    return pids.stream().mapToLong(Start::pss).sum();
  }

  private static long pss(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private Start() {}
}
