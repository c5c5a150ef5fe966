package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.testing.Answer;
import carillon.testing.Shop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A campaign that was sent to some people through the built-in outbox, all by the API. */
record Mailshot(Shop shop, Database db, String campaign, String metric) {

  private static final Pattern ID = Pattern.compile("Message-ID:\\s+<(([^@<>]+)@[^<>]+)>");

  static Mailshot to(Shop shop, Database db, String... emails) {
    var people = List.of(emails).stream().map(email -> person(shop, email)).toList();
    var list =
        shop.post(
                "/api/lists",
                "{\"data\": {\"type\": \"list\", \"attributes\": {\"name\": \"Readers\"}}}")
            .expect(201)
            .id();
    var members =
        people.stream()
            .map(id -> "{\"type\": \"profile\", \"id\": \"" + id + "\"}")
            .collect(Collectors.joining(","));
    shop.post("/api/lists/" + list + "/relationships/profiles", "{\"data\": [" + members + "]}")
        .expect(204);
    order(shop);
    var metrics =
        shop.eventually(
            () -> shop.get("/api/metrics"),
            answer -> answer.attributes("name").contains("Placed Order"));
    var metric = metrics.ids().get(metrics.attributes("name").indexOf("Placed Order"));
    return new Mailshot(shop, db, send(shop, list), metric);
  }

  private static String person(Shop shop, String email) {
    return shop.post(
            "/api/profiles",
            """
            {"data": {"type": "profile", "attributes": {"email": "%s"}}}
            """
                .formatted(email))
        .expect(201)
        .id();
  }

  private static void order(Shop shop) {
    shop.post(
            "/api/events",
            """
            {"data": {"type": "event", "attributes": {"properties": {}, "value": 1,
              "metric": {"data": {"type": "metric", "attributes": {"name": "Placed Order"}}},
              "profile": {"data": {"type": "profile", "attributes": {"email": "o@people.test"}}}}}}
            """)
        .expect(202);
  }

  private static String send(Shop shop, String list) {
    var template =
        shop.post(
                "/api/templates",
                """
                {"data": {"type": "template", "attributes": {"name": "T", "editor_type": "CODE",
                  "html": "<p>Hi</p>"}}}
                """)
            .expect(201)
            .id();
    var campaign =
        shop.post(
                "/api/campaigns",
                """
                {"data": {"type": "campaign", "attributes": {"name": "Spring",
                  "audiences": {"included": ["%s"]},
                  "send_strategy": {"method": "immediate"},
                  "campaign-messages": {"data": [{"type": "campaign-message", "attributes": {
                    "definition": {"channel": "email", "content": {"subject": "Spring",
                      "from_email": "hello@shop.test", "from_label": "Shop"}}}}]}}}}
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
    shop.eventually(
        () -> shop.get("/api/campaigns/" + campaign.id()),
        answer -> answer.text("/data/attributes/status").equals("Sent"));
    return campaign.id();
  }

  /** The mail as it left. */
  String mail(String email) {
    return db.sql("select content from kept_mail where account_id = :account and recipient = :to")
        .bind("account", shop.account())
        .bind("to", email)
        .one(row -> new String(row.bytes("content"), StandardCharsets.UTF_8));
  }

  /** What the message is known by, without the domain. */
  String mark(String email) {
    return id(email, 2);
  }

  String messageId(String email) {
    return id(email, 1);
  }

  private String id(String email, int group) {
    var found = ID.matcher(mail(email));
    assertThat(found.find()).isTrue();
    return found.group(group);
  }

  /** Why somebody gets no more marketing, and the standing of their consent. */
  List<String> standing(String email) {
    var answer =
        shop.get(
            "/api/profiles?additional-fields[profile]=subscriptions&filter="
                + Shop.encoded("equals(email,\"" + email + "\")"));
    var marketing = answer.at("/data/0/attributes/subscriptions/email/marketing");
    var words =
        new java.util.ArrayList<>(
            marketing
                .get("suppression")
                .valueStream()
                .map(one -> one.get("reason").stringValue())
                .sorted()
                .toList());
    words.add(marketing.get("consent").stringValue());
    return words;
  }

  /** The values of these statistics of the campaign. */
  List<Double> report(String... statistics) {
    var names =
        List.of(statistics).stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(","));
    Answer answer =
        shop.post(
                "/api/campaign-values-reports",
                """
                {"data": {"type": "campaign-values-report", "attributes": {"statistics": [%s],
                  "timeframe": {"key": "last_7_days"}, "conversion_metric_id": "%s",
                  "filter": "equals(campaign_id,\\"%s\\")"}}}
                """
                    .formatted(names, metric, campaign))
            .expect(200);
    return List.of(statistics).stream()
        .map(one -> answer.at("/data/attributes/results/0/statistics/" + one).asDouble())
        .toList();
  }
}
