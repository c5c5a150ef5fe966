package carillon.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Published;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReviewsTest {

  private static final TestClock CLOCK = new TestClock();
  private static final String ADA = "'email': 'ada@example.com', 'author': 'Ada L.'";

  private static Carillon server;

  private final Shop shop = TestServer.shop(server);

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aReviewWaitsUntilSomebodyPublishesIt() {
    assertThat(submit(review("7", 5, "Good boots")).expect(202).body()).isEmpty();

    var waiting = shop.get("/api/reviews").expect(200);
    assertThat(waiting.ids()).hasSize(1);
    assertThat(waiting.text("/data/0/attributes/status/value")).isEqualTo("pending");
    assertThat(waiting.text("/data/0/attributes/email")).isEqualTo("ada@example.com");
    assertThat(waiting.text("/data/0/attributes/product/external_id")).isEqualTo("7");
    assertThat(waiting.text("/data/0/relationships/item/data/id"))
        .isEqualTo("$shopify:::$default:::7");
    assertThat(shown("").ids()).isEmpty();

    var id = waiting.ids().getFirst();
    var published = decide(id, "{'value': 'published'}").expect(200);

    assertThat(published.text("/data/attributes/status/value")).isEqualTo("published");
    assertThat(shown("").ids()).containsExactly(id);
    assertThat(shown("").text("/data/0/attributes/content")).isEqualTo("Good boots");
  }

  @Test
  void whoWroteItIsNotToldToTheWorldNorWhatIsNotPublished() {
    for (var status : List.of("pending", "unpublished", "published", "featured")) {
      submit(review("7", 4, status)).expect(202);
      decide(newest(), "{'value': '" + status + "'}").expect(200);
    }
    submit(review("7", 1, "rude")).expect(202);
    decide(newest(), rejected("'profanity_or_inappropriate'")).expect(200);

    assertThat(shown("").body()).doesNotContain("ada@example.com", "\"email\"");
    assertThat(shown("").attributes("content")).containsExactly("featured", "published");
    assertThat(shown("equals(status,\"all\")").ids()).hasSize(2);
    for (var hidden : List.of("pending", "unpublished", "rejected")) {
      assertThat(shown("equals(status,\"" + hidden + "\")").ids()).isEmpty();
    }
    var all = shop.get("/api/reviews?filter=" + Shop.encoded("equals(status,\"all\")"));
    assertThat(all.ids()).hasSize(5);
  }

  @Test
  void aRejectionHasAReasonUntilItIsTakenBack() {
    submit(review("7", 1, "Bad")).expect(202);
    var id = newest();

    decide(id, "{'value': 'rejected'}").expect(400);
    decide(id, "{'value': 'gone'}").expect(400);
    decide(id, rejected("'fake', 'status_explanation': 'x'")).expect(400);
    var other = decide(id, rejected("'other', 'status_explanation': 'Off topic'")).expect(200);

    assertThat(other.at("/data/attributes/status").toString())
        .isEqualTo(
            "{\"value\":\"rejected\",\"rejection_reason\":{\"reason\":\"other\","
                + "\"status_explanation\":\"Off topic\"}}");
    assertThat(decide(id, "{'value': 'pending'}").at("/data/attributes/status").toString())
        .isEqualTo("{\"value\":\"pending\"}");
    shop.patch("/api/reviews/999999", patch("999999", "{'value': 'pending'}")).expect(404);
    shop.get("/api/reviews/none").expect(404);
    assertThat(TestServer.shop(server).get("/api/reviews/" + id).status()).isEqualTo(404);
  }

  @Test
  void itsEventIsThePersonsAndComesAlong() {
    submit(review("7", 5, "Good boots")).expect(202);
    submit("'review_type': 'rating', 'content': '', 'rating': 3, " + ADA).expect(202);
    submit("'review_type': 'question', 'content': 'Warm?', " + ADA).expect(202);

    var all = shop.get("/api/reviews?include=events&sort=created").expect(200);
    assertThat(all.at("/included").size()).isEqualTo(2);
    assertThat(all.at("/data/0/relationships/events/data").size()).isEqualTo(1);
    assertThat(all.at("/data/2/relationships/events/data").size()).isZero();
    assertThat(shop.get("/api/metrics").attributes("name"))
        .containsExactlyInAnyOrder("Submitted Review", "Submitted Rating");
    var one = shop.get("/api/reviews/" + all.ids().getFirst() + "?include=events").expect(200);
    assertThat(one.at("/included/0/attributes/event_properties/rating").intValue()).isEqualTo(5);
    assertThat(shop.get("/api/profiles").attributes("email")).containsExactly("ada@example.com");
  }

  @Test
  void reviewsAreFoundByWhatTheyAre() {
    submit(review("7", 5, "Good boots")).expect(202);
    submit(review("8", 2, "Bad socks")).expect(202);
    submit("'review_type': 'store', 'content': 'Friendly', 'rating': 4, " + ADA).expect(202);

    assertThat(found("equals(rating,5)")).containsExactly("Good boots");
    assertThat(found("any(rating,[2,4])")).containsExactly("Friendly", "Bad socks");
    assertThat(found("greater-or-equal(rating,4)")).containsExactly("Friendly", "Good boots");
    assertThat(found("contains(content,\"OCK\")")).containsExactly("Bad socks");
    assertThat(found("equals(item.id,\"$shopify:::$default:::8\")")).containsExactly("Bad socks");
    assertThat(found("equals(review_type,\"store\")")).containsExactly("Friendly");
    assertThat(found("equals(verified,true)")).isEmpty();
    assertThat(found("equals(id,\"" + newest() + "\")")).containsExactly("Friendly");
    assertThat(found("equals(id,\"nonsense\")")).isEmpty();
    assertThat(shop.get("/api/reviews?sort=-rating").attributes("content"))
        .containsExactly("Good boots", "Friendly", "Bad socks");
    var first = shop.get("/api/reviews?page[size]=2");
    assertThat(shop.follow(first.text("/links/next")).attributes("content"))
        .containsExactly("Good boots");
  }

  @Test
  void whatIsWrongWithAReviewIsTold() {
    submit("'review_type': 'poem', 'content': 'x', " + ADA).expect(400);
    submit("'review_type': 'review', 'content': 'x', 'rating': 6, " + ADA).expect(400);
    submit("'review_type': 'question', 'content': 'x', 'rating': 5, " + ADA).expect(400);
    submit("'review_type': 'rating', 'content': '', " + ADA).expect(400);
    submit("'review_type': 'review', 'content': 'x', 'email': 'nobody', 'author': 'A'").expect(400);
    submit("'review_type': 'review', 'content': 'x', 'images': ['javascript:alert(1)'], " + ADA)
        .expect(400);
    submit(
            "'review_type': 'review', 'content': 'x', 'images': ['data:image/gif;base64,R0'], "
                + ADA)
        .expect(400);
    assertThat(shop.get("/api/reviews").ids()).isEmpty();
  }

  @Test
  void theReportCountsWhatIsPublishedInItsTime() {
    for (var stars : List.of(5, 4)) {
      publish(review("7", stars, "Boots"));
    }
    CLOCK.tick(Duration.ofDays(40));
    publish(review("8", 2, "Socks"));
    publish("'review_type': 'store', 'content': 'Nice', 'rating': 3, " + ADA);
    publish("'review_type': 'question', 'content': 'Warm?', " + ADA);
    submit(review("8", 1, "Pending")).expect(202);

    var all =
        "average_rating,total_ratings,total_reviews,total_questions,total_store_reviews,"
            + "average_store_rating";
    assertThat(
            report("company_id", all, "all_time", "").at("/data/0/attributes/results").toString())
        .isEqualTo(
            ("[{'groupings':{'company_id':'%s'},'statistics':{'average_rating':3.67,"
                    + "'total_reviews':3,'total_questions':1,'total_ratings':3,"
                    + "'total_store_reviews':1,'average_store_rating':3}}]")
                .formatted(shop.account())
                .replace('\'', '"'));
    assertThat(results("total_reviews,average_rating", "last_30_days", ""))
        .isEqualTo("8 {\"average_rating\":2,\"total_reviews\":1}");
    assertThat(results("average_rating", "all_time", ""))
        .isEqualTo("7 {\"average_rating\":4.5}, 8 {\"average_rating\":2}");
    assertThat(results("total_reviews", "all_time", "any(product_external_ids,[\"7\",\"9\"])"))
        .isEqualTo("7 {\"total_reviews\":2}");
    var page = report("product_id", "total_reviews", "all_time", "", "&page[size]=1");
    assertThat(
            shopless(page.text("/links/next").substring(server.url().length()))
                .at("/data/0/attributes/results/0/groupings/product_id")
                .stringValue())
        .isEqualTo("8");
  }

  @Test
  void aReportNeedsToKnowWhatAboutWhatAndWhen() {
    var path = "/client/review-values-reports?company_id=" + shop.account();
    assertThat(shopless(path).expect(400).details()).hasSize(3);
    for (var wrong :
        List.of(
            "group_by=shop&statistics=total_reviews&timeframe=all_time",
            "group_by=company_id&statistics=fame&timeframe=all_time",
            "group_by=company_id&statistics=total_reviews&timeframe=ever")) {
      shopless(path + "&" + wrong).expect(400);
    }
  }

  private void publish(String attributes) {
    submit(attributes).expect(202);
    decide(newest(), "{'value': 'published'}").expect(200);
  }

  private String results(String statistics, String timeframe, String filter) {
    var all = new java.util.ArrayList<String>();
    report("product_id", statistics, timeframe, filter)
        .at("/data/0/attributes/results")
        .forEach(one ->
            all.add(one.at("/groupings/product_id").stringValue() + " " + one.get("statistics")));
    return String.join(", ", all);
  }

  private Answer report(String group, String statistics, String timeframe, String filter) {
    return report(group, statistics, timeframe, filter, "");
  }

  private Answer report(
      String group, String statistics, String timeframe, String filter, String more) {
    return shopless(
            "/client/review-values-reports?company_id=%s&group_by=%s&statistics=%s&timeframe=%s%s%s"
                .formatted(
                    shop.account(),
                    group,
                    statistics,
                    timeframe,
                    filter.isEmpty() ? "" : "&filter=" + Shop.encoded(filter),
                    more))
        .expect(200);
  }

  private static String review(String product, int stars, String content) {
    return ("'review_type': 'review', 'content': '%s', 'rating': %d, 'title': 'T',"
                + " 'images': ['https://shop.example/a.jpg'],"
                + " 'product': {'external_id': '%s', 'integration_key': 'shopify'}, ")
            .formatted(content, stars, product)
        + ADA;
  }

  private static String rejected(String reason) {
    return "{'value': 'rejected', 'rejection_reason': {'reason': " + reason + "}}";
  }

  private Answer submit(String attributes) {
    var body = "{'data': {'type': 'review', 'attributes': {" + attributes + "}}}";
    return Shop.send(
        request("/client/reviews?company_id=" + shop.account())
            .header("Content-Type", "application/vnd.api+json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build());
  }

  private Answer shown(String filter) {
    return shopless(
            "/client/reviews?company_id="
                + shop.account()
                + (filter.isEmpty() ? "" : "&filter=" + Shop.encoded(filter)))
        .expect(200);
  }

  private static Answer shopless(String path) {
    var answer = Shop.send(request(path.replace("[", "%5B").replace("]", "%5D")).build());
    if (answer.status() == 200) {
      assertThat(Published.faults("GET", path, 200, Json.read(answer.body()))).isEmpty();
    }
    return answer;
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).header("revision", "2026-04-15");
  }

  private List<String> found(String filter) {
    return shop.get("/api/reviews?filter=" + Shop.encoded(filter))
        .expect(200)
        .attributes("content");
  }

  private String newest() {
    return shop.get("/api/reviews").ids().getFirst();
  }

  private Answer decide(String id, String status) {
    return shop.patch("/api/reviews/" + id, patch(id, status));
  }

  private static String patch(String id, String status) {
    return "{'data': {'type': 'review', 'id': '%s', 'attributes': {'status': %s}}}"
        .formatted(id, status)
        .replace('\'', '"');
  }
}
