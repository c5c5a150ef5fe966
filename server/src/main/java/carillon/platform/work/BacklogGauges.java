package carillon.platform.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** Shows how much waits in a queue, and for how long. */
final class BacklogGauges {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private final LaneQueue queue;
  private final MultiGauge depth;
  private final MultiGauge age;
  private long next = System.nanoTime();

  BacklogGauges(LaneQueue queue, MeterRegistry metrics) {
    this.queue = queue;
    this.depth = gauge("carillon.queue.depth", metrics);
    this.age = gauge("carillon.queue.age.seconds", metrics);
  }

  private MultiGauge gauge(String name, MeterRegistry metrics) {
    return MultiGauge.builder(name).tag("queue", queue.name()).register(metrics);
  }

  /** Measures again when the last time is a while ago. */
  void refresh() {
    if (next - System.nanoTime() > 0) {
      return;
    }
    var kinds = queue.backlog();
    depth.register(
        kinds.stream().map(kind -> Row.of(Tags.of("kind", kind.kind()), kind.depth())).toList(),
        true);
    age.register(
        kinds.stream()
            .map(kind -> Row.of(Tags.of("kind", kind.kind()), kind.ageSeconds()))
            .toList(),
        true);
    next = System.nanoTime() + EVERY.toNanos();
  }
}
