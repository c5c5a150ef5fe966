package carillon.platform;

import static java.util.stream.Stream.generate;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.SeededIds;
import carillon.testing.SteppingClock;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant MOMENT = Instant.parse("2026-11-21T06:00:00.123Z");
  private static final Clock STOPPED = Clock.fixed(MOMENT, ZoneOffset.UTC);

  private final Ids ids = new Ids(STOPPED, new SecureRandom());

  @Test
  void ulidsOfOneMillisecondAreStrictlyOrdered() {
    var made = generate(ids::ulid).limit(100_000).toList();
    assertThat(made).allMatch(id -> id.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}"));
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aUlidBeginsWithItsTime() {
    assertThat(new Ids(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SecureRandom()).ulid())
        .startsWith("0000000000");
    assertThat(ids.ulid()).startsWith("01M7YB1BVV");
  }

  @Test
  void ulidsStayOrderedWhenTheClockGoesBack() {
    var clock = new SteppingClock(MOMENT);
    var source = new Ids(clock, new SecureRandom());
    var before = source.ulid();
    clock.set(MOMENT.minusSeconds(60));
    var behind = source.ulid();
    clock.set(MOMENT.plusMillis(1));
    assertThat(List.of(before, behind, source.ulid())).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aUlidSourceThatRunsOverGoesOnInTheNextMillisecond() {
    var source = new Ids(STOPPED, new LargestRandom());
    assertThat(List.of(source.ulid(), source.ulid(), source.ulid()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void threadsNeverGetTheSameId() {
    var made = ConcurrentHashMap.<String>newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        threads.submit(() -> generate(ids::ulid).limit(5_000).forEach(made::add));
      }
    }
    assertThat(made).hasSize(40_000);
  }

  @Test
  void otherIdsHaveTheFormsClientsKnow() {
    assertThat(generate(ids::shortId).limit(1000)).allMatch(id -> id.matches("[0-9A-Za-z]{6}"));
    assertThat(generate(ids::numericId).limit(1000)).allMatch(id -> id.matches("[1-9]\\d{11}"));
    assertThat(generate(ids::uuid).limit(1000))
        .allMatch(id -> id.version() == 4 && id.variant() == 2)
        .doesNotHaveDuplicates();
  }

  @Test
  void seededIdsComeOutTheSame() {
    var one = SeededIds.of(7, STOPPED);
    var other = SeededIds.of(7, STOPPED);
    assertThat(List.of(one.ulid(), one.shortId(), one.uuid().toString()))
        .isEqualTo(List.of(other.ulid(), other.shortId(), other.uuid().toString()));
  }

  /** Has all bits set, so that the second ULID of a millisecond cannot be counted up to. */
  private static final class LargestRandom implements RandomGenerator {
    @Override
    public long nextLong() {
      return -1;
    }
  }
}
