package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "2026-04-15T09:30:00Z, 2026-04-15T09:30:00Z",
    "2026-04-15t09:30:00z, 2026-04-15T09:30:00Z",
    "2026-04-15 09:30:00Z, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30:00+00:00, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30:00+0000, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30:00-00:00, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30:00-05:30, 2026-04-15T15:00:00Z",
    "2026-04-15T09:30:00-0530, 2026-04-15T15:00:00Z",
    "2026-04-15T09:30:00+14:00, 2026-04-14T19:30:00Z",
    "2026-04-15T09:30:00+02, 2026-04-15T07:30:00Z",
    "2026-04-15T09:30:00, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30, 2026-04-15T09:30:00Z",
    "2026-04-15T09:30Z, 2026-04-15T09:30:00Z",
    "2026-04-15, 2026-04-15T00:00:00Z",
    "' 2026-04-15T09:30:00Z ', 2026-04-15T09:30:00Z",
    "2026-04-15T09:30:00.5Z, 2026-04-15T09:30:00.5Z",
    "2026-04-15T09:30:00.123456789+01:00, 2026-04-15T08:30:00.123456789Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void momentsAreReadInEveryUsualSpelling(String text, Instant moment) {
    assertThat(Json.moment(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "now",
        "2026",
        "2026-04",
        "2026-04-15T",
        "2026-04-15T9:30:00Z",
        "2026-4-15",
        "2026-02-29T00:00:00Z",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-04-15T24:00:00Z",
        "2026-04-15T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-04-1509:30:00Z",
        "2026-04-15T 09:30:00Z",
        "2026-04-15  09:30:00Z",
        "2026-04-15T09:30:00ZZ",
        "2026-04-15T09:30:00+01:00+0100",
        "2026-04-15T09:30:00+25:00",
        "2026-04-15T09:30:00 01:00",
        "2026-04-15T09:30:00.Z.",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "10000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-04-15T09:30:00Z[Europe/Berlin]",
        "1700000000",
        "２０２６-04-15T09:30:00Z",
        "2026-04-15T09:30:00.1234567890Z"
      })
  void whatIsNoMomentOfFourDigitYearsIsRefused(String text) {
    assertThat(Json.moment(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-15T09:30:00Z, 2026-04-15T09:30:00+00:00",
    "2026-04-15T09:30:00.120Z, 2026-04-15T09:30:00.12+00:00",
    "2026-04-15T09:30:00.123456789Z, 2026-04-15T09:30:00.123456+00:00",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00+00:00"
  })
  void momentsArePrintedWithAnOffset(Instant moment, String text) {
    assertThat(Json.print(moment)).isEqualTo(text);
  }

  @Test
  void whatIsPrintedIsReadBack() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var from = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    var to = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 2_000; i++) {
      var moment =
          Instant.ofEpochSecond(random.nextLong(from, to), random.nextInt(1_000_000) * 1_000L);
      assertThat(Json.moment(Json.print(moment))).as("seed %d", seed).contains(moment);
    }
  }
}
