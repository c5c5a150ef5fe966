package carillon.mail;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket on which something takes too long, such as the other side to take what is written
 * to it: sockets have a timeout for reading, none for writing.
 */
public final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  public Watchdog() {
    var threads = Thread.ofPlatform().daemon().name("mail-watchdog").factory();
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Call off by cancelling. */
  public Future<?> watch(Socket socket, Duration limit) {
    return timer.schedule(() -> drop(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  public static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // gone either way
    }
  }
}
