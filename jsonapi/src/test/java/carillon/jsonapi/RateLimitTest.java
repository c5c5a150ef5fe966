package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final String LOG = "{`data`:{`type`:`log`,`attributes`:{`text`:`calm`}}}";

  private final Desk desk = new Desk(1);

  @Test
  void theHeadersTellTheTightestWindowFirst() {
    var answer = desk.get("/api/ships").is(200);
    assertThat(answer.header("RateLimit-Limit")).isEqualTo("75, 75;w=1, 750;w=60");
    assertThat(answer.header("RateLimit-Remaining")).isEqualTo("74");
    assertThat(answer.header("RateLimit-Reset")).isEqualTo("1");
  }

  @Test
  void theMinuteIsTighterOnceMostOfItIsUsed() {
    for (int i = 0; i < 57; i++) {
      if (i % 3 == 0) {
        desk.clock.tick(Duration.ofSeconds(1));
      }
      desk.get("/api/ships/S1/crew").is(404);
    }
    desk.clock.set("2026-11-21T10:00:30Z");
    desk.get("/api/ships/S1/crew");
    var answer = desk.get("/api/ships/S1/crew");
    assertThat(answer.header("RateLimit-Limit")).isEqualTo("3, 3;w=1, 60;w=60");
    desk.clock.tick(Duration.ofSeconds(1));
    var last = desk.get("/api/ships/S1/crew");
    assertThat(last.header("RateLimit-Limit")).isEqualTo("60, 3;w=1, 60;w=60");
    assertThat(last.header("RateLimit-Remaining")).isEqualTo("0");
    assertThat(last.header("RateLimit-Reset")).isEqualTo("29");
  }

  @Test
  void aBurstBeyondTheLimitIsToldWhenToComeAgain() {
    for (int i = 0; i < 3; i++) {
      desk.get("/api/ports").is(200);
    }
    var answer =
        desk.get("/api/ports")
            .refuses(429, "/data: Request was throttled. Expected available in 1 second.");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.response().headers().keySet())
        .noneMatch(name -> name.startsWith("RateLimit"));
    var error = answer.at("/errors/0");
    assertThat(error.get("code").stringValue()).isEqualTo("throttled");
    assertThat(error.get("title").stringValue()).isEqualTo("Request was throttled.");
    assertThat(error.get("meta")).isEqualTo(Json.object());
    assertThat(error.at("/links/type").stringValue())
        .isEqualTo(
            "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits");
    desk.clock.tick(Duration.ofSeconds(1));
    desk.get("/api/ports").is(200);
  }

  @Test
  void throttlingComesBeforeScopesAndTheBody() {
    desk.key("reader");
    for (int i = 0; i < 3; i++) {
      desk.get("/api/ports").is(403);
    }
    desk.get("/api/ports").is(429);
  }

  @Test
  void theMinuteEndsWithTheMinuteOfTheClock() {
    desk.clock.set("2026-11-21T10:00:13Z");
    for (int i = 0; i < 2; i++) {
      desk.send("POST", "/api/ship-reports", "").is(400);
      desk.clock.tick(Duration.ofSeconds(1));
    }
    var answer = desk.send("POST", "/api/ship-reports", "").is(429);
    assertThat(answer.header("Retry-After")).isEqualTo("45");
    assertThat(answer.faults().getFirst()).endsWith("available in 45 seconds.");
  }

  @Test
  void dailyLimitsHaveHeadersOfTheirOwnAndLongWaits() {
    desk.clock.set("2026-11-21T00:00:00Z");
    var first = desk.send("POST", "/api/ship-reports", "").is(400);
    assertThat(first.header("RateLimit-Limit")).isEqualTo("1, 1;w=1, 2;w=60, 225;w=86400");
    assertThat(first.header("RateLimit-Remaining-Daily")).isEqualTo("224");
    assertThat(first.header("RateLimit-Reset-Daily")).isEqualTo("86400");
    for (int i = 1; i < 225; i++) {
      desk.clock.tick(Duration.ofMinutes(1));
      desk.send("POST", "/api/ship-reports", "").is(400);
    }
    desk.clock.tick(Duration.ofMinutes(1));
    assertThat(desk.send("POST", "/api/ship-reports", "").is(429).header("Retry-After"))
        .isEqualTo(Long.toString(86_400 - 225 * 60));
    desk.clock.set("2026-11-22T00:00:00Z");
    desk.send("POST", "/api/ship-reports", "").is(400);
  }

  @Test
  void costlyParametersBringALowerLimitSharedByAllEndpoints() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "");
    var first = desk.get("/api/ships/S1?include=crew").is(200);
    assertThat(first.header("RateLimit-Limit")).isEqualTo("1, 1;w=1, 15;w=60");
    desk.get("/api/ships?include=port,crew").is(429);
    assertThat(desk.get("/api/ships?include=port").is(200).header("RateLimit-Limit"))
        .startsWith("75, ");
  }

  @Test
  void theLowestOfSeveralLowerLimitsCounts() {
    assertThat(desk.get("/api/ships?additional-fields[ship]=valuation").header("RateLimit-Limit"))
        .isEqualTo("10, 10;w=1, 150;w=60");
    assertThat(
            desk.get("/api/ships?additional-fields[ship]=valuation&include=crew")
                .header("RateLimit-Limit"))
        .isEqualTo("1, 1;w=1, 15;w=60");
  }

  @Test
  void keysOfAnAccountShareALimitAndOtherAccountsHaveTheirOwn() {
    for (int i = 0; i < 3; i++) {
      desk.get("/api/ports").is(200);
    }
    desk.key("reader").get("/api/ports").is(429);
    desk.key("other").get("/api/ports").is(200);
  }

  @Test
  void limitsCanBeMultiplied() {
    var tenfold = new Desk(10);
    assertThat(tenfold.get("/api/ports").header("RateLimit-Limit"))
        .isEqualTo("30, 30;w=1, 600;w=60");
    assertThat(new Desk(0.01).get("/api/ports").header("RateLimit-Limit"))
        .isEqualTo("1, 1;w=1, 1;w=60");
  }

  @Test
  void limitsCanBeSwitchedOff() {
    var free = new Desk(0);
    for (int i = 0; i < 200; i++) {
      free.send("POST", "/api/ship-logs", LOG).is(202);
      free.get("/api/ports").is(200);
    }
    assertThat(free.get("/api/ports").header("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void manyThreadsGetExactlyAsManyCallsAsThereAre() throws Exception {
    var limiter = new RateLimiter(desk.clock, 1);
    var calls = new ArrayList<Callable<Long>>();
    for (int i = 0; i < 5_000; i++) {
      calls.add(() -> limiter.take("A", "op", RateLimit.XL).retryAfter());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var through = 0;
      for (var verdict : threads.invokeAll(calls)) {
        through += verdict.get() == 0 ? 1 : 0;
      }
      assertThat(through).isEqualTo(350);
    }
  }

  @Test
  void addressesCountApartAndThoseOfOneNetworkOfIpv6Together() {
    var limiter = new RateLimiter(desk.clock, 1);
    assertThat(from(limiter, "192.0.2.1")).isZero();
    assertThat(from(limiter, "192.0.2.1")).isPositive();
    assertThat(from(limiter, "192.0.2.2")).isZero();
    assertThat(from(limiter, "2001:db8:0:1::1")).isZero();
    assertThat(from(limiter, "[2001:db8:0:1:ffff::1]")).isPositive();
    assertThat(from(limiter, "2001:db8:0:2::1")).isZero();
    assertThat(from(limiter, "")).isZero();
    assertThat(from(limiter, "nonsense")).isPositive();
  }

  @Test
  void noNumberOfAddressesFillsTheMemory() {
    var limiter = new RateLimiter(desk.clock, 1);
    for (int i = 0; i < 60_000; i++) {
      from(limiter, "10.%d.%d.1".formatted(i / 256, i % 256));
    }
    assertThat(limiter.size()).isEqualTo(50_001);
    assertThat(from(limiter, "198.51.100.1")).as("newcomers share").isPositive();
    assertThat(from(limiter, "10.0.0.1")).isPositive();
    desk.clock.tick(Duration.ofMinutes(2));
    from(limiter, "198.51.100.2");
    assertThat(limiter.size()).isLessThan(10);
    assertThat(from(limiter, "198.51.100.3")).isZero();
  }

  private static long from(RateLimiter limiter, String address) {
    return limiter.take("A", address, "op", RateLimit.XS).retryAfter();
  }

  @Test
  void finishedWindowsAreForgottenButDailyOnesKept() {
    var limiter = new RateLimiter(desk.clock, 1);
    var once = RateLimit.XS.daily(1);
    limiter.take("A", "daily", once);
    for (int i = 0; i < 20_000; i++) {
      limiter.take("account" + i, "op", RateLimit.S);
    }
    assertThat(limiter.size()).isEqualTo(20_001);
    desk.clock.tick(Duration.ofMinutes(2));
    limiter.take("A", "op", RateLimit.S);
    assertThat(limiter.size()).isEqualTo(2);
    assertThat(limiter.take("A", "daily", once).retryAfter()).isPositive();
  }
}
