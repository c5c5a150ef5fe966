package carillon.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of campaigns on a server without workers, worked on by nodes of the test's own. */
class SendingTest {

  private final TestClock clock = new TestClock();
  private Database db;
  private Carillon server;
  private Desk desk;
  private SendingNode node;

  @BeforeEach
  void start() {
    db = TestDatabase.create();
    server =
        Carillon.start(
            Settings.read(
                Map.of(
                    "CARILLON_PORT", "0",
                    "CARILLON_RATE_LIMITS", "off",
                    "CARILLON_ROLES", "api"),
                Path.of(".")),
            db,
            new byte[32],
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    desk = new Desk(TestServer.shop(server));
    node = new SendingNode("a", db, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anImmediateCampaignGoesThroughAllItsStates() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 5)).id();

    assertThat(desk.send(campaign).expect(202).id()).isEqualTo(campaign);
    assertThat(desk.status(campaign)).isEqualTo("Preparing to send");
    assertThat(desk.job(campaign)).isEqualTo("queued");
    node.steps(1);
    assertThat(desk.status(campaign)).isEqualTo("Adding Recipients");
    assertThat(desk.job(campaign)).isEqualTo("processing");
    node.run();
    assertThat(desk.status(campaign)).isEqualTo("Sending");
    assertThat(states(campaign)).isEqualTo(Map.of("queued", 5L));
    settle();
    node.run();

    assertThat(desk.status(campaign)).isEqualTo("Sent");
    assertThat(desk.job(campaign)).isEqualTo("complete");
  }

  @Test
  void whatWasSentAtOnceReadsAsStaticAfterwards() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 1)).id();

    desk.send(campaign).expect(202);

    var sent = desk.campaign(campaign);
    assertThat(sent.text("/data/attributes/send_strategy/method")).isEqualTo("static");
    assertThat(sent.text("/data/attributes/send_strategy/datetime"))
        .isEqualTo(sent.text("/data/attributes/send_time"));
    assertThat(sent.at("/data/attributes/scheduled_at").isNull()).isFalse();
    var message = desk.shop().get("/api/campaign-messages/" + Desk.message(sent)).expect(200);
    assertThat(message.text("/data/attributes/send_times/0/datetime"))
        .isEqualTo(sent.text("/data/attributes/send_time"));
  }

  @Test
  void aCopyOfWhatWasSentAtOnceIsToBeSentAtOnceToo() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 1)).id();
    desk.send(campaign).expect(202);

    var copy =
        desk.shop()
            .post(
                "/api/campaign-clone",
                "{\"data\": {\"type\": \"campaign\", \"id\": \"%s\", \"attributes\": {}}}"
                    .formatted(campaign))
            .expect(201);

    assertThat(copy.text("/data/attributes/send_strategy/method")).isEqualTo("immediate");
    desk.send(copy.id()).expect(202);
  }

  @Test
  void aScheduledCampaignWaitsForItsTimeAndTakesTheAudienceOfThen() {
    var list = desk.crowd("all", 2);
    var campaign = desk.ready(fixed(now().plus(Duration.ofHours(2))), list).id();

    desk.send(campaign).expect(202);
    assertThat(desk.status(campaign)).isEqualTo("Preparing to schedule");
    node.run();
    assertThat(desk.status(campaign)).isEqualTo("Scheduled");
    desk.add(list, List.of(desk.person("late@shop.example", "")));
    clock.tick(Duration.ofHours(3));
    node.steps(1);
    assertThat(desk.status(campaign)).isEqualTo("Queued without Recipients");
    node.run();

    assertThat(states(campaign)).isEqualTo(Map.of("queued", 3L));
  }

  @Test
  void nobodyToSendToCancelsACampaign() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.list("empty")).id();

    desk.send(campaign).expect(202);
    node.run();

    assertThat(desk.status(campaign)).isEqualTo("Cancelled: No Recipients");
    assertThat(desk.job(campaign)).isEqualTo("cancelled");
  }

  @Test
  void theExcludedAndThoseOnTwoListsGetNoneOrOne() {
    var both = desk.person("both@shop.example", "");
    var out = desk.person("out@shop.example", "");
    var one = desk.listOf("one", List.of(both, out));
    var two = desk.listOf("two", List.of(both));
    var excluded = desk.listOf("out", List.of(out));
    var campaign = desk.ready(Desk.IMMEDIATE, one, two).id();
    desk.change(campaign, "{\"audiences\": {\"excluded\": [\"%s\"]}}".formatted(excluded))
        .expect(200);

    desk.send(campaign).expect(202);
    node.run();

    assertThat(recipients(campaign)).containsExactly("both@shop.example");
  }

  @Test
  void aSentCampaignCanOnlyBeRenamed() {
    var list = desk.crowd("all", 1);
    var campaign = desk.ready(Desk.IMMEDIATE, list);
    desk.send(campaign.id()).expect(202);
    desk.shop().delete("/api/campaigns/" + campaign.id()).expect(400);
    node.run();
    settle();
    node.run();

    desk.change(campaign.id(), "{\"name\": \"Over\"}").expect(200);
    desk.change(campaign.id(), "{\"send_options\": {\"use_smart_sending\": false}}").expect(400);
    desk.redefine(Desk.message(campaign), Desk.email("x")).expect(400);
    desk.assign(Desk.message(campaign), desk.template("y")).expect(400);
    desk.send(campaign.id()).expect(400);
    desk.stop(campaign.id(), "cancel").expect(400);
    desk.stop(campaign.id(), "revert").expect(400);
    desk.shop().delete("/api/campaigns/" + campaign.id()).expect(204);
  }

  @Test
  void aRevertedCampaignIsADraftAndCanBeSentAgain() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 2)).id();
    desk.send(campaign).expect(202);

    desk.stop(campaign, "revert").expect(204);
    node.run();

    var draft = desk.campaign(campaign);
    assertThat(draft.text("/data/attributes/status")).isEqualTo("Draft");
    assertThat(draft.text("/data/attributes/send_strategy/method")).isEqualTo("immediate");
    assertThat(draft.at("/data/attributes/scheduled_at").isNull()).isTrue();
    assertThat(states(campaign)).isEmpty();
    desk.send(campaign).expect(202);
    node.run();
    assertThat(states(campaign)).isEqualTo(Map.of("queued", 2L));
  }

  @Test
  void aScheduledCampaignCanBeRevertedOrCancelled() {
    var list = desk.crowd("all", 1);
    var later = fixed(now().plus(Duration.ofHours(1)));
    var reverted = desk.ready(later, list).id();
    var cancelled = desk.ready(later, list).id();
    desk.send(reverted).expect(202);
    desk.send(cancelled).expect(202);
    node.run();

    desk.stop(reverted, "revert").expect(204);
    desk.stop(cancelled, "cancel").expect(204);
    clock.tick(Duration.ofHours(2));
    node.run();

    assertThat(desk.status(reverted)).isEqualTo("Draft");
    assertThat(desk.status(cancelled)).isEqualTo("Cancelled");
    assertThat(desk.job(cancelled)).isEqualTo("cancelled");
    desk.send(cancelled).expect(400);
    desk.send(reverted).expect(400);
  }

  @Test
  void cancellingWhileRecipientsAreAddedStopsTheRest() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 8)).id();
    desk.send(campaign).expect(202);
    node.steps(2);
    assertThat(states(campaign)).isEqualTo(Map.of("queued", 3L));

    desk.stop(campaign, "cancel").expect(204);
    node.run();

    assertThat(desk.status(campaign)).isEqualTo("Cancelled");
    assertThat(states(campaign)).isEqualTo(Map.of("cancelled", 3L));
  }

  @Test
  void whatWasSentBeforeARevertStaysSentAndIsNotSentAgain() {
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 5)).id();
    desk.send(campaign).expect(202);
    node.steps(2);
    settle();
    node.run();
    assertThat(states(campaign)).isEqualTo(Map.of("sent", 3L, "queued", 2L));

    desk.stop(campaign, "revert").expect(204);
    assertThat(states(campaign)).isEqualTo(Map.of("sent", 3L));
    desk.send(campaign).expect(202);
    node.run();

    assertThat(states(campaign)).isEqualTo(Map.of("sent", 3L, "queued", 2L));
  }

  @Test
  void aHandOutLeftByADeadNodeIsFinishedByAnother() {
    var other = new SendingNode("b", db, clock);
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 10)).id();
    desk.send(campaign).expect(202);
    node.steps(3);
    assertThat(states(campaign)).isEqualTo(Map.of("queued", 6L));
    new Progress(db).take("dead", now(), Duration.ofMinutes(1)).orElseThrow();

    other.run();
    assertThat(states(campaign)).isEqualTo(Map.of("queued", 6L));
    clock.tick(Duration.ofMinutes(2));
    other.run();

    assertThat(states(campaign)).isEqualTo(Map.of("queued", 10L));
    assertThat(desk.status(campaign)).isEqualTo("Sending");
  }

  @Test
  void twoNodesTakingTurnsHandEverybodyOverOnce() {
    var other = new SendingNode("b", db, clock);
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 10)).id();
    desk.send(campaign).expect(202);

    for (int i = 0; i < 6; i++) {
      node.steps(1);
      other.steps(1);
    }

    assertThat(recipients(campaign)).hasSize(10).doesNotHaveDuplicates();
    assertThat(desk.status(campaign)).isEqualTo("Sending");
  }

  @Test
  void twoNodesAtOnceHandEverybodyOverOnce() throws Exception {
    var other = new SendingNode("b", db, clock);
    var campaign = desk.ready(Desk.IMMEDIATE, desk.crowd("all", 30)).id();
    desk.send(campaign).expect(202);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : List.of(threads.submit(node::run), threads.submit(other::run))) {
        one.get();
      }
    }
    node.run();

    assertThat(recipients(campaign)).hasSize(30).doesNotHaveDuplicates();
    assertThat(desk.status(campaign)).isEqualTo("Sending");
  }

  @Test
  void aThrottledCampaignGoesOutInEvenPartsEachHour() {
    var start = now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    var strategy =
        "{\"method\": \"throttled\", \"datetime\": \"%s\", \"throttle_percentage\": 33}"
            .formatted(start);
    var campaign = desk.ready(strategy, desk.crowd("all", 10)).id();

    desk.send(campaign).expect(202);
    node.run();
    clock.tick(Duration.ofMinutes(90));
    node.run();

    assertThat(dues(campaign))
        .isEqualTo(
            Map.of(
                start,
                4L,
                start.plus(Duration.ofHours(1)),
                3L,
                start.plus(Duration.ofHours(2)),
                3L));
  }

  @Test
  void localTimeComesWhenItComesWhereARecipientLives() {
    var day = LocalDate.ofInstant(now(), ZoneOffset.UTC).plusDays(3);
    var list =
        desk.listOf(
            "world",
            List.of(
                desk.person("tokyo@shop.example", "Asia/Tokyo"),
                desk.person("nyc@shop.example", "America/New_York"),
                desk.person("nowhere@shop.example", "Middle/Earth")));
    var campaign = desk.ready(local(day.atTime(9, 0), false), list);

    desk.send(campaign.id()).expect(202);
    node.run();
    clock.tick(Duration.between(now(), day.atTime(9, 1).atZone(SendStrategy.EASTERNMOST)));
    node.run();

    assertThat(dueOf(campaign.id(), "tokyo")).isEqualTo(at(day, 9, "Asia/Tokyo"));
    assertThat(dueOf(campaign.id(), "nyc")).isEqualTo(at(day, 9, "America/New_York"));
    assertThat(dueOf(campaign.id(), "nowhere")).isEqualTo(at(day, 9, "UTC"));
    assertThat(desk.status(campaign.id())).isEqualTo("Sending");
    var message = desk.shop().get("/api/campaign-messages/" + Desk.message(campaign));
    assertThat(message.at("/data/attributes/send_times/0/is_local").booleanValue()).isTrue();
  }

  @Test
  void smartTimeIsTheHourOfMostOpensAndTenWhenNothingIsKnown() {
    var date = LocalDate.ofInstant(now(), ZoneOffset.UTC).plusDays(2);
    var strategy = "{\"method\": \"smart_send_time\", \"date\": \"" + date + "\"}";
    var list = desk.crowd("all", 1);

    var unknown = desk.ready(strategy, list).id();
    desk.send(unknown).expect(202);
    open(17, 2);
    open(6, 1);
    var known = desk.ready(strategy, list).id();
    desk.send(known).expect(202);

    assertThat(sendTime(unknown)).isEqualTo(date + "T10:00:00+00:00");
    assertThat(sendTime(known)).isEqualTo(date + "T17:00:00+00:00");
  }

  @Test
  void anEstimationLeavesOutTheExcludedTheSuppressedAndTheLatelyMailed() {
    var people = desk.crowd("all", 5);
    var campaign = desk.ready(Desk.IMMEDIATE, people).id();
    desk.send(campaign).expect(202);
    node.steps(2);
    settle();
    desk.stop(campaign, "cancel").expect(204);
    suppressLast();
    var next = desk.ready(Desk.IMMEDIATE, people).id();

    desk.estimate(next).expect(202);
    assertThat(desk.estimation(next).status()).isEqualTo(404);
    node.run();
    var smart = desk.estimation(next).expect(200);
    desk.change(next, "{\"send_options\": {\"use_smart_sending\": false}}").expect(200);
    desk.estimate(next).expect(202);
    node.run();

    assertThat(count(smart)).isEqualTo(1);
    assertThat(count(desk.estimation(next).expect(200))).isEqualTo(4);
  }

  private static int count(carillon.testing.Answer estimation) {
    return estimation.at("/data/attributes/estimated_recipient_count").intValue();
  }

  /** As if all due mails had left. */
  private void settle() {
    db.sql(
            """
            update message set state = 'sent', sent_at = :now, attempts = 1
            where state = 'queued' and due_at <= :now
            """)
        .bind("now", now())
        .run();
    clock.tick(Duration.ofSeconds(2));
  }

  private Map<String, Long> states(String campaign) {
    var states = new TreeMap<String, Long>();
    db.sql("select state, count(*) as n from message where campaign_id = :id group by state")
        .bind("id", campaign)
        .list(row -> states.put(row.text("state"), row.number("n")));
    return states;
  }

  private Map<Instant, Long> dues(String campaign) {
    var dues = new TreeMap<Instant, Long>();
    db.sql("select due_at, count(*) as n from message where campaign_id = :id group by due_at")
        .bind("id", campaign)
        .list(row -> dues.put(row.instant("due_at"), row.number("n")));
    return dues;
  }

  private Instant dueOf(String campaign, String name) {
    return db.sql("select due_at from message where campaign_id = :id and recipient = :to")
        .bind("id", campaign)
        .bind("to", name + "@shop.example")
        .one(row -> row.instant("due_at"));
  }

  private List<String> recipients(String campaign) {
    return db.sql("select recipient from message where campaign_id = :id order by recipient")
        .bind("id", campaign)
        .list(row -> row.text("recipient"));
  }

  private String sendTime(String campaign) {
    return desk.campaign(campaign).text("/data/attributes/send_time");
  }

  /** Somebody opened mails yesterday at an hour. */
  private void open(int hour, int times) {
    var yesterday = LocalDate.ofInstant(now(), ZoneOffset.UTC).minusDays(1);
    for (int i = 0; i < times; i++) {
      desk.shop()
          .post(
              "/api/events",
              """
              {"data": {"type": "event", "attributes": {"properties": {}, "time": "%s",
                "metric": {"data": {"type": "metric", "attributes": {"name": "Opened Email"}}},
                "profile": {"data": {"type": "profile",
                  "attributes": {"email": "reader@shop.example"}}}}}}
              """
                  .formatted(yesterday.atTime(LocalTime.of(hour, i)).toInstant(ZoneOffset.UTC)))
          .expect(202);
    }
  }

  private void suppressLast() {
    db.sql(
            """
            insert into suppression (account_id, profile_id, reason, list_id, at)
            select account_id, max(profile_id), 'USER_SUPPRESSED', '', :now from profile
            where account_id = :account group by account_id
            """)
        .bind("account", desk.shop().account())
        .bind("now", now())
        .run();
  }

  private Instant now() {
    return clock.instant();
  }

  private static Instant at(LocalDate day, int hour, String zone) {
    return day.atTime(hour, 0).atZone(ZoneId.of(zone)).toInstant();
  }

  private static String fixed(Instant at) {
    return "{\"method\": \"static\", \"datetime\": \"" + at + "\"}";
  }

  private static String local(LocalDateTime at, boolean pastAtOnce) {
    return """
    {"method": "static", "datetime": "%s:00", "options":
      {"is_local": true, "send_past_recipients_immediately": %s}}
    """
        .formatted(at, pastAtOnce);
  }
}
