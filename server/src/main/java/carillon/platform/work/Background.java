package carillon.platform.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does tasks, one after the other, and rests when there is nothing to do. */
public final class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  /** How often it looks without having been rung: other nodes may have left something. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final String name;
  private final List<Task> tasks;
  private final Semaphore bell;
  private Optional<Thread> worker = Optional.empty();
  private volatile boolean stopping;

  /**
   * Something to be started.
   *
   * @param name of the thread
   * @param bell rung when there is something to do
   */
  public Background(String name, List<Task> tasks, Semaphore bell) {
    this.name = name;
    this.tasks = List.copyOf(tasks);
    this.bell = bell;
  }

  /** Begins to work, until it is closed. */
  public Background start() {
    worker = Optional.of(Thread.ofVirtual().name(name).start(this::run));
    return this;
  }

  /** Lets the attempt under way finish. */
  @Override
  public void close() {
    stopping = true;
    bell.release();
    worker.ifPresent(Background::await);
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      var busy = false;
      for (var task : tasks) {
        busy |= attempt(task);
      }
      if (!busy) {
        rest();
      }
    }
  }

  private static boolean attempt(Task task) {
    try {
      return task.attempt();
    } catch (RuntimeException e) {
      LOG.error("work in the background failed and will be tried again", e);
      return false;
    }
  }

  private void rest() {
    try {
      var _ = bell.tryAcquire(REST.toMillis(), TimeUnit.MILLISECONDS);
      bell.drainPermits();
    } catch (InterruptedException _) {
      stopping = true;
    }
  }
}
