package carillon.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LocalTimesTest {

  private static final ZoneId HOME = ZoneId.of("Europe/Berlin");

  @Test
  void eachZoneHasItsOwnMoment() {
    var times = times("2026-06-01T09:00", false, "2026-05-31T00:00:00Z");

    assertThat(times.due("Asia/Tokyo")).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(times.due("America/Los_Angeles")).isEqualTo("2026-06-01T16:00:00Z");
  }

  @Test
  void whoHasNoKnownZoneLivesWhereTheShopIs() {
    var times = times("2026-06-01T09:00", false, "2026-05-31T00:00:00Z");

    assertThat(times.due("")).isEqualTo("2026-06-01T07:00:00Z");
    assertThat(times.due("Middle/Earth")).isEqualTo("2026-06-01T07:00:00Z");
  }

  @Test
  void aTimeLeftOutByTheClocksComesALittleLater() {
    var times = times("2026-03-29T02:30", false, "2026-03-28T00:00:00Z");

    assertThat(times.due("Europe/Berlin")).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void aTimeThatComesTwiceIsTheFirst() {
    var times = times("2026-10-25T02:30", false, "2026-10-24T00:00:00Z");

    assertThat(times.due("Europe/Berlin")).isEqualTo("2026-10-25T00:30:00Z");
  }

  @Test
  void whereItHasPassedItIsTheNextDay() {
    var times = times("2026-06-01T09:00", false, "2026-06-01T05:00:00Z");

    assertThat(times.due("Asia/Tokyo")).isEqualTo("2026-06-02T00:00:00Z");
    assertThat(times.due("Europe/Berlin")).isEqualTo("2026-06-01T07:00:00Z");
  }

  @Test
  void theNextDayIsReckonedInTheZoneAlsoWhenItsClocksChange() {
    var times = times("2026-03-28T09:00", false, "2026-03-28T12:00:00Z");

    assertThat(times.due("Europe/Berlin")).isEqualTo("2026-03-29T07:00:00Z");
  }

  @Test
  void whereItHasPassedItIsAtOnceIfWished() {
    var times = times("2026-06-01T09:00", true, "2026-06-01T05:00:00Z");

    assertThat(times.due("Asia/Tokyo")).isEqualTo("2026-06-01T05:00:00Z");
  }

  private static LocalTimes times(String at, boolean pastAtOnce, String began) {
    return new LocalTimes(
        new SendStrategy.Local(LocalDateTime.parse(at), pastAtOnce), HOME, Instant.parse(began));
  }
}
