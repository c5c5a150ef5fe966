package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {

  private static final String ADA = "ada@people.test";
  private static final String MAILGUN_KEY = "a webhook signing key";
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces";
  private static final KeyPair SENDGRID = keyPair();
  private static final Database DB = TestDatabase.create();
  private static final Carillon SERVER =
      TestServer.start(
          Map.of(
              "CARILLON_HOOK_SENDGRID_KEY",
              Base64.getEncoder().encodeToString(SENDGRID.getPublic().getEncoded()),
              "CARILLON_HOOK_MAILGUN_KEY",
              MAILGUN_KEY,
              "CARILLON_HOOK_POSTMARK_LOGIN",
              "postmark:secret",
              "CARILLON_HOOK_SES_TOPICS",
              TOPIC),
          DB,
          new TestClock());

  private static final String FINE = "NEVER_SUBSCRIBED";
  private static final String DEAD = "HARD_BOUNCE,NEVER_SUBSCRIBED";
  private static final String LEFT = "UNSUBSCRIBE,UNSUBSCRIBED";
  private static final String COMPLAINED = "SPAM_COMPLAINT,UNSUBSCRIBE,UNSUBSCRIBED";

  private final Shop shop = TestServer.shop(SERVER);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theMailCarriesTheMarkForEveryProvider() {
    var shot = Mailshot.to(shop, DB, ADA);
    var mail = shot.mail(ADA).replace("\r\n ", " ");
    var mark = shot.mark(ADA);
    assertThat(mail)
        .contains("X-SES-MESSAGE-TAGS: carillon=" + mark + "\r\n")
        .contains("X-SMTPAPI: {\"unique_args\": {\"carillon\": \"" + mark + "\"}}\r\n")
        .contains("X-Mailgun-Variables: {\"carillon\": \"" + mark + "\"}\r\n")
        .contains("X-PM-Metadata-carillon: " + mark + "\r\n");
  }

  /** An event, what else is said of it, and the standing of the recipient after it. */
  private record Row(String event, String more, String standing) {}

  private static Row row(String event, String more, String standing) {
    return new Row(event, more.replace('\'', '"'), standing);
  }

  /** One mail for each row, of which a provider tells; twice, as providers do. */
  private void told(
      List<Row> rows, BiFunction<Row, String, String> body, Function<String, Answer> post) {
    var shot =
        Mailshot.to(
            shop,
            DB,
            IntStream.range(0, rows.size()).mapToObj(HooksTest::person).toArray(String[]::new));
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var told = body.apply(row, shot.mark(person(i))).replace("{email}", person(i));
      assertThat(post.apply(told).status()).isEqualTo(200);
      assertThat(post.apply(told).status()).isEqualTo(200);
      assertThat(String.join(",", shot.standing(person(i)))).as(told).isEqualTo(row.standing());
    }
  }

  private static String person(int number) {
    return "p" + number + "@people.test";
  }

  @Test
  void sendGridTellsWhatBecameOfAMail() {
    told(
        List.of(
            row("bounce", "'type':'bounce','status':'5.1.1','reason':'550 5.1.1 unknown'", DEAD),
            row("bounce", "'type':'bounce','status':'5.2.2','reason':'552 5.2.2 full'", FINE),
            row("bounce", "'type':'blocked','status':'5.1.1','reason':'550 5.1.1 no'", FINE),
            row("dropped", "'reason':'Bounced Address'", DEAD),
            row("dropped", "'reason':'Spam Reporting Address'", COMPLAINED),
            row("dropped", "'reason':'Unsubscribed Address'", LEFT),
            row("dropped", "'reason':'Spam Content'", FINE),
            row("spamreport", "'ip':'192.0.2.1'", COMPLAINED),
            row("unsubscribe", "'ip':'192.0.2.1'", LEFT),
            row("delivered", "'response':'250 OK'", FINE),
            row("deferred", "'response':'400 try again'", FINE)),
        (row, mark) ->
            """
            [{"event":"delivered"},
             {"email":"{email}","event":"%s","carillon":"%s","timestamp":1776157964,%s}]
            """
                .formatted(row.event(), mark, row.more()),
        HooksTest::sendGrid);
  }

  @Test
  void sendGridMayNameTheMessageByItsIdAlone() {
    var shot = Mailshot.to(shop, DB, ADA);
    sendGrid("[{\"event\":\"spamreport\",\"smtp-id\":\"<" + shot.messageId(ADA) + ">\"}]");
    assertThat(shot.standing(ADA)).contains("SPAM_COMPLAINT");
    assertThat(shot.report("spam_complaints")).containsExactly(1.0);
  }

  @Test
  void whatIsNotSignedBySendGridIsRefusedAndChangesNothing() {
    var shot = Mailshot.to(shop, DB, ADA);
    var body = "[{\"event\":\"spamreport\",\"carillon\":\"" + shot.mark(ADA) + "\"}]";
    assertThat(post("sendgrid", body, Map.of()).status()).isEqualTo(403);
    assertThat(post("sendgrid", body, signed(keyPair(), body)).status()).isEqualTo(403);
    assertThat(post("sendgrid", body + " ", signed(SENDGRID, body)).status()).isEqualTo(403);
    assertThat(shot.standing(ADA)).containsExactly("NEVER_SUBSCRIBED");
  }

  @Test
  void mailgunTellsWhatBecameOfAMail() {
    told(
        List.of(
            row(
                "failed",
                "'severity':'permanent','delivery-status':{'code':550,'enhanced-code':'5.1.1','message':'no'}",
                DEAD),
            row(
                "failed",
                "'severity':'permanent','reason':'suppress-bounce','delivery-status':{'code':605}",
                DEAD),
            row(
                "failed",
                "'severity':'permanent','delivery-status':{'code':607,'message':''}",
                COMPLAINED),
            row(
                "failed",
                "'severity':'permanent','delivery-status':{'code':606,'message':''}",
                LEFT),
            row(
                "failed",
                "'severity':'temporary','delivery-status':{'code':550,'message':'no such user'}",
                FINE),
            row("complained", "'severity':''", COMPLAINED),
            row("unsubscribed", "'severity':''", LEFT),
            row("opened", "'severity':''", FINE)),
        (row, mark) ->
            mailgun(
                MAILGUN_KEY,
                """
                "event-data":{"event":"%s","recipient":"{email}",
                  "user-variables":{"carillon":"%s"},%s}
                """
                    .formatted(row.event(), mark, row.more())),
        body -> post("mailgun", body, Map.of()));
  }

  @Test
  void whatIsNotSignedByMailgunIsRefused() {
    var shot = Mailshot.to(shop, DB, ADA);
    var data =
        "\"event-data\":{\"event\":\"complained\",\"message\":{\"headers\":{\"message-id\":\""
            + shot.messageId(ADA)
            + "\"}}}";
    assertThat(post("mailgun", mailgun("another key", data), Map.of()).status()).isEqualTo(403);
    assertThat(post("mailgun", "{" + data + "}", Map.of()).status()).isEqualTo(403);
    assertThat(shot.standing(ADA)).containsExactly("NEVER_SUBSCRIBED");
    assertThat(post("mailgun", mailgun(MAILGUN_KEY, data), Map.of()).status()).isEqualTo(200);
    assertThat(shot.standing(ADA)).contains("SPAM_COMPLAINT");
  }

  @Test
  void postmarkTellsWhatBecameOfAMail() {
    told(
        List.of(
            row("Bounce", "'Type':'HardBounce','Details':'smtp;550 5.1.1 unknown'", DEAD),
            row("Bounce", "'Type':'SoftBounce','Details':'full'", FINE),
            row("Bounce", "'Type':'SpamNotification'", FINE),
            row("Bounce", "'Type':'Transient'", FINE),
            row("SpamComplaint", "'Type':'SpamComplaint'", COMPLAINED),
            row(
                "SubscriptionChange",
                "'SuppressSending':true,'SuppressionReason':'ManualSuppression','Origin':'Recipient'",
                LEFT),
            row(
                "SubscriptionChange",
                "'SuppressSending':true,'SuppressionReason':'HardBounce','Origin':'Recipient'",
                FINE),
            row("SubscriptionChange", "'SuppressSending':false,'Origin':'Recipient'", FINE),
            row("Delivery", "'Type':''", FINE)),
        (row, mark) ->
            """
            {"RecordType":"%s","Email":"{email}","Metadata":{"carillon":"%s"},%s}
            """
                .formatted(row.event(), mark, row.more()),
        body -> post("postmark", body, login("postmark:secret")));
  }

  @Test
  void whoComesWithoutPostmarksLoginIsAskedForIt() {
    var answer = post("postmark", "{}", Map.of());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"hooks\"");
    assertThat(post("postmark", "{}", login("postmark:guess")).status()).isEqualTo(401);
  }

  @Test
  void amazonsMessagesOfOtherTopicsAndFromOtherPlacesAreRefused() {
    var other = "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:eu-west-1:1:x\"}";
    assertThat(post("ses", other, Map.of()).status()).isEqualTo(403);
    for (var url :
        List.of(
            "",
            "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
            "https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-1.pem",
            "https://evil.test/sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
            "https://sns.eu-west-1.amazonaws.com@evil.test/SimpleNotificationService-1.pem",
            "https://sns.eu-west-1.amazonaws.com/other.pem")) {
      var body =
          """
          {"Type":"Notification","TopicArn":"%s","Message":"{}","SignatureVersion":"2",
           "Signature":"AAAA","SigningCertURL":"%s"}
          """
              .formatted(TOPIC, url);
      assertThat(post("ses", body, Map.of()).status()).as(url).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[",
        "null",
        "[[],1,null,\"x\",{\"event\":[]},{\"event\":\"bounce\",\"carillon\":{},\"status\":5}]",
        "{\"event-data\":[],\"RecordType\":{},\"Metadata\":[1]}",
        "{\"RecordType\":\"Bounce\",\"Type\":\"HardBounce\",\"Metadata\":\"\\u0000\"}",
        "{\"a\":1,\"a\":2}"
      })
  void strangeBodiesNeverMakeTheServerFail(String body) {
    assertThat(sendGrid(body).status()).isIn(200, 400);
    assertThat(post("postmark", body, login("postmark:secret")).status()).isIn(200, 400);
    assertThat(post("mailgun", body, Map.of()).status()).isIn(400, 403);
    assertThat(post("ses", body, Map.of()).status()).isIn(400, 403);
  }

  @Test
  void deepBodiesAreRefusedAndManyEventsTaken() {
    assertThat(sendGrid("[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(sendGrid("[" + "{\"event\":\"open\"},".repeat(50_000) + "{}]").status())
        .isEqualTo(200);
  }

  /** By a client of its own: the server may hang up on who says too much. */
  @Test
  void tooLargeBodiesAreRefused() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(SERVER.url() + "/hooks/mailgun"))
            .expectContinue(true)
            .POST(BodyPublishers.ofString("x".repeat(1_100_000)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void aNoticeAboutAMailThatIsNotOursIsTakenAndLetBe() {
    assertThat(sendGrid("[{\"event\":\"spamreport\",\"carillon\":\"A-B-aaaaaaaa\"}]").status())
        .isEqualTo(200);
  }

  @Test
  void onlyPostsToKnownProvidersAreAnswered() {
    assertThat(post("nobody", "{}", Map.of()).status()).isEqualTo(404);
    assertThat(post("", "{}", Map.of()).status()).isEqualTo(404);
    assertThat(post("mailgun/x", "{}", Map.of()).status()).isEqualTo(404);
    var get = HttpRequest.newBuilder(URI.create(SERVER.url() + "/hooks/mailgun")).build();
    assertThat(Shop.send(get).status()).isEqualTo(405);
  }

  @Test
  void withoutAKeyNoNoticesAreTaken() {
    for (var provider : List.of("ses", "sendgrid", "mailgun", "postmark")) {
      assertThat(post(TestServer.shared().url(), provider, "{}", Map.of()).status()).isEqualTo(403);
    }
  }

  private static Answer sendGrid(String body) {
    return post("sendgrid", body, signed(SENDGRID, body));
  }

  private static Map<String, String> signed(KeyPair key, String body) {
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key.getPrivate());
      signer.update(("1776157964" + body).getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "X-Twilio-Email-Event-Webhook-Timestamp",
          "1776157964",
          "X-Twilio-Email-Event-Webhook-Signature",
          Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String mailgun(String key, String data) {
    var token = "c0ffee".repeat(8);
    var signature = Signatures.hmac(key, "1776157964" + token);
    return """
    {"signature":{"timestamp":"1776157964","token":"%s","signature":"%s"},%s}
    """
        .formatted(token, signature, data);
  }

  private static Map<String, String> login(String login) {
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  private static Answer post(String provider, String body, Map<String, String> headers) {
    return post(SERVER.url(), provider, body, headers);
  }

  private static Answer post(
      String url, String provider, String body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/hooks/" + provider))
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return Shop.send(request.build());
  }
}
