package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.Json;
import carillon.mail.Bounce.Kind;
import carillon.platform.fetch.FetchResult;
import carillon.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmazonSesTest {

  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces";
  private static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
  private static final String CONFIRM =
      "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";

  private static PrivateKey key;
  private static byte[] pem;

  private final TestClock clock = new TestClock();
  private final List<String> fetched = new ArrayList<>();
  private int status = 200;
  private final AmazonSes ses =
      new AmazonSes(Set.of(TOPIC), new SnsSignature(this::fetch, clock), this::fetch);

  @BeforeAll
  static void aKeyOfOurOwn(@TempDir Path folder) throws Exception {
    var file = folder.resolve("sns.p12");
    var command =
        "-genkeypair -alias sns -keyalg RSA -keysize 2048 -dname CN=sns.amazonaws.com"
            + " -validity 2 -storetype PKCS12 -storepass changeit -keystore "
            + file;
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process = new ProcessBuilder((tool + " " + command).split(" ")).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    Files.delete(file);
    key = (PrivateKey) store.getKey("sns", "changeit".toCharArray());
    pem =
        ("-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(store.getCertificate("sns").getEncoded())
                + "\n-----END CERTIFICATE-----\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  private FetchResult fetch(String url) {
    fetched.add(url);
    return new FetchResult.Fetched(url, status, Map.of(), pem);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aSignedNoticeIsReadInBothVersions(String version) {
    var told = read(notification(version, bounce("Permanent", "General", "5.1.1", "550 no")));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().names())
        .contains(
            "b-1-2-abcdefgh@bounces.shop.test",
            "1-2-abcdefgh",
            "<1-2-abcdefgh@shop.test>",
            "1-2-ijklmnop");
    var bounced = (Notice.Bounced) told.getFirst().notice();
    assertThat(bounced.bounce().kind()).isEqualTo(Kind.HARD);
    assertThat(bounced.recipients()).containsExactly("ada@people.test");
    read(notification(version, bounce("Permanent", "General", "5.1.1", "550 no")));
    assertThat(fetched).containsExactly(CERTIFICATE);
  }

  @ParameterizedTest
  @CsvSource({
    "Permanent, General,                  5.1.1, 550 5.1.1 unknown, HARD",
    "Permanent, General,                  5.7.1, 550 5.7.1 policy,  POLICY",
    "Permanent, NoEmail,                  '',    '',                HARD",
    "Permanent, Suppressed,               5.1.1, '',                HARD",
    "Permanent, OnAccountSuppressionList, 5.7.1, '',                HARD",
    "Transient, General,                  4.0.0, '',                SOFT",
    "Transient, MailboxFull,              5.2.2, '',                SOFT",
    "Transient, ContentRejected,          5.6.0, '',                POLICY",
    "Undetermined, Undetermined,          '',    '',                POLICY"
  })
  void kindsOfBouncesAreToldApart(
      String type, String subType, String code, String diagnostic, Kind kind) {
    var told = read(notification("2", bounce(type, subType, code, diagnostic)));
    assertThat(((Notice.Bounced) told.getFirst().notice()).bounce().kind()).isEqualTo(kind);
  }

  @Test
  void complaintsAreToldInBothShapesUnlessTheyAreNone() {
    assertThat(read(notification("2", complaint("notificationType", "abuse"))))
        .extracting(Provider.Told::notice)
        .containsExactly(new Notice.Complained("Amazon SES"));
    assertThat(read(notification("2", complaint("eventType", "")))).hasSize(1);
    assertThat(read(notification("2", complaint("eventType", "not-spam")))).isEmpty();
  }

  @Test
  void otherNoticesAreLetBe() {
    assertThat(read(notification("2", "Successfully validated SNS topic."))).isEmpty();
    assertThat(read(notification("2", "{\"eventType\":\"Delivery\",\"mail\":{}}"))).isEmpty();
    assertThat(read(notification("2", "{\"eventType\":\"Bounce\",\"bounce\":7}"))).isEmpty();
  }

  @Test
  void whatWasChangedAfterSigningIsRefused() {
    var message = notification("2", complaint("eventType", "abuse"));
    message.put("Message", message.get("Message") + " ");
    refused(message);
    var subject = notification("2", complaint("eventType", "abuse"));
    subject.put("Subject", "added");
    refused(subject);
    var version = notification("2", complaint("eventType", "abuse"));
    version.put("SignatureVersion", "1");
    refused(version);
    var topic = signed("2", Map.of("Type", "Notification", "Message", "{}", "TopicArn", "other"));
    refused(topic);
  }

  @Test
  void aCertificateThatRanOutIsNoCertificate() {
    clock.tick(Duration.ofDays(3));
    refused(notification("2", complaint("eventType", "abuse")));
  }

  @Test
  void aCertificateThatCannotBeFetchedJustNowIsAskedForAgain() {
    status = 500;
    var message = notification("2", complaint("eventType", "abuse"));
    assertThatThrownBy(() -> read(message)).isInstanceOf(IllegalStateException.class);
    status = 200;
    assertThat(read(message)).hasSize(1);
  }

  @Test
  void aSubscriptionIsConfirmedIfItIsSignedAndLeadsToAmazon() {
    assertThat(read(confirmation(CONFIRM))).isEmpty();
    assertThat(fetched).containsExactly(CERTIFICATE, CONFIRM);

    refused(confirmation("https://evil.test/?Action=ConfirmSubscription"));
    refused(confirmation("http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"));
    var forged = confirmation(CONFIRM);
    forged.put("Token", "another");
    refused(forged);
    assertThat(fetched).containsExactly(CERTIFICATE, CONFIRM);
  }

  private void refused(Map<String, String> message) {
    assertThatThrownBy(() -> read(message))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
  }

  private List<Provider.Told> read(Map<String, String> message) {
    var body = Json.MAPPER.writeValueAsBytes(message);
    return ses.read(new HttpRequest("POST", "/hooks/ses", "", _ -> null, body));
  }

  private static Map<String, String> notification(String version, String message) {
    return signed(version, Map.of("Type", "Notification", "Message", message, "TopicArn", TOPIC));
  }

  private static Map<String, String> confirmation(String url) {
    return signed(
        "2",
        Map.of(
            "Type",
            "SubscriptionConfirmation",
            "Message",
            "You have chosen to subscribe",
            "TopicArn",
            TOPIC,
            "Token",
            "t",
            "SubscribeURL",
            url));
  }

  private static Map<String, String> signed(String version, Map<String, String> content) {
    var message = new TreeMap<>(content);
    message.put("MessageId", "9d7f0b8e-0000-0000-0000-000000000000");
    message.put("Timestamp", "2026-04-14T09:12:44.000Z");
    var text = new StringBuilder();
    message.forEach((name, value) -> text.append(name + "\n" + value + "\n"));
    message.put("SignatureVersion", version);
    message.put("SigningCertURL", CERTIFICATE);
    message.put("Signature", sign(version, text.toString()));
    return message;
  }

  private static String sign(String version, String text) {
    try {
      var signer = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
      signer.initSign(key);
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String MAIL =
      """
      "mail":{"source":"b-1-2-abcdefgh@bounces.shop.test","messageId":"0102-ses",
        "tags":{"carillon":["1-2-abcdefgh"]},
        "headers":[{"name":"Message-ID","value":"<1-2-abcdefgh@shop.test>"},
          {"name":"X-SES-MESSAGE-TAGS","value":"carillon=1-2-ijklmnop"}]}
      """;

  private static String bounce(String type, String subType, String code, String diagnostic) {
    return """
    {"notificationType":"Bounce","bounce":{"bounceType":"%s","bounceSubType":"%s",
      "bouncedRecipients":[{"emailAddress":"Ada@people.test","action":"failed","status":"%s",
        "diagnosticCode":"%s"}]},%s}
    """
        .formatted(type, subType, code, diagnostic.isEmpty() ? "" : "smtp; " + diagnostic, MAIL);
  }

  private static String complaint(String name, String feedback) {
    return """
    {"%s":"Complaint","complaint":{"complaintFeedbackType":"%s",
      "complainedRecipients":[{"emailAddress":"ada@people.test"}]},%s}
    """
        .formatted(name, feedback, MAIL);
  }
}
