package carillon.platform.work;

import carillon.platform.db.DatabaseUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a node that goes on without requests: tasks done in turns on a thread of their own, with
 * a rest when none has anything to do. A task that fails is tried again after the rest, and does
 * not keep the others from their turns.
 */
public final class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  /** Something to be done, on any node and any number of times. */
  @FunctionalInterface
  public interface Task {

    /** Does the next of it; false when there is nothing to do now. */
    boolean attempt();
  }

  private final String name;
  private final Duration look;
  private final WakeUp wakeUp;
  private final List<Task> tasks;
  private Optional<Thread> worker = Optional.empty();
  private volatile boolean stopping;

  /** Prepares work that is looked for every second. */
  public Background(String name, WakeUp wakeUp, Task... tasks) {
    this(name, Duration.ofSeconds(1), wakeUp, tasks);
  }

  /**
   * Prepares the work; {@link #start} begins.
   *
   * @param name what the thread is called, and failures are told of
   * @param look how long the rest is: other nodes may leave something without ringing here
   * @param wakeUp ends the rest
   */
  public Background(String name, Duration look, WakeUp wakeUp, Task... tasks) {
    this.name = name;
    this.look = look;
    this.wakeUp = wakeUp;
    this.tasks = List.of(tasks);
  }

  /** Begins. */
  public Background start() {
    worker = Optional.of(Thread.ofVirtual().name(name).start(this::run));
    return this;
  }

  /** Whether a long task should find an end. */
  public boolean isStopping() {
    return stopping;
  }

  /** Waits, but not for the end of the node. */
  public void pause(Duration time) {
    try {
      for (var left = time.toMillis(); left > 0 && !stopping; left -= 100) {
        Thread.sleep(Math.min(left, 100));
      }
    } catch (InterruptedException _) {
      stopping = true;
    }
  }

  private void run() {
    while (!stopping) {
      var busy = false;
      for (var task : tasks) {
        busy |= attempt(task);
      }
      if (!busy && !stopping) {
        wakeUp.await(look);
      }
    }
  }

  private boolean attempt(Task task) {
    try {
      return task.attempt();
    } catch (DatabaseUnavailable _) {
      LOG.warn("{}: the database is away", name);
      return false;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("{}: failed and will be tried again", name);
      return false;
    }
  }

  /** Lets the attempts under way finish. */
  @Override
  public void close() {
    stopping = true;
    wakeUp.ring();
    worker.ifPresent(Background::await);
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
