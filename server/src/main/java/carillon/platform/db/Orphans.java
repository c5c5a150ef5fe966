package carillon.platform.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL processes that a killed server left behind. Called only while the folder's lock is
 * held, so whatever works in it is nobody's.
 */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final int PATIENCE_SECONDS = 30;

  private final Path cluster;
  private final PidFile pidFile;

  Orphans(Path cluster) {
    this.cluster = cluster;
    this.pidFile = new PidFile(cluster);
  }

  /** Stops them all and removes a pid file that would make PostgreSQL refuse to start. */
  void stop() throws IOException {
    pidFile.pid().flatMap(ProcessHandle::of).filter(this::isOurs).ifPresent(this::stopPostmaster);
    awaitBackends();
    // If the pid lives on, it is some other program's by now.
    if (pidFile.pid().flatMap(ProcessHandle::of).isPresent()) {
      pidFile.delete();
    }
  }

  /** Waits for what a killed postmaster left; its processes notice by themselves. */
  void awaitBackends() {
    for (var backend : backends()) {
      if (!ended(backend)) {
        LOG.warn("killing process {} of an earlier PostgreSQL", backend.pid());
        backend.destroyForcibly();
        ended(backend);
      }
    }
  }

  private void stopPostmaster(ProcessHandle postmaster) {
    LOG.info("stopping PostgreSQL, process {}, left by an earlier server", postmaster.pid());
    Signals.send(Signals.FAST_SHUTDOWN, postmaster.pid());
    if (!ended(postmaster)) {
      Signals.send(Signals.IMMEDIATE_SHUTDOWN, postmaster.pid());
      ended(postmaster);
    }
  }

  private List<ProcessHandle> backends() {
    return ProcessHandle.allProcesses().filter(this::worksInCluster).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    return worksInCluster(process) || commandLine(process).contains("\0-D\0" + cluster + "\0");
  }

  private boolean worksInCluster(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(proc(process).resolve("cwd")).equals(cluster);
    } catch (IOException _) {
      return false;
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(proc(process).resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  private static Path proc(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()));
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new EmbeddedPostgresFailure("cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while stopping PostgreSQL", e);
    }
  }
}
