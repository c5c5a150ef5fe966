package carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.events.Intake.Parcel;
import carillon.jsonapi.Json;
import carillon.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchesTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final Batches batches = new Batches(NEVER);

  @Test
  void besideABatchAnotherIsBegunWhenEnoughWaits() throws Exception {
    offer(1);
    batches.next();
    var few = offer(Batches.ENOUGH - 1);
    var second = waiting(batches::next);
    var more = offer(1);
    assertThat(got(second)).containsExactly(few, more);
  }

  @Test
  void fewWaitUntilTheBatchIsWritten() throws Exception {
    offer(1);
    batches.next();
    var few = offer(1);
    var second = waiting(batches::next);
    var more = offer(1);
    batches.done();
    assertThat(got(second)).containsExactly(few, more);
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
    var patient = waiting(() -> batches.offer(parcel(1), NEVER));
    batches.next();
    assertThat(got(patient)).isTrue();
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

  /** What another thread calls, once it waits inside. */
  private static <T> Future<T> waiting(Callable<T> call) {
    var task = new FutureTask<>(call);
    var thread = Thread.startVirtualThread(task);
    Eventually.check(() -> assertThat(thread.getState()).isEqualTo(Thread.State.TIMED_WAITING));
    return task;
  }

  private static <T> T got(Future<T> answer) throws Exception {
    return answer.get(10, TimeUnit.SECONDS);
  }
}
