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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the send job to the mails in the built-in outbox, with all workers at work. */
class WholeLifeTest {

  private final TestClock clock = new TestClock();
  private final Database db = TestDatabase.create();
  private final Carillon server =
      Carillon.start(
          Settings.read(Map.of("CARILLON_PORT", "0", "CARILLON_RATE_LIMITS", "off"), Path.of(".")),
          db,
          new byte[32],
          clock,
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private final Desk desk = new Desk(TestServer.shop(server));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCampaignReachesEverybodyOnItsListOnce() {
    var ada = person("ada@shop.example", "Ada");
    var bob = person("bob@shop.example", "Bob");
    var list = desk.listOf("all", List.of(ada, bob));
    var campaign =
        desk.create("Hi", "", "", Desk.email("Hello {{ first_name }}"), List.of(list), List.of())
            .expect(201);
    desk.assign(Desk.message(campaign), desk.template("<p>Dear {{ first_name }}</p>")).expect(200);

    desk.send(campaign.id()).expect(202);
    ends(campaign.id(), "Sent");

    assertThat(kept("subject")).containsExactlyInAnyOrder("Hello Ada", "Hello Bob");
    assertThat(contents()).anyMatch(mail -> mail.contains("Dear Ada"));
  }

  @Test
  void aSecondCampaignSkipsWhoJustGotOneAndSaysSo() {
    var list = desk.listOf("all", List.of(person("ada@shop.example", "Ada")));
    var first = desk.ready(Desk.IMMEDIATE, list).id();
    desk.send(first).expect(202);
    ends(first, "Sent");

    var second = desk.ready(Desk.IMMEDIATE, list).id();
    desk.send(second).expect(202);
    ends(second, "Cancelled: Smart Sending");

    assertThat(kept("recipient")).containsExactly("ada@shop.example");
  }

  @Test
  void cancellingAThrottledCampaignKeepsTheLaterHoursFromLeaving() {
    var start = clock.instant().plus(Duration.ofMinutes(10));
    var campaign =
        desk.ready(
                "{\"method\": \"throttled\", \"datetime\": \"%s\", \"throttle_percentage\": 50}"
                    .formatted(start),
                desk.crowd("all", 4))
            .id();
    desk.send(campaign).expect(202);
    ends(campaign, "Scheduled");
    clock.tick(Duration.ofMinutes(11));
    desk.shop()
        .eventually(
            () -> desk.campaign(campaign),
            _ -> states().equals(List.of("queued", "queued", "sent", "sent")));

    desk.stop(campaign, "cancel").expect(204);
    clock.tick(Duration.ofHours(2));

    assertThat(desk.status(campaign)).isEqualTo("Cancelled");
    assertThat(kept("recipient")).hasSize(2);
    assertThat(states()).containsExactly("cancelled", "cancelled", "sent", "sent");
  }

  private List<String> states() {
    return db.sql("select state from message order by state").list(row -> row.text("state"));
  }

  private void ends(String campaign, String status) {
    desk.shop()
        .eventually(
            () -> desk.campaign(campaign),
            answer -> answer.text("/data/attributes/status").equals(status));
  }

  private List<String> kept(String column) {
    return db.sql("select " + column + " as word from kept_mail order by id")
        .list(row -> row.text("word"));
  }

  private List<String> contents() {
    return db.sql("select content from kept_mail")
        .list(row -> new String(row.bytes("content"), StandardCharsets.UTF_8));
  }

  private String person(String email, String name) {
    return desk.shop()
        .post(
            "/api/profiles",
            """
            {"data": {"type": "profile", "attributes": {"email": "%s", "first_name": "%s"}}}
            """
                .formatted(email, name))
        .expect(201)
        .id();
  }
}
