package carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventKeyTest {

  @Test
  void anIdSaysTheWholeKey() {
    var seed = 20261121L;
    var random = new Random(seed);
    var ids = new Ids(Clock.systemUTC(), random);
    for (int i = 0; i < 10_000; i++) {
      var key =
          new EventKey(
              ids.ulid(),
              Instant.ofEpochSecond(random.nextLong(0, 1L << 36)),
              random.nextLong(0, Long.MAX_VALUE));
      assertThat(EventKey.parse(key.id())).as("seed " + seed).contains(key);
      assertThat(key.id()).hasSize(40).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void theGreatestKeysFit() {
    var key = new EventKey("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", Instant.EPOCH, Long.MAX_VALUE);
    assertThat(EventKey.parse(key.id())).contains(key);
  }

  @Test
  void whatIsNoIdIsToldFromOne() {
    var good = new EventKey("01ARZ3NDEKTSV4RRFFQ69G5FAV", Instant.ofEpochSecond(1), 1).id();
    assertThat(EventKey.parse("")).isEmpty();
    assertThat(EventKey.parse("NOPE01")).isEmpty();
    assertThat(EventKey.parse(good.substring(1))).isEmpty();
    assertThat(EventKey.parse("B" + good.substring(1))).isEmpty();
    assertThat(EventKey.parse(good.replace(good.charAt(5), '='))).isEmpty();
    assertThat(EventKey.parse("é".repeat(40))).isEmpty();
  }

  @Test
  void theUuidIsOfVersionOneAndTellsTheSecond() {
    var at = Instant.parse("2026-04-15T09:30:00Z");
    var key = new EventKey("01ARZ3NDEKTSV4RRFFQ69G5FAV", at, 77);
    var other = new EventKey("01ARZ3NDEKTSV4RRFFQ69G5FAV", at, 78);

    assertThat(key.uuid()).isEqualTo(EventKey.parse(key.id()).orElseThrow().uuid());
    assertThat(key.uuid()).isNotEqualTo(other.uuid());
    assertThat(key.uuid().version()).isEqualTo(1);
    assertThat(key.uuid().variant()).isEqualTo(2);
    assertThat(key.uuid().timestamp() / 10_000_000 - 12_219_292_800L)
        .isEqualTo(at.getEpochSecond());
  }
}
