package carillon.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeframeTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "today, 2026-03-12, 2026-03-13",
    "yesterday, 2026-03-11, 2026-03-12",
    "this_week, 2026-03-09, 2026-03-13",
    "last_7_days, 2026-03-05, 2026-03-13",
    "last_week, 2026-03-02, 2026-03-09",
    "this_month, 2026-03-01, 2026-03-13",
    "last_30_days, 2026-02-10, 2026-03-13",
    "last_month, 2026-02-01, 2026-03-01",
    "last_90_days, 2025-12-12, 2026-03-13",
    "last_3_months, 2025-12-01, 2026-03-01",
    "last_365_days, 2025-03-12, 2026-03-13",
    "last_12_months, 2025-03-01, 2026-03-01",
    "this_year, 2026-01-01, 2026-03-13",
    "last_year, 2025-01-01, 2026-01-01",
  })
  void everyNameMeansDaysOfTheCalendar(String word, LocalDate first, LocalDate end) {
    var thursday = LocalDate.parse("2026-03-12");

    assertThat(Timeframe.of(word).on(thursday, ZoneOffset.UTC))
        .isEqualTo(Span.days(first, end, ZoneOffset.UTC));
  }

  @Test
  void theTableAboveHoldsEveryName() {
    assertThat(Timeframe.words()).hasSize(14).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "this_week, 2026-03-09, 2026-03-09, 2026-03-10",
    "this_week, 2026-03-15, 2026-03-09, 2026-03-16",
    "last_week, 2026-03-15, 2026-03-02, 2026-03-09",
    "last_month, 2026-01-31, 2025-12-01, 2026-01-01",
    "last_month, 2028-03-31, 2028-02-01, 2028-03-01",
    "last_365_days, 2028-02-29, 2027-03-01, 2028-03-01",
    "last_12_months, 2028-02-29, 2027-02-01, 2028-02-01",
    "this_year, 2026-01-01, 2026-01-01, 2026-01-02",
    "yesterday, 2026-01-01, 2025-12-31, 2026-01-01",
  })
  void theEdgesOfWeeksMonthsAndYearsAreKept(
      String word, LocalDate today, LocalDate first, LocalDate end) {
    assertThat(Timeframe.of(word).on(today, ZoneOffset.UTC))
        .isEqualTo(Span.days(first, end, ZoneOffset.UTC));
  }

  @Test
  void aDayOnWhichTheClockIsPutForwardHas23Hours() {
    var span = Timeframe.TODAY.on(LocalDate.parse("2026-03-08"), NEW_YORK);

    assertThat(span.from()).isEqualTo("2026-03-08T05:00:00Z");
    assertThat(span.to()).isEqualTo("2026-03-09T04:00:00Z");
  }

  @Test
  void aDayOnWhichTheClockIsPutBackHas25Hours() {
    var span = Timeframe.YESTERDAY.on(LocalDate.parse("2026-11-02"), NEW_YORK);

    assertThat(span.from()).isEqualTo("2026-11-01T04:00:00Z");
    assertThat(span.to()).isEqualTo("2026-11-02T05:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T10:30:00Z, 2026-03-08T10:30",
    "2026-03-08T10:30:00z, 2026-03-08T10:30",
    "2026-03-08T10:30:00+09:00, 2026-03-08T10:30",
    "2026-03-08T10:30:00-0500, 2026-03-08T10:30",
    "2026-03-08T10:30:00.25+05, 2026-03-08T10:30:00.250",
    "2026-03-08T10:30, 2026-03-08T10:30",
    "2026-03-08, 2026-03-08T00:00",
  })
  void anOffsetDoesNotMoveTheClockOnTheWall(String text, LocalDateTime wall) {
    assertThat(ReportQuery.wall(text)).isEqualTo(wall);
  }
}
