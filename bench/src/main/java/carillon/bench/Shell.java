package carillon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Programs of the machine that benchmarks call. */
final class Shell {

  /** Runs a program to its end and answers what it printed. */
  static String run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(
          command.getFirst() + " cannot be run; install wrk and postfix from Debian", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a program that goes on. */
  static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          command.getFirst() + " cannot be run; install wrk and postfix from Debian", e);
    }
  }

  /** A text in a file of its own. */
  static Path file(String suffix, String text) {
    try {
      return Files.writeString(Files.createTempFile("carillon-bench-", suffix), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new folder. */
  static Path folder() {
    try {
      return Files.createTempDirectory("carillon-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and all in it. */
  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hardware, for the record. */
  static String machine() {
    var cpu = run(List.of("sh", "-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2")).strip();
    return "%d × %s, Java %s%s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            cpu,
            System.getProperty("java.version"),
            run(List.of("cat", "/proc/self/cgroup")).contains("carillon-bench")
                ? ", in a control group"
                : "");
  }

  /** A quarter of the machine's memory, which PostgreSQL is usually given for its pages; MB. */
  static long quarterOfMemory() {
    var machine =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return machine.getTotalMemorySize() / 4 >> 20;
  }

  private Shell() {}
}
