package carillon.platform.db;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running PostgreSQL, a child process. It is started and watched by one thread of its own,
 * because the kernel signals the child when the thread that started it ends; when the child dies
 * uncalled, that thread starts it again, however often that happens: nothing works without it.
 */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration POLL = Duration.ofMillis(4);
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LIFE_THAT_COUNTS = Duration.ofSeconds(10);

  /** Twelve deaths in a row make a wait of 16 s, and no longer ones follow. */
  private static final int LONGEST_WAIT_AFTER = 12;

  private final List<String> command;
  private final Path cluster;
  private final Path log;
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private Process process;
  private boolean wanted = true;
  private boolean ready;

  Postmaster(List<String> command, Path cluster, Path log) {
    this.command = command;
    this.cluster = cluster;
    this.log = log;
  }

  /** Returns when PostgreSQL accepts connections, after any recovery; false if it ended instead. */
  boolean start() throws InterruptedException {
    Thread.ofPlatform().name("postgres").daemon().start(this::watch);
    var first = started.join();
    var pidFile = new PidFile(cluster);
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!pidFile.saysReady(first.pid())) {
      if (first.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        stop();
        return false;
      }
    }
    becameReady();
    return true;
  }

  void stop() {
    var running = unwanted();
    if (running == null) {
      return;
    }
    Signals.send(Signals.FAST_SHUTDOWN, running.pid());
    if (!ended(running)) {
      LOG.warn("PostgreSQL does not stop, ending it at once");
      Signals.send(Signals.IMMEDIATE_SHUTDOWN, running.pid());
      if (!ended(running)) {
        running.destroyForcibly();
      }
    }
  }

  long pid() {
    synchronized (this) {
      return process.pid();
    }
  }

  private synchronized Process unwanted() {
    wanted = false;
    return process;
  }

  private synchronized void becameReady() {
    ready = true;
  }

  private synchronized boolean shallRestart() {
    return wanted && ready;
  }

  private void watch() {
    try {
      started.complete(launch());
      for (int deaths = 1; ; deaths++) {
        long since = System.nanoTime();
        int code = process.waitFor();
        if (!shallRestart()) {
          return;
        }
        LOG.error("PostgreSQL ended with code {}, starting it again; see {}", code, log);
        deaths = System.nanoTime() - since > LIFE_THAT_COUNTS.toNanos() ? 1 : deaths;
        Thread.sleep(POLL.multipliedBy(1L << Math.min(deaths, LONGEST_WAIT_AFTER)));
        new Orphans(cluster).awaitBackends();
        launch();
      }
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
      LOG.error("cannot start PostgreSQL", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Process launch() throws IOException {
    if (wanted) {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    }
    return process;
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while stopping PostgreSQL", e);
    }
  }
}
