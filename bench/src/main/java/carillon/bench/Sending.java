package carillon.bench;

import carillon.jsonapi.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A campaign to 50,000 people (or {@code --recipients N}) of 20 KB of personalised HTML with ten
 * tracked links, to Postfix's smtp-sink, right after the start of the server and again when its
 * code is compiled; beside it smtp-source with the same size over kept connections, which is the
 * limit.
 */
final class Sending {

  static final int SINK_PORT = 12_525;
  private static final int LIMIT_MESSAGES = 50_000;
  private static final int SIZE = 20_480;

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    var recipients = args.length == 2 ? Integer.parseInt(args[1]) : 50_000;
    var sink =
        Shell.start(
            List.of("/usr/sbin/smtp-sink", "-u", "nobody", "-c", "127.0.0.1:" + SINK_PORT, "1000"));
    try {
      Shell.pause(Duration.ofSeconds(1));
      var size = size();
      limit(size, "before");
      campaign(recipients);
      limit(size, "after");
      limit(SIZE, "after");
    } finally {
      sink.destroy();
    }
  }

  /**
   * What a mail has on its way, its plain text and tracked links included: as the outbox has it.
   */
  private static int size() {
    try (var node = Node.start(Map.of())) {
      var list = list(node);
      people(node, list, 1);
      send(node, list, "one mail to the built-in outbox");
      return node.db()
          .sql("select max(length(content)) as size from kept_mail")
          .one(row -> row.integer("size"));
    }
  }

  private static void limit(int size, String when) {
    var started = System.nanoTime();
    Shell.run(
        List.of(
            "/usr/sbin/smtp-source",
            "-s",
            "20",
            "-m",
            Integer.toString(LIMIT_MESSAGES),
            "-l",
            Integer.toString(size),
            "-d",
            "-f",
            "a@example.org",
            "-t",
            "b@example.org",
            "127.0.0.1:" + SINK_PORT));
    System.out.printf(
        "%-40s %,9.0f messages/s%n",
        "smtp-source -d, %,d bytes, %s".formatted(size, when),
        LIMIT_MESSAGES / ((System.nanoTime() - started) / 1e9));
  }

  private static void campaign(int recipients) {
    var smtp = "smtp://127.0.0.1:" + SINK_PORT + "?starttls=none";
    try (var node = Node.start(Map.of("CARILLON_SMTP_URL", smtp))) {
      var list = list(node);
      people(node, list, recipients);
      send(node, list, "campaign after the start");
      // As later, when PostgreSQL has looked at a ledger in which nothing waits.
      node.db().sql("analyze").run();
      send(node, list, "campaign of a warm server");
    }
  }

  static String list(Node node) {
    return id(node.call("POST", "/api/lists", body("list", Json.object().put("name", "All"))));
  }

  private static void send(Node node, String list, String name) {
    var campaign = create(node, list);
    var started = System.nanoTime();
    node.call(
        "POST", "/api/campaign-send-jobs", identified("campaign-send-job", campaign).toString());
    var seconds = waitUntilSent(node, campaign, started);
    var sent =
        count(
            node,
            "select count(*) as n from message where campaign_id = :campaign and state = 'sent'",
            campaign);
    var events =
        count(
            node,
            "select count(*) as n from event where properties->>'$campaign' = :campaign",
            campaign);
    System.out.printf(
        "%-40s %,9.0f messages/s  (%,d sent, %,d events, %.1f s)%n",
        name, sent / seconds, sent, events, seconds);
  }

  private static long count(Node node, String sql, String campaign) {
    return node.db().sql(sql).bind("campaign", campaign).one(row -> row.number("n"));
  }

  static double waitUntilSent(Node node, String campaign, long started) {
    while (true) {
      var status =
          node.call("GET", "/api/campaigns/" + campaign, "")
              .at("/data/attributes/status")
              .asString();
      if (status.equals("Sent")) {
        return (System.nanoTime() - started) / 1e9;
      }
      if (status.startsWith("Cancelled")) {
        throw new IllegalStateException(status);
      }
      Shell.pause(Duration.ofMillis(100));
    }
  }

  private static void people(Node node, String list, int recipients) {
    node.db()
        .sql(
            """
            insert into profile (profile_id, account_id, email, first_name, properties, created_at, updated_at)
            select '01JBENCH' || lpad(n::text, 18, '0'), :account, 'person' || n || '@example.org',
              'Ada', '{"Favorite plant": "Fern"}', now(), now()
            from generate_series(1, :people) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", recipients)
        .run();
    node.db()
        .sql(
            """
            insert into list_member (account_id, list_id, profile_id, joined_at)
            select account_id, :list, profile_id, now() from profile
            """)
        .bind("list", list)
        .run();
    node.db().sql("vacuum analyze").run();
  }

  static String create(Node node, String list) {
    var template =
        Json.object().put("name", "Letter").put("editor_type", "CODE").put("html", html());
    var templateId = id(node.call("POST", "/api/templates", body("template", template)));
    var attributes = Json.object().put("name", "Benchmark");
    attributes.putObject("audiences").putArray("included").add(list);
    attributes.putObject("send_strategy").put("method", "immediate");
    attributes.putObject("send_options").put("use_smart_sending", false);
    var message = attributes.putObject("campaign-messages").putArray("data").addObject();
    message.put("type", "campaign-message");
    var definition =
        message.putObject("attributes").putObject("definition").put("channel", "email");
    definition
        .putObject("content")
        .put("subject", "{{ first_name }}, the ferns are back")
        .put("from_email", "hello@example.org")
        .put("from_label", "Fern & Fable");
    var campaign = node.call("POST", "/api/campaigns", body("campaign", attributes));
    var messageId = campaign.at("/data/relationships/campaign-messages/data/0/id").asString();
    var assign = identified("campaign-message", messageId);
    ((ObjectNode) assign.get("data"))
        .putObject("relationships")
        .putObject("template")
        .putObject("data")
        .put("type", "template")
        .put("id", templateId);
    node.call("POST", "/api/campaign-message-assign-template", assign.toString());
    return id(campaign);
  }

  private static String html() {
    var html = new StringBuilder("<html><body><h1>Dear {{ first_name|default:'friend' }},</h1>\n");
    for (int i = 0; i < 10; i++) {
      html.append(
          "<p>For your {{ person|lookup:'Favorite plant' }}: <a href=\"https://shop.example.org/p/%d\">see it</a></p>\n"
              .formatted(i));
    }
    while (html.length() < SIZE - 200) {
      html.append(
          "<p style=\"margin:0 0 12px;line-height:1.6\">The greenhouse is full again.</p>\n");
    }
    return html.append("<p>{% unsubscribe %}</p></body></html>").toString();
  }

  static String body(String type, ObjectNode attributes) {
    var body = Json.object();
    body.putObject("data").put("type", type).set("attributes", attributes);
    return body.toString();
  }

  static ObjectNode identified(String type, String id) {
    var body = Json.object();
    body.putObject("data").put("type", type).put("id", id);
    return body;
  }

  static String id(JsonNode document) {
    return document.at("/data/id").asString();
  }

  private Sending() {}
}
