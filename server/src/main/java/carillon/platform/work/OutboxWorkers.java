package carillon.platform.work;

import carillon.platform.db.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** Passes news on to its subscribers on this node. */
public final class OutboxWorkers implements AutoCloseable {

  private final LaneWorkers workers;

  /**
   * Prepares to pass on; {@link #start} begins. The outbox keeps no news that no subscriber takes.
   *
   * @param holder a name no other node has
   */
  public OutboxWorkers(
      Database db,
      Clock clock,
      Outbox outbox,
      List<OutboxSubscriber> subscribers,
      LaneOptions options,
      String holder,
      MeterRegistry metrics) {
    outbox.hear(
        subscribers.stream()
            .flatMap(subscriber -> subscriber.kinds().stream())
            .collect(Collectors.toSet()));
    this.workers =
        new LaneWorkers(
            db,
            new OutboxQueue(db, clock, subscribers, metrics),
            options,
            holder,
            outbox.wakeUp(),
            metrics);
  }

  /** Begins. */
  public OutboxWorkers start() {
    workers.start();
    return this;
  }

  /** Finishes the batches under way and gives the lanes back. */
  @Override
  public void close() {
    workers.close();
  }
}
