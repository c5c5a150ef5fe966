package carillon.platform.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Another JVM that runs an embedded PostgreSQL until it is killed. */
final class ServerProcess {
  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  static ServerProcess start(Path folder) {
    try {
      return new ServerProcess(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ServerProcess.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs in the other JVM: prints the process id, or why there is none. */
  public static void main(String[] args) throws InterruptedException {
    try {
      var options = new EmbeddedPostgres.Options(Path.of(args[0]), "32MB", 20, true);
      System.out.println("postgres " + EmbeddedPostgres.start(options).pid());
      Thread.currentThread().join();
    } catch (EmbeddedPostgresFailure e) {
      System.out.println("failure " + e.getMessage());
    }
  }

  /** The PostgreSQL it has started. */
  ProcessHandle postgres() {
    var line = answer(process.inputReader());
    if (!line.startsWith("postgres ")) {
      throw new IllegalStateException(line);
    }
    return ProcessHandle.of(Long.parseLong(line.substring("postgres ".length()))).orElseThrow();
  }

  /** Without a chance to clean up. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  private static String answer(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith("postgres ") || line.startsWith("failure "))
        .findFirst()
        .orElse("no answer");
  }
}
