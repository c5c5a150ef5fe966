package carillon.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The whole way: a mail is sent, opened and clicked through its own links, and then paid off. */
class FromEventToReportTest {

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  private static final Pattern PIXEL = Pattern.compile("https?://[^\"]+/t/o/[^\"']+");
  private static final Pattern LINK = Pattern.compile("https?://[^\"]+/t/c/[^\"']+");

  private static final Database DB = TestDatabase.create();
  private static final TestClock CLOCK = new TestClock();
  private static final Carillon SERVER = TestServer.start(Map.of(), DB, CLOCK);

  private final Shop shop = TestServer.shop(SERVER);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void anOrderAfterAClickIsReportedWithItsCampaign() {
    order("early@example.org", "20");
    var metric = shop.eventually(() -> shop.get("/api/metrics"), this::hasOrders);
    var orders = orders(metric);
    var list = shop.post("/api/lists", list()).expect(201).id();
    subscribe(list, "ada@example.org");
    subscribe(list, "bob@example.org");
    var campaign = send(list);
    shop.eventually(
        () -> shop.get("/api/campaigns/" + campaign),
        answer -> answer.text("/data/attributes/status").equals("Sent"));

    var mail = mail("ada@example.org");
    visit(first(PIXEL, mail));
    visit(first(LINK, mail));
    CLOCK.tick(Duration.ofSeconds(2));
    order("ada@example.org", "42.50");
    order("bob@example.org", "99");

    var answer =
        shop.eventually(
            () -> report(orders),
            one -> statistic(one, "conversions") == 1 && statistic(one, "clicks") == 1);
    assertThat(answer.at("/data/attributes/results")).hasSize(1);
    assertThat(answer.text("/data/attributes/results/0/groupings/campaign_id")).isEqualTo(campaign);
    assertThat(statistic(answer, "recipients")).isEqualTo(2);
    assertThat(statistic(answer, "open_rate")).isEqualTo(0.5);
    assertThat(statistic(answer, "click_rate")).isEqualTo(0.5);
    assertThat(statistic(answer, "conversion_value")).isEqualTo(42.5);
    assertThat(statistic(answer, "revenue_per_recipient")).isEqualTo(21.25);
    merge("ada@example.org", "early@example.org");
    assertThat(report(orders).at("/data/attributes/results"))
        .isEqualTo(answer.at("/data/attributes/results"));
  }

  private boolean hasOrders(Answer metrics) {
    return metrics.attributes("name").contains("Placed Order");
  }

  private static String orders(Answer metrics) {
    return metrics.ids().get(metrics.attributes("name").indexOf("Placed Order"));
  }

  private void order(String email, String value) {
    shop.post(
            "/api/events",
            """
            {"data": {"type": "event", "attributes": {"properties": {}, "value": %s,
              "metric": {"data": {"type": "metric", "attributes": {"name": "Placed Order"}}},
              "profile": {"data": {"type": "profile", "attributes": {"email": "%s"}}}}}}
            """
                .formatted(value, email))
        .expect(202);
  }

  private static String list() {
    return """
    {"data": {"type": "list", "attributes": {"name": "Readers",
      "opt_in_process": "single_opt_in"}}}
    """;
  }

  private void subscribe(String list, String email) {
    shop.post(
            "/api/profile-subscription-bulk-create-jobs",
            """
            {"data": {"type": "profile-subscription-bulk-create-job", "attributes": {
              "profiles": {"data": [{"type": "profile", "attributes": {"email": "%s",
                "subscriptions": {"email": {"marketing": {"consent": "SUBSCRIBED"}}}}}]}},
              "relationships": {"list": {"data": {"type": "list", "id": "%s"}}}}}
            """
                .formatted(email, list))
        .expect(202);
    shop.eventually(
        () -> shop.get("/api/lists/" + list + "/profiles"),
        answer -> answer.attributes("email").contains(email));
  }

  private String send(String list) {
    var template =
        shop.post(
                "/api/templates",
                """
                {"data": {"type": "template", "attributes": {"name": "Ferns", "editor_type": "CODE",
                  "html": "<html><body><a href='https://shop.example.org/ferns'>Ferns</a>{%% unsubscribe %%}</body></html>"}}}
                """
                    .formatted())
            .expect(201)
            .id();
    var campaign =
        shop.post(
                "/api/campaigns",
                """
                {"data": {"type": "campaign", "attributes": {"name": "Ferns",
                  "audiences": {"included": ["%s"]},
                  "send_strategy": {"method": "immediate"},
                  "campaign-messages": {"data": [{"type": "campaign-message", "attributes": {
                    "definition": {"channel": "email", "label": "Ferns", "content": {
                      "subject": "Ferns", "from_email": "hello@shop.example.org",
                      "from_label": "Shop"}}}}]}}}}
                """
                    .formatted(list))
            .expect(201);
    shop.post(
            "/api/campaign-message-assign-template",
            """
            {"data": {"type": "campaign-message", "id": "%s", "relationships": {
              "template": {"data": {"type": "template", "id": "%s"}}}}}
            """
                .formatted(
                    campaign.text("/data/relationships/campaign-messages/data/0/id"), template))
        .expect(200);
    shop.post(
            "/api/campaign-send-jobs",
            "{\"data\": {\"type\": \"campaign-send-job\", \"id\": \"" + campaign.id() + "\"}}")
        .expect(202);
    return campaign.id();
  }

  private String mail(String recipient) {
    return DB.sql("select html from kept_mail where account_id = :account and recipient = :to")
        .bind("account", shop.account())
        .bind("to", recipient)
        .one(row -> row.text("html"));
  }

  private static String first(Pattern pattern, String html) {
    var found = pattern.matcher(html);
    assertThat(found.find()).as(html).isTrue();
    return found.group().replace("&amp;", "&");
  }

  private static void visit(String url) {
    var answer =
        Shop.send(HttpRequest.newBuilder(URI.create(url)).header("User-Agent", BROWSER).build());
    assertThat(answer.status()).isLessThan(400);
  }

  private void merge(String from, String to) {
    var destination = profile(to);
    shop.post(
            "/api/profile-merge",
            """
            {"data": {"type": "profile-merge", "id": "%s", "relationships": {
              "profiles": {"data": [{"type": "profile", "id": "%s"}]}}}}
            """
                .formatted(destination, profile(from)))
        .expect(201);
  }

  private String profile(String email) {
    return shop.get("/api/profiles?filter=" + Shop.encoded("equals(email,\"" + email + "\")"))
        .ids()
        .getFirst();
  }

  private Answer report(String metric) {
    return shop.post(
            "/api/campaign-values-reports",
            """
            {"data": {"type": "campaign-values-report", "attributes": {
              "statistics": ["recipients", "open_rate", "clicks", "click_rate", "conversions",
                "conversion_value", "revenue_per_recipient"],
              "timeframe": {"key": "last_7_days"}, "conversion_metric_id": "%s"}}}
            """
                .formatted(metric))
        .expect(200);
  }

  private static double statistic(Answer report, String name) {
    return report.at("/data/attributes/results/0/statistics/" + name).asDouble(-1);
  }
}
