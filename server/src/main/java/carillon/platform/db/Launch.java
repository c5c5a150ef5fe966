package carillon.platform.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL's programs are run here: they refuse to run as root, must not hear the terminal's
 * Ctrl-C before the server has drained, and should not outlive it.
 *
 * @param prefix put before every command
 * @param owner who must own the data
 */
record Launch(List<String> prefix, int owner) {
  private static final int NOBODY = 65534;
  private static final int TRIAL_SECONDS = 10;

  /** Own session, so own process group; asked to shut down when the thread that started it ends. */
  private static final List<String> ATTACHED = List.of("setsid", "setpriv", "--pdeathsig", "INT");

  /** The ways to try, best first. */
  static List<Launch> ways(int self, int dataOwner) {
    if (self != Ownership.ROOT) {
      return List.of(new Launch(ATTACHED, self), new Launch(List.of(), self));
    }
    int user = dataOwner == Ownership.ROOT ? NOBODY : dataOwner;
    return List.of(
        new Launch(concat(ATTACHED, unprivileged(user)), user),
        new Launch(concat(List.of("unshare", "-U"), ATTACHED), Ownership.ROOT),
        new Launch(List.of("unshare", "-U"), Ownership.ROOT));
  }

  private static List<String> unprivileged(int user) {
    return List.of("--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs");
  }

  /** Can this way reach the data and run the program? Empty text: yes. */
  String obstacle(PostgresBinaries binaries, Path data) {
    var script = "cd \"$1\" && exec \"$2\" --version";
    var program = binaries.program("postgres");
    try {
      var trial =
          new ProcessBuilder(command("sh", "-c", script, "sh", data.toString(), program))
              .redirectErrorStream(true)
              .start();
      if (!trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
        trial.destroyForcibly();
        return "no answer";
      }
      var output = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return trial.exitValue() == 0 ? "" : output.strip();
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while starting PostgreSQL", e);
    }
  }

  List<String> command(String... command) {
    return concat(prefix, List.of(command));
  }

  private static List<String> concat(List<String> one, List<String> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
