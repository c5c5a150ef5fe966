package carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void whatIsWrongWithOneEventIsItsOwnAffair() throws Exception {
    var written = ConcurrentHashMap.<String>newKeySet();
    var hall = new WaitingHall();
    try (var intake =
        new Intake(
            batch -> {
              hall.waitIn();
              if (batch.stream().anyMatch(parcel -> parcel.account().equals("bad"))) {
                throw ApiError.conflict("no");
              }
              batch.forEach(parcel -> written.add(parcel.account()));
            },
            meters)) {
      var outcomes = new ConcurrentHashMap<String, String>();
      var callers = hall.occupyWriters(intake, outcomes);
      for (var account : List.of("a", "bad", "b")) {
        callers.add(send(intake, account, outcomes));
      }
      waitForQueue(3);
      hall.open();
      joinAll(callers);

      assertThat(written).contains("a", "b").doesNotContain("bad");
      assertThat(outcomes).containsEntry("a", "ok").containsEntry("b", "ok");
      assertThat(outcomes).containsEntry("bad", "no");
    }
  }

  @Test
  void whatWaitsWhileABatchIsWrittenIsWrittenTogether() throws Exception {
    var hall = new WaitingHall();
    var batches = new AtomicInteger();
    try (var intake =
        new Intake(
            _ -> {
              batches.incrementAndGet();
              hall.waitIn();
            },
            meters)) {
      var outcomes = new ConcurrentHashMap<String, String>();
      var callers = hall.occupyWriters(intake, outcomes);
      for (int i = 0; i < 200; i++) {
        callers.add(send(intake, "later" + i, outcomes));
      }
      waitForQueue(200);
      hall.open();
      joinAll(callers);

      assertThat(outcomes.values()).hasSize(200 + Intake.WRITERS).containsOnly("ok");
      assertThat(batches.get()).isLessThanOrEqualTo(2 * Intake.WRITERS);
    }
  }

  @Test
  void aFailureNobodyForesawIsTold() {
    try (var intake =
        new Intake(
            _ -> {
              throw new UnsupportedOperationException("disk on fire");
            },
            meters)) {
      assertThatThrownBy(() -> intake.record("x", events()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void aClosedIntakeTakesNothing() {
    var intake = new Intake(_ -> {}, meters);
    intake.close();
    assertThatThrownBy(() -> intake.record("x", events()))
        .isInstanceOfSatisfying(
            ApiError.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
  }

  /** Holds writers back until it is opened. */
  private final class WaitingHall {
    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    void waitIn() {
      arrivals.release();
      await(opened);
    }

    void open() {
      opened.countDown();
    }

    List<Thread> occupyWriters(Intake intake, Map<String, String> outcomes)
        throws InterruptedException {
      var callers = new ArrayList<Thread>();
      for (int i = 0; i < Intake.WRITERS; i++) {
        callers.add(send(intake, "first" + i, outcomes));
        assertThat(arrivals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      }
      return callers;
    }
  }

  private void waitForQueue(int parcels) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (meters.get("carillon.intake.waiting").gauge().value() < parcels) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void joinAll(List<Thread> threads) throws InterruptedException {
    for (var thread : threads) {
      assertThat(thread.join(java.time.Duration.ofSeconds(10))).isTrue();
    }
  }

  private static Thread send(Intake intake, String account, Map<String, String> outcomes) {
    return Thread.startVirtualThread(() -> {
      try {
        intake.record(account, events());
        outcomes.put(account, "ok");
      } catch (ApiError refusal) {
        outcomes.put(account, refusal.getMessage());
      }
    });
  }

  private static List<NewEvent> events() {
    return List.of(
        NewEvent.internal(
            "01ARZ3NDEKTSV4RRFFQ69G5FAV", "Tested", Instant.EPOCH, "one", Json.object()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
