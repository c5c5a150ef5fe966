package carillon.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CampaignReportTest {

  private static final Database DB = TestDatabase.create();
  private static final Carillon SERVER = TestServer.start(Map.of(), DB, new TestClock());
  private static final String MARCH =
      """
      {"start": "2026-03-01T00:00:00+00:00", "end": "2026-04-01T00:00:00+00:00"}
      """;
  private static final String NOON = "2026-03-10T12:00:00Z";

  private final Books books = Books.open(DB, "UTC");
  private final Shop shop = shopOf(books);
  private final String ordered = books.apiMetric("Placed Order");

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void everyStatisticFollowsFromTheLedger() {
    var spring = books.campaign("Spring");
    var buyer = books.mail(spring, NOON, "opens = 3, clicks = 2");
    books.mail(spring, NOON, "opens = 1, machine_opens = 1, unsubscribed_at = now()");
    books.mail(spring, NOON, "opens = 1, clicks = 1, complained_at = now()");
    books.mail(spring, NOON, "");
    books.mail(spring, NOON, "state = 'bounced', bounced_at = now()");
    books.mail(spring, NOON, "bounced_at = now()");
    books.mail(spring, NOON, "state = 'failed'");
    books.mail(spring, NOON, "");
    books.mail(spring, NOON, "state = 'skipped', sent_at = null");
    books.mail(spring, NOON, "state = 'queued', sent_at = null");
    books.conversion(spring, buyer, ordered, "2026-03-11T12:00:00Z", "20.50");
    books.conversion(spring, buyer, ordered, "2026-03-12T12:00:00Z", "9.50");
    books.conversion(
        spring, buyer, books.apiMetric("Viewed Product"), "2026-03-12T12:00:00Z", "999");

    var all = new java.util.LinkedHashMap<String, Double>();
    all.put("recipients", 8.0);
    all.put("delivered", 5.0);
    all.put("delivery_rate", 0.625);
    all.put("bounced", 2.0);
    all.put("bounce_rate", 0.25);
    all.put("failed", 1.0);
    all.put("failed_rate", 0.125);
    all.put("bounced_or_failed", 3.0);
    all.put("bounced_or_failed_rate", 0.375);
    all.put("opens", 5.0);
    all.put("opens_unique", 3.0);
    all.put("open_rate", 0.6);
    all.put("clicks", 3.0);
    all.put("clicks_unique", 2.0);
    all.put("click_rate", 0.4);
    all.put("click_to_open_rate", 2.0 / 3.0);
    all.put("unsubscribes", 1.0);
    all.put("unsubscribe_uniques", 1.0);
    all.put("unsubscribe_rate", 0.2);
    all.put("spam_complaints", 1.0);
    all.put("spam_complaint_rate", 0.2);
    all.put("conversions", 2.0);
    all.put("conversion_uniques", 1.0);
    all.put("conversion_rate", 0.2);
    all.put("conversion_value", 30.0);
    all.put("average_order_value", 15.0);
    all.put("revenue_per_recipient", 6.0);
    all.put("message_segment_count_sum", 0.0);
    all.put("text_message_credit_usage_amount", 0.0);
    all.put("text_message_roi", 0.0);
    all.put("text_message_spend", 0.0);
    var answer = report(List.copyOf(all.keySet()), MARCH, "");

    assertThat(all.keySet()).containsExactlyInAnyOrder(Statistic.words());
    var only = answer.at("/data/attributes/results/0");
    assertThat(only.get("groupings"))
        .isEqualTo(
            Json.object()
                .put("campaign_id", spring.id())
                .put("campaign_message_id", spring.message())
                .put("send_channel", "email"));
    assertThat(only.get("statistics")).isEqualTo(Json.MAPPER.valueToTree(all));
    assertThat(answer.at("/data/attributes/results")).hasSize(1);
    assertThat(answer.text("/data/relationships/campaigns/data/0/id")).isEqualTo(spring.id());
    assertThat(answer.text("/data/id")).hasSize(36);
  }

  @Test
  void countsAreWrittenAsFloats() {
    books.mail(books.campaign("Spring"), NOON, "");

    assertThat(report(List.of("recipients"), MARCH, "").body()).contains("\"recipients\":1.0");
  }

  @Test
  void nothingIsDividedByZero() {
    books.mail(books.campaign("Lost"), NOON, "state = 'bounced', bounced_at = now()");

    var statistics =
        report(List.of(Statistic.words()), MARCH, "").at("/data/attributes/results/0/statistics");

    var others = new ArrayList<String>();
    for (var entry : statistics.properties()) {
      if (entry.getValue().doubleValue() != 0.0) {
        others.add(entry.getKey() + "=" + entry.getValue());
      }
    }
    assertThat(statistics).hasSize(31);
    assertThat(others)
        .containsExactlyInAnyOrder(
            "recipients=1.0",
            "bounced=1.0",
            "bounce_rate=1.0",
            "bounced_or_failed=1.0",
            "bounced_or_failed_rate=1.0");
  }

  @Test
  void messagesWithoutMailsInTheTimeframeAreLeftOut() {
    books.mail(books.campaign("Winter"), "2026-02-10T12:00:00Z", "");
    books.campaign("Never sent");
    var spring = books.campaign("Spring");
    books.mail(spring, NOON, "");

    assertThat(campaigns(report(List.of("recipients"), MARCH, ""))).containsExactly(spring.id());
  }

  @Test
  void conversionsCountForTheSendHoweverLateTheyCame() {
    var spring = books.campaign("Spring");
    var buyer = books.mail(spring, "2026-03-31T23:59:59Z", "");
    books.conversion(spring, buyer, ordered, "2026-04-04T12:00:00Z", "7");
    var other = books.mail(spring, "2026-04-01T00:00:00Z", "");
    books.conversion(spring, other, ordered, "2026-04-02T12:00:00Z", "100");

    var answer = report(List.of("recipients", "conversions", "conversion_value"), MARCH, "");

    assertThat(row(answer, 0)).containsExactly(1.0, 1.0, 7.0);
  }

  @Test
  void daysAreThoseOfTheAccountAndOffsetsSayNothing() {
    var newYork = Books.open(DB, "America/New_York");
    var metric = newYork.apiMetric("Placed Order");
    var spring = newYork.campaign("Spring");
    newYork.mail(spring, "2026-03-08T04:59:59Z", "opens = 100");
    newYork.mail(spring, "2026-03-08T05:00:00Z", "opens = 1");
    newYork.mail(spring, "2026-03-09T03:59:59Z", "opens = 2");
    newYork.mail(spring, "2026-03-09T04:00:00Z", "opens = 100");

    var answer =
        shopOf(newYork)
            .post(
                "/api/campaign-values-reports",
                body(
                    List.of("opens"),
                    """
                    {"start": "2026-03-08T00:00:00+09:00", "end": "2026-03-09T00:00:00Z"}
                    """,
                    metric,
                    ""))
            .expect(200);

    assertThat(row(answer, 0)).containsExactly(3.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "this_week", "last_7_days", "last_365_days", "this_year"})
  void timeframesByNameEndWithToday(String key) {
    var spring = books.campaign("Spring");
    books.mail(spring, Instant.now().toString(), "opens = 1");
    books.mail(spring, "2015-01-01T00:00:00Z", "opens = 100");

    var answer = report(List.of("opens"), "{\"key\": \"" + key + "\"}", "");

    assertThat(row(answer, 0)).containsExactly(1.0);
  }

  @Test
  void reportsAreNarrowedByFilters() {
    var spring = books.campaign("Spring");
    var summer = books.campaign("Summer");
    var autumn = books.campaign("Autumn");
    var green = books.tag("Green", spring, summer);
    var warm = books.tag("Warm", summer, autumn);
    for (var campaign : List.of(spring, summer, autumn)) {
      books.mail(campaign, NOON, "");
    }

    assertThat(filtered("equals(campaign_id,'" + spring.id() + "')")).containsExactly(spring.id());
    assertThat(
            filtered(
                "contains-any(campaign_message_id,['%s',\"%s\"])"
                    .formatted(spring.message(), autumn.message())))
        .containsExactlyInAnyOrder(spring.id(), autumn.id());
    assertThat(filtered("equals(tag_id,\"" + green + "\")"))
        .containsExactlyInAnyOrder(spring.id(), summer.id());
    assertThat(filtered("contains-any(tag_id,['" + warm + "'])"))
        .containsExactlyInAnyOrder(summer.id(), autumn.id());
    assertThat(filtered("contains-all(tag_name,['Green','Warm'])")).containsExactly(summer.id());
    assertThat(filtered("equals(send_channel,'email')")).hasSize(3);
    assertThat(filtered("contains-any(send_channel,['sms','push-notification'])")).isEmpty();
    assertThat(filtered("equals(send_channel,'email'),equals(campaign_id,'" + summer.id() + "')"))
        .containsExactly(summer.id());
    assertThat(filtered("and(equals(tag_name,'Warm'),equals(campaign_id,'" + spring.id() + "'))"))
        .isEmpty();
    assertThat(filtered("equals(variation,'none')")).isEmpty();
  }

  @Test
  void aMessageIsRepeatedForEachOfItsTags() {
    var spring = books.campaign("Spring");
    var plain = books.campaign("Plain");
    books.mail(spring, NOON, "opens = 2");
    books.mail(plain, NOON, "opens = 1");
    var green = books.tag("Green", spring);
    var warm = books.tag("Warm", spring);

    var answer =
        grouped(
            "campaign_id", "campaign_message_id", "campaign_message_name", "tag_id", "tag_name");

    assertThat(groupings(answer))
        .containsExactlyInAnyOrder(
            List.of(spring.id(), spring.message(), "Spring mail", green.toString(), "Green"),
            List.of(spring.id(), spring.message(), "Spring mail", warm.toString(), "Warm"),
            List.of(plain.id(), plain.message(), "Plain mail", "", ""));
    assertThat(answer.at("/data/relationships/campaigns/data")).hasSize(2);
  }

  @Test
  void aMessageIsRepeatedForEachListItWentTo() {
    var readers = books.list("Readers");
    var buyers = books.list("Buyers");
    var spring = books.campaign("Spring", readers, buyers);
    books.mail(spring, NOON, "");

    var answer = grouped("campaign_id", "campaign_message_id", "group", "group_name");

    assertThat(groupings(answer))
        .containsExactlyInAnyOrder(
            List.of(spring.id(), spring.message(), readers, "Readers"),
            List.of(spring.id(), spring.message(), buyers, "Buyers"));
  }

  @Test
  void whatMailsDoNotHaveIsAnEmptyTextInGroupings() {
    var spring = books.campaign("Spring");
    books.mail(spring, NOON, "");

    var answer =
        grouped(
            "text_message_format",
            "variation",
            "variation_name",
            "send_channel",
            "campaign_message_id",
            "campaign_id");

    assertThat(groupings(answer))
        .containsExactly(List.of("", "", "", "email", spring.message(), spring.id()));
  }

  @Test
  void theDataOfOtherAccountsIsNotSeen() {
    var other = Books.open(DB, "UTC");
    var theirs = other.campaign("Theirs");
    other.mail(theirs, NOON, "");

    assertThat(campaigns(report(List.of("recipients"), MARCH, ""))).isEmpty();
    assertThat(filtered("equals(campaign_id,'" + theirs.id() + "')")).isEmpty();
    var refused =
        shop.post(
                "/api/campaign-values-reports",
                body(List.of("opens"), MARCH, other.apiMetric("Placed Order"), ""))
            .expect(400);
    assertThat(refused.text("/errors/0/source/pointer"))
        .isEqualTo("/data/attributes/conversion_metric_id");
  }

  @Test
  void pagesFollowEachOtherForwardAndBack() {
    var many = CampaignReports.PAGE + 3;
    var sent = new ArrayList<String>();
    for (int i = 0; i < many; i++) {
      var campaign = books.campaign("Campaign " + i);
      books.mail(campaign, NOON, "");
      sent.add(campaign.id());
    }
    var body = body(List.of("recipients"), MARCH, ordered, "");
    var first =
        shop.post("/api/campaign-values-reports?fields[campaign-values-report]=results", body);

    var second = shop.post(path(first.expect(200).text("/links/next")), body).expect(200);

    assertThat(first.at("/links/prev").isNull()).isTrue();
    assertThat(second.at("/links/next").isNull()).isTrue();
    assertThat(campaigns(first)).hasSize(CampaignReports.PAGE);
    assertThat(campaigns(second)).hasSize(3);
    var seen = new ArrayList<>(campaigns(first));
    seen.addAll(campaigns(second));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(sent);
    var back = shop.post(path(second.text("/links/prev")), body).expect(200);
    assertThat(campaigns(back)).isEqualTo(campaigns(first));
    var byWholeLink =
        shop.post(
                "/api/campaign-values-reports?page_cursor="
                    + Shop.encoded(first.text("/links/next")),
                body)
            .expect(200);
    assertThat(campaigns(byWholeLink)).isEqualTo(campaigns(second));
    assertThat(shop.post("/api/campaign-values-reports?page_cursor=forged", body).details())
        .containsExactly("Invalid cursor provided.");
  }

  @Test
  void allFaultsOfARequestAreTold() {
    var answer =
        shop.post(
                "/api/campaign-values-reports",
                body(
                    List.of("opens"),
                    """
                    {"start": "2026-03-02T00:00:00Z", "end": "2026-03-01T00:00:00Z"}
                    """,
                    "nope42",
                    """
                    , "group_by": ["send_channel"], "filter": "equals(name,'x')"
                    """))
            .expect(400);

    assertThat(answer.details())
        .containsExactly(
            "A metric with id nope42 does not exist.",
            "'group_by' must contain campaign_id, campaign_message_id.",
            "'name' is not an allowed filter field.  Allowed fields are campaign_id,"
                + " campaign_message_id, send_channel, tag_id, tag_name, text_message_format,"
                + " variation",
            "'end' must be after 'start'.");
    assertThat(pointers(answer))
        .containsExactly(
            "/data/attributes/conversion_metric_id",
            "/data/attributes/group_by",
            "/data/attributes/filter",
            "/data/attributes/timeframe/end");
  }

  @Test
  void theShapeOfTheBodyIsChecked() {
    assertThat(faults("\"statistics\": []")).contains("'statistics' must have at least 1 item.");
    assertThat(faults("\"statistics\": [\"nope\"]"))
        .contains("'nope' is not a valid choice for 'statistics'.");
    assertThat(faults("\"timeframe\": {\"key\": \"someday\"}"))
        .contains("'someday' is not a valid choice for 'key'.");
    assertThat(
            faults(
                """
                "timeframe": {"key": "today", "start": "2026-03-01T00:00:00Z",
                  "end": "2026-03-02T00:00:00Z"}
                """))
        .contains("'key' is not a valid field for the resource 'custom_timeframe'.");
    assertThat(faults("\"filters\": \"x\""))
        .contains("'filters' is not a valid field for the resource 'campaign-values-report'.");
  }

  @Test
  void aTimeframeOfOneYearIsTheLongest() {
    var year = "{\"start\": \"2025-03-01T00:00:00Z\", \"end\": \"2026-03-01T00:00:00Z\"}";
    var more = "{\"start\": \"2025-03-01T00:00:00Z\", \"end\": \"2026-03-01T00:00:01Z\"}";

    assertThat(campaigns(report(List.of("opens"), year, ""))).isEmpty();
    assertThat(faults("\"timeframe\": " + more))
        .contains("A timeframe may not be longer than one year.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "or(equals(campaign_id,'a'),equals(campaign_id,'b'))",
        "equals(campaign_id,'a'),contains-any(campaign_id,['b'])",
        "contains(campaign_id,'a')",
        "contains-all(campaign_id,['a'])",
        "equals(send_channel,'mobile_push')",
        "equals(campaign_id"
      })
  void filtersOutsideTheGrammarAreRefused(String filter) {
    var refused =
        shop.post(
                "/api/campaign-values-reports",
                body(
                    List.of("opens"),
                    MARCH,
                    ordered,
                    ", \"filter\": " + Json.MAPPER.writeValueAsString(filter)))
            .expect(400);

    assertThat(pointers(refused)).containsExactly("/data/attributes/filter");
  }

  @Test
  void aFilterHoldsAtMostAHundredValues() {
    var ids = "'x',".repeat(100);

    assertThat(filtered("contains-any(campaign_id,[" + ids.substring(0, 399) + "])")).isEmpty();
    assertThat(faults("\"filter\": \"contains-any(campaign_id,[" + ids + "'x'])\"").getFirst())
        .contains("at most 100 values");
  }

  private static Shop shopOf(Books books) {
    return new Shop(SERVER.url(), books.account(), books.key());
  }

  private Answer report(List<String> statistics, String timeframe, String more) {
    return shop.post("/api/campaign-values-reports", body(statistics, timeframe, ordered, more))
        .expect(200);
  }

  private Answer grouped(String... by) {
    return report(List.of("opens"), MARCH, ", \"group_by\": " + Json.MAPPER.writeValueAsString(by));
  }

  private List<String> filtered(String filter) {
    return campaigns(
        report(
            List.of("recipients"),
            MARCH,
            ", \"filter\": " + Json.MAPPER.writeValueAsString(filter)));
  }

  private static String body(
      List<String> statistics, String timeframe, String metric, String more) {
    return """
    {"data": {"type": "campaign-values-report", "attributes": {
      "statistics": %s, "timeframe": %s, "conversion_metric_id": "%s" %s}}}
    """
        .formatted(Json.MAPPER.writeValueAsString(statistics), timeframe, metric, more);
  }

  /** What is wrong with a body in which one member is replaced or added. */
  private List<String> faults(String member) {
    var body = (ObjectNode) Json.read(body(List.of("opens"), MARCH, ordered, ""));
    ((ObjectNode) body.at("/data/attributes")).setAll((ObjectNode) Json.read("{" + member + "}"));
    return shop.post("/api/campaign-values-reports", body.toString()).expect(400).details();
  }

  private static List<String> campaigns(Answer answer) {
    return results(answer).stream()
        .map(result -> result.at("/groupings/campaign_id").stringValue())
        .toList();
  }

  private static List<List<String>> groupings(Answer answer) {
    return results(answer).stream()
        .map(result -> result.get("groupings").valueStream().map(JsonNode::stringValue).toList())
        .toList();
  }

  private static List<Double> row(Answer answer, int number) {
    return results(answer)
        .get(number)
        .get("statistics")
        .valueStream()
        .map(JsonNode::doubleValue)
        .toList();
  }

  private static List<JsonNode> results(Answer answer) {
    return answer.at("/data/attributes/results").valueStream().toList();
  }

  private static List<String> pointers(Answer answer) {
    return answer
        .at("/errors")
        .valueStream()
        .map(error -> error.at("/source/pointer").stringValue())
        .toList();
  }

  private static String path(String link) {
    return link.substring(link.indexOf("/api/"));
  }
}
