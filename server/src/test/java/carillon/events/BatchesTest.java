package carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.events.Intake.Parcel;
import carillon.jsonapi.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final Batches batches = new Batches(NEVER);

  @Test
  void besideABatchAnotherIsBegunWhenEnoughWaits() throws Exception {
    offer(1);
    batches.next();
    var few = offer(Batches.ENOUGH - 1);
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      var second = other.submit(batches::next);
      var more = offer(1);
      assertThat(got(second)).containsExactly(few, more);
    }
  }

  @Test
  void fewWaitUntilTheBatchIsWritten() throws Exception {
    offer(1);
    batches.next();
    var few = offer(1);
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      var second = other.submit(batches::next);
      var more = offer(1);
      batches.done();
      assertThat(got(second)).containsExactly(few, more);
    }
  }

  @Test
  void nobodyWaitsLongForABatchThatIsHeldUp() throws Exception {
    var patient = new Batches(Duration.ofMillis(1));
    patient.offer(parcel(1), NEVER);
    patient.next();
    var few = parcel(1);
    patient.offer(few, NEVER);
    assertThat(patient.next()).containsExactly(few);
  }

  @Test
  void ofMuchThatWaitsABatchTakesAPartAndTheNextIsBegunBesideIt() throws Exception {
    var first = offer(600);
    var second = offer(600);
    var third = offer(600);
    assertThat(batches.next()).containsExactly(first, second);
    assertThat(batches.next()).containsExactly(third);
  }

  @Test
  void whereTooManyWaitOneMoreIsTurnedAway() throws Exception {
    for (int i = 0; i < Batches.MOST_WAITING; i++) {
      offer(1);
    }
    assertThat(batches.offer(parcel(1), Duration.ofMillis(1))).isFalse();
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      var patient = other.submit(() -> batches.offer(parcel(1), NEVER));
      batches.next();
      assertThat(patient.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whenClosedWhatWaitsIsHandedOutAndThenThereIsNoMore() throws Exception {
    offer(1);
    batches.next();
    var few = offer(1);
    batches.close();
    assertThat(batches.offer(parcel(1), NEVER)).isFalse();
    assertThat(batches.next()).containsExactly(few);
    assertThat(batches.next()).isEmpty();
  }

  private Parcel offer(int events) throws InterruptedException {
    var parcel = parcel(events);
    assertThat(batches.offer(parcel, NEVER)).isTrue();
    return parcel;
  }

  private static Parcel parcel(int events) {
    return new Parcel(
        "account",
        Collections.nCopies(
            events,
            NewEvent.internal(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV", "Tested", Instant.EPOCH, "one", Json.object())));
  }

  private static List<Parcel> got(Future<List<Parcel>> batch) throws Exception {
    return batch.get(10, TimeUnit.SECONDS);
  }
}
