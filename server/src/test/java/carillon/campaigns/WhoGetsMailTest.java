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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A campaign to people of every standing: exactly those get it who may. */
class WhoGetsMailTest {

  private static final List<String> STATUSES = List.of("", "SUBSCRIBED", "UNSUBSCRIBED");
  private static final List<String> REASONS =
      List.of(
          "", "HARD_BOUNCE", "INVALID_EMAIL", "SPAM_COMPLAINT", "UNSUBSCRIBE", "USER_SUPPRESSED");

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
  void exactlyThoseGetACampaignWhoMay() {
    var members = new ArrayList<String>();
    var allowed = new TreeSet<String>();
    for (var status : STATUSES) {
      for (var everywhere : REASONS) {
        for (var onList : REASONS) {
          var email = "p%03d@shop.example".formatted(members.size());
          members.add(person(email));
          if (everywhere.isEmpty() && onList.isEmpty() && !status.equals("UNSUBSCRIBED")) {
            allowed.add(email);
          }
        }
      }
    }
    var list = desk.listOf("all", members);
    int i = 0;
    for (var status : STATUSES) {
      for (var everywhere : REASONS) {
        for (var onList : REASONS) {
          stand(members.get(i++), status, everywhere, onList, list);
        }
      }
    }
    var campaign = desk.ready(Desk.IMMEDIATE, list).id();

    desk.send(campaign).expect(202);
    desk.shop()
        .eventually(
            () -> desk.campaign(campaign),
            answer -> answer.text("/data/attributes/status").equals("Sent"));

    assertThat(
            new TreeSet<>(
                db.sql("select recipient from kept_mail").list(row -> row.text("recipient"))))
        .isEqualTo(allowed);
    long skipped =
        db.sql("select count(*) as n from message where state = 'skipped'")
            .one(row -> row.number("n"));
    assertThat(skipped).isEqualTo(members.size() - (long) allowed.size());
  }

  private String person(String email) {
    return desk.shop()
        .post(
            "/api/profiles",
            "{\"data\": {\"type\": \"profile\", \"attributes\": {\"email\": \"" + email + "\"}}}")
        .expect(201)
        .id();
  }

  private void stand(String profile, String status, String everywhere, String onList, String list) {
    db.sql(
            """
            insert into consent (account_id, profile_id, channel, kind, status, updated_at)
            select :account, :id, 'email', 'marketing', :status, now() where :status <> ''
            """)
        .bind("account", desk.shop().account())
        .bind("id", profile)
        .bind("status", status)
        .run();
    db.sql(
            """
            insert into suppression (account_id, profile_id, reason, list_id, at)
            select :account, :id, reason, list, now()
            from (values (:everywhere, ''), (:onList, :list)) s (reason, list) where reason <> ''
            """)
        .bind("account", desk.shop().account())
        .bind("id", profile)
        .bind("everywhere", everywhere)
        .bind("onList", onList)
        .bind("list", list)
        .run();
  }
}
