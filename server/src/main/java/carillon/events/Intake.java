package carillon.events;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.TransactionConflict;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Group commit: requests wait while a writer takes all that waits and commits it together. Who gets
 * an answer knows that its events are durable.
 */
final class Intake implements AutoCloseable {

  static final int WRITERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What one request brings; written as a whole or not at all. */
  record Parcel(String account, List<NewEvent> events, CompletableFuture<Boolean> written) {
    Parcel(String account, List<NewEvent> events) {
      this(account, events, new CompletableFuture<>());
    }

    int size() {
      return events.size();
    }
  }

  private final Consumer<List<Parcel>> writing;
  private final Batches batches = new Batches(Duration.ofMillis(100));
  private final List<Thread> writers = new ArrayList<>();
  private final DistributionSummary sizes;
  private final Timer times;

  /** Starts the writers; {@code writing} commits parcels together or throws. */
  Intake(Consumer<List<Parcel>> writing, MeterRegistry meters) {
    this.writing = writing;
    this.sizes =
        DistributionSummary.builder("carillon.intake.batch")
            .description("events committed together")
            .register(meters);
    this.times =
        Timer.builder("carillon.intake.write")
            .description("time to commit a batch")
            .publishPercentileHistogram()
            .register(meters);
    Gauge.builder("carillon.intake.waiting", batches, Batches::waiting)
        .description("requests waiting to be written")
        .register(meters);
    for (int i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofPlatform().name("intake-" + i).daemon().start(this::write));
    }
  }

  /**
   * Records events and returns when they are durable.
   *
   * @throws ApiError 503 when there is too much to do, or what the events themselves are refused
   *     for
   * @throws DatabaseUnavailable when they may not have been recorded
   */
  void record(String account, List<NewEvent> events) {
    var parcel = new Parcel(account, events);
    try {
      if (!batches.offer(parcel, PATIENCE)) {
        throw busy();
      }
      parcel.written().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    } catch (TimeoutException _) {
      throw busy();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static RuntimeException refusal(Throwable cause) {
    return switch (cause) {
      case TransactionConflict _ -> busy();
      case RuntimeException failure -> failure;
      default -> new IllegalStateException(cause);
    };
  }

  private static ApiError busy() {
    return ApiError.of(Fault.Code.UNAVAILABLE, "The server is busy. Try again later.");
  }

  private void write() {
    try {
      for (var batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
        try {
          write(batch);
        } finally {
          batches.done();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** When a batch fails for one of its parcels, each is written alone and answers for itself. */
  private void write(List<Parcel> batch) {
    try {
      times.record(() -> writing.accept(batch));
      sizes.record(batch.stream().mapToInt(Parcel::size).sum());
      batch.forEach(parcel -> parcel.written().complete(true));
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1 || e instanceof DatabaseUnavailable) {
        batch.forEach(parcel -> parcel.written().completeExceptionally(e));
      } else {
        batch.forEach(parcel -> write(List.of(parcel)));
      }
    }
  }

  /** Writes what waits and ends. */
  @Override
  public void close() {
    batches.close();
    for (var writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
