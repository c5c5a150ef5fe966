package carillon.segments;

import static carillon.segments.Clerk.did;
import static carillon.segments.Clerk.inTheLast;
import static carillon.segments.Clerk.property;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.Carillon;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time alone makes members and ends their membership. */
class TimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String ANNIVERSARY =
      """
      {"type": "date", "operator": "anniversary"}
      """;

  private final TestClock clock = new TestClock();
  private final Carillon server = TestServer.start(Map.of(), clock);
  private final Shop shop = TestServer.shop(server);
  private final Clerk clerk = new Clerk(shop);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoDidSomethingLatelyLeavesWhenItIsLongAgo() {
    var viewed = clerk.metric("Viewed Product");
    clock.tick(Duration.ofDays(2));
    var lately = clerk.segment(did(viewed, "greater-than-or-equal", 1, inTheLast(1, "hour")));
    var ada = clerk.profile("ada@example.com");
    clerk.event("Viewed Product", "ada@example.com");
    clerk.await(lately, ada);

    clock.tick(Duration.ofMinutes(59));
    clerk.event("Viewed Page", "ada@example.com");
    assertThat(clerk.ids(lately)).containsExactly(ada);
    clock.tick(Duration.ofMinutes(2));

    clerk.await(lately);
  }

  @Test
  void whoDidSomethingJoinsWhenItIsLongEnoughAgo() {
    var viewed = clerk.metric("Viewed Product");
    var ada = clerk.profile("ada@example.com");
    clerk.event("Viewed Product", "ada@example.com");
    var before =
        clerk.segment(
            did(
                viewed,
                "greater-than-or-equal",
                1,
                """
                {"type": "date", "operator": "at-least", "unit": "day", "quantity": 2}
                """));
    assertThat(clerk.ids(before)).isEmpty();

    clock.tick(Duration.ofHours(49));

    shop.eventually(() -> clerk.members(before), answer -> answer.ids().contains(ada));
  }

  @Test
  void whatWasToldOfTheFutureCountsFromThenOn() {
    var planned = clerk.metric("Has Appointment");
    var lately = clerk.segment(did(planned, "greater-than-or-equal", 1, inTheLast(1, "hour")));
    var ada = clerk.profile("ada@example.com");
    clerk.event("Has Appointment", "ada@example.com", clock.instant().plus(Duration.ofDays(3)));
    clerk.event("Has Appointment", "bo@example.com");
    shop.eventually(() -> clerk.members(lately), answer -> answer.ids().size() == 2);
    assertThat(clerk.ids(lately)).doesNotContain(ada);

    clock.tick(Duration.ofDays(3).plusSeconds(2));

    clerk.await(lately, ada);
  }

  @Test
  void anniversariesBeginAndEndWithTheDayOfTheAccount() {
    zone("Europe/Berlin");
    var tomorrow = now(BERLIN).toLocalDate().plusDays(1);
    var birthday = tomorrow.minusYears(tomorrow.getMonthValue() == 2 ? 28 : 30);
    var ada = clerk.profile("ada@example.com", "{\"birthday\": \"%s\"}".formatted(birthday));
    var celebrating = clerk.segment(property("properties['birthday']", ANNIVERSARY));
    assertThat(clerk.ids(celebrating)).isEmpty();

    clock.tick(untilMidnight(BERLIN).plusSeconds(2));
    clerk.await(celebrating, ada);

    clock.tick(untilMidnight(BERLIN).plusSeconds(2));
    clerk.await(celebrating);
  }

  @Test
  void aDayIsAsLongAsTheClocksOfTheAccountMakeIt() {
    zone("Europe/Berlin");
    var viewed = clerk.metric("Viewed Product");
    var change = beforeSpring();
    clock.tick(Duration.between(clock.instant(), change.minusDays(1).plusHours(12).toInstant()));
    var lately = clerk.segment(did(viewed, "greater-than-or-equal", 1, inTheLast(1, "day")));
    var ada = clerk.profile("ada@example.com");
    clerk.event("Viewed Product", "ada@example.com");
    clerk.await(lately, ada);

    clock.tick(Duration.ofHours(22).plusMinutes(50));
    clerk.set(ada, "town", "Rome");
    assertThat(clerk.ids(lately)).containsExactly(ada);
    clock.tick(Duration.ofMinutes(20));

    clerk.await(lately);
  }

  @Test
  void anotherTimezoneOfTheAccountMovesItsDays() {
    clock.tick(untilMidnight(ZoneId.of("UTC")).plusHours(12));
    var tomorrow = LocalDate.ofInstant(clock.instant(), ZoneId.of("UTC")).plusDays(1);
    var ada = clerk.profile("ada@example.com", "{\"birthday\": \"%s\"}".formatted(tomorrow));
    var celebrating = clerk.segment(property("properties['birthday']", ANNIVERSARY));
    assertThat(clerk.ids(celebrating)).isEmpty();

    zone("Pacific/Kiritimati");

    clerk.await(celebrating, ada);
  }

  private void zone(String name) {
    server
        .accounts()
        .describe(
            shop.account(),
            "Shop",
            ZoneId.of(name),
            server.accounts().get(shop.account()).sender(),
            server.accounts().get(shop.account()).address());
  }

  private ZonedDateTime now(ZoneId zone) {
    return clock.instant().atZone(zone);
  }

  private Duration untilMidnight(ZoneId zone) {
    var midnight = now(zone).toLocalDate().plusDays(1).atStartOfDay(zone);
    return Duration.between(clock.instant(), midnight);
  }

  /** The beginning of the next day that has 23 hours. */
  private ZonedDateTime beforeSpring() {
    var day = now(BERLIN).toLocalDate().plusDays(2);
    while (length(day) != 23) {
      day = day.plusDays(1);
    }
    return day.atStartOfDay(BERLIN);
  }

  private static long length(LocalDate day) {
    Instant begin = day.atStartOfDay(BERLIN).toInstant();
    return Duration.between(begin, day.plusDays(1).atStartOfDay(BERLIN).toInstant()).toHours();
  }
}
