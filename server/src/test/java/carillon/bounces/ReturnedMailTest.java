package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way: a campaign is sent, mail comes back, and profile and report tell it. */
class ReturnedMailTest {

  private static final String DOMAIN = "bounces.shop.test";
  private static final int PORT = freePort();
  private static final Database DB = TestDatabase.create();
  private static final Carillon SERVER =
      TestServer.start(
          Map.of("CARILLON_BOUNCE_DOMAIN", DOMAIN, "CARILLON_BOUNCE_PORT", Integer.toString(PORT)),
          DB,
          new TestClock());

  private final Shop shop = TestServer.shop(SERVER);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static int freePort() {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bouncesAndComplaintsStandInProfileAndReportOnceTheyAreTaken() {
    var people = List.of("ada@people.test", "bob@people.test", "cy@people.test", "di@people.test");
    var shot = Mailshot.to(shop, DB, people.toArray(String[]::new));

    assertThat(bring(shot, "ada@people.test", "postfix")).startsWith("250");
    assertThat(shot.standing("ada@people.test")).containsExactly("HARD_BOUNCE", "NEVER_SUBSCRIBED");

    assertThat(bring(shot, "bob@people.test", "postfix-full")).startsWith("250");
    assertThat(shot.standing("bob@people.test")).containsExactly("NEVER_SUBSCRIBED");

    assertThat(bring("complaints@" + DOMAIN, eml(shot, "cy@people.test").of("complaint")))
        .startsWith("250");
    assertThat(shot.standing("cy@people.test")).contains("SPAM_COMPLAINT", "UNSUBSCRIBED");

    for (var again : people.subList(0, 2)) {
      assertThat(bring(shot, again, "postfix")).startsWith("250");
    }
    assertThat(
            shot.report(
                "recipients",
                "bounced",
                "delivered",
                "bounce_rate",
                "failed",
                "spam_complaints",
                "spam_complaint_rate"))
        .containsExactly(4.0, 2.0, 2.0, 0.5, 0.0, 1.0, 0.5);
    assertThat(shop.get("/api/metrics").attributes("name"))
        .contains("Bounced Email", "Marked Email as Spam");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exim", "exchange", "gmail"})
  void reportsOfUsualServersSuppress(String mta) {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    assertThat(bring(shot, "ada@people.test", mta)).startsWith("250");
    assertThat(shot.standing("ada@people.test")).contains("HARD_BOUNCE");
  }

  @Test
  void aComplaintWithoutTheSenderIsKnownByTheMessageId() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    var mail = eml(shot, "ada@people.test").of("complaint-redacted");
    assertThat(bring("FBL@Bounces.Shop.test", mail)).startsWith("250");
    assertThat(shot.standing("ada@people.test")).contains("SPAM_COMPLAINT");
  }

  @Test
  void anOptOutReportUnsubscribesAndOtherKindsDoNothing() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    var eml = eml(shot, "ada@people.test");
    for (var type : List.of("not-spam", "auth-failure", "virus", "")) {
      assertThat(bring("abuse@" + DOMAIN, eml.of("complaint", Map.of("type", type))))
          .startsWith("250");
    }
    assertThat(shot.standing("ada@people.test")).containsExactly("NEVER_SUBSCRIBED");
    assertThat(bring("abuse@" + DOMAIN, eml.of("complaint", Map.of("type", "Opt-Out"))))
        .startsWith("250");
    assertThat(shot.standing("ada@people.test")).containsExactly("UNSUBSCRIBE", "UNSUBSCRIBED");
  }

  @Test
  void delaysAndAbsencesChangeNothing() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    assertThat(bring(shot, "ada@people.test", "postfix-delayed")).startsWith("250");
    assertThat(bring(shot, "ada@people.test", "out-of-office")).startsWith("250");
    assertThat(shot.standing("ada@people.test")).containsExactly("NEVER_SUBSCRIBED");
    assertThat(shot.report("bounced")).containsExactly(0.0);
  }

  @Test
  void forgedAndForeignAddressesAreRefusedBeforeAnyMail() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    var verp = verp(shot, "ada@people.test");
    var at = verp.indexOf('@');
    var last = verp.charAt(at - 1) == 'a' ? 'b' : 'a';
    try (var client = SmtpClient.greeted(PORT)) {
      client.ask("MAIL FROM:<>");
      for (var wrong :
          List.of(
              verp.substring(0, at - 1) + last + verp.substring(at),
              verp.replace("b-", "b-0"),
              verp.substring(0, at - 9) + verp.substring(at),
              verp.replace(DOMAIN, "other.test"),
              "ada@people.test",
              "somebody@" + DOMAIN,
              "")) {
        assertThat(client.ask("RCPT TO:<" + wrong + ">")).as(wrong).startsWith("550 5.1.1");
      }
      assertThat(client.ask("RCPT TO:<" + verp.toLowerCase(java.util.Locale.ROOT) + ">"))
          .startsWith("250");
    }
  }

  @Test
  void anArrangedAddressTakesNothingButReportsAboutOurMails() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    var eml = eml(shot, "ada@people.test");
    var stranger = new Eml("ada@people.test", "b-1-2-abcdefgh@" + DOMAIN, "1-2-abcdefgh@shop.test");
    assertThat(bring("postmaster@" + DOMAIN, eml.of("out-of-office"))).startsWith("550");
    assertThat(bring("abuse@" + DOMAIN, stranger.of("complaint"))).startsWith("550");
    assertThat(bring("postmaster@" + DOMAIN, stranger.of("postfix"))).startsWith("550");
    assertThat(shot.standing("ada@people.test")).containsExactly("NEVER_SUBSCRIBED");
    assertThat(bring("postmaster@" + DOMAIN, eml.of("postfix"))).startsWith("250");
    assertThat(shot.standing("ada@people.test")).contains("HARD_BOUNCE");
  }

  @Test
  void aZeroInAReplyHarmsNothing() {
    var shot = Mailshot.to(shop, DB, "ada@people.test");
    var mail = eml(shot, "ada@people.test").of("exim").replace("No such user", "No\0such user");
    assertThat(bring(verp(shot, "ada@people.test"), mail)).startsWith("250");
    assertThat(shot.standing("ada@people.test")).contains("HARD_BOUNCE");
  }

  private static String bring(Mailshot shot, String email, String name) {
    return bring(verp(shot, email), eml(shot, email).of(name));
  }

  private static String bring(String recipient, String mail) {
    try (var client = SmtpClient.greeted(PORT)) {
      return client.bring(recipient, mail);
    }
  }

  private static Eml eml(Mailshot shot, String email) {
    return new Eml(email, verp(shot, email), shot.messageId(email));
  }

  private static String verp(Mailshot shot, String email) {
    return "b-" + shot.mark(email) + "@" + DOMAIN;
  }
}
