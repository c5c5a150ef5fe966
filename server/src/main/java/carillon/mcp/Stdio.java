package carillon.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol over standard input and output: one message a line. Requests are worked on side by
 * side; the end of the input ends it, once those under way are answered.
 */
public final class Stdio {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Answers a message, or nothing when none is wanted. */
  interface Partner {
    Optional<ObjectNode> answer(Message message);
  }

  private final Partner partner;
  private final Set<JsonNode> underWay = ConcurrentHashMap.newKeySet();

  Stdio(Partner partner) {
    this.partner = partner;
  }

  /** Serves until the input ends. Nothing else may be written to the output. */
  public void serve(InputStream in, PrintStream out) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          take(line, threads, out);
        }
      }
      finish(threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void finish(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void take(String line, ExecutorService threads, PrintStream out) {
    try {
      var message = Message.read(line.getBytes(StandardCharsets.UTF_8));
      if (message.method().equals("notifications/cancelled")) {
        cancel(message);
      } else if (message.method().equals("initialize")) {
        partner.answer(message).ifPresent(answer -> write(answer, out));
      } else {
        start(message, threads, out);
      }
    } catch (Message.Unreadable fault) {
      write(Protocol.unreadable(fault), out);
    }
  }

  private void start(Message message, ExecutorService threads, PrintStream out) {
    message.id().ifPresent(underWay::add);
    threads.execute(() -> {
      var answer = partner.answer(message);
      if (message.id().filter(underWay::remove).isPresent()) {
        answer.ifPresent(one -> write(one, out));
      }
    });
  }

  /**
   * A request that is cancelled is finished, so that nothing is left half done, but not answered.
   */
  private void cancel(Message message) {
    Optional.ofNullable(message.params().get("requestId")).ifPresent(underWay::remove);
  }

  private static void write(ObjectNode answer, PrintStream out) {
    var line = (answer + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(line, 0, line.length);
      out.flush();
    }
  }
}
