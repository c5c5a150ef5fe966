package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listener as mail servers, and those who only look like one, meet it. */
@Timeout(60)
class ListenerTest {

  private static final String KNOWN = "b-1@bounces.test";
  private static final Limits SMALL =
      new Limits(3, 2, Duration.ofMillis(400), Duration.ofSeconds(2), 10_000);

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private Listener listener = listening(Limits.STANDARD);

  private Listener listening(Limits limits) {
    return Listener.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Keeper(), limits);
  }

  private final class Keeper implements Postmaster {
    @Override
    public String domain() {
      return "bounces.test";
    }

    @Override
    public boolean knows(String address) {
      return address.equals(KNOWN);
    }

    @Override
    public String take(List<String> recipients, byte[] mail) {
      try {
        if (!gate.await(20, TimeUnit.SECONDS)) {
          return "451 never let through";
        }
      } catch (InterruptedException _) {
        return "451 interrupted";
      }
      taken.add(new String(mail, StandardCharsets.UTF_8));
      return "250 2.0.0 taken";
    }
  }

  private void limited() {
    listener.close();
    listener = listening(SMALL);
  }

  @AfterEach
  void close() {
    gate.countDown();
    listener.close();
  }

  @Test
  void whatItCanDoIsTold() {
    try (var client = new SmtpClient(listener.port())) {
      assertThat(client.reply()).startsWith("220 bounces.test");
      assertThat(client.ask("EHLO mta.test"))
          .contains("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 2097152");
      assertThat(client.ask("HELO mta.test")).isEqualTo("250 bounces.test");
      assertThat(client.ask("NOOP")).startsWith("250");
      assertThat(client.ask("VRFY x")).startsWith("252");
      assertThat(client.ask("QUIT")).startsWith("221");
      assertThat(client.reply()).isEmpty();
    }
  }

  @Test
  void aMailIsTakenWithItsDotsRestored() {
    try (var client = SmtpClient.greeted(listener.port())) {
      assertThat(client.bring(KNOWN, "Subject: a\r\n\r\n..one\r\n.two\r\nend")).startsWith("250");
      assertThat(client.bring(KNOWN, "Subject: b\r\n")).startsWith("250");
    }
    assertThat(taken)
        .containsExactly("Subject: a\r\n\r\n.one\r\ntwo\r\nend\r\n", "Subject: b\r\n\r\n");
  }

  @Test
  void everythingMayBeSaidAtOnce() {
    try (var client = new SmtpClient(listener.port())) {
      client.say(
          "EHLO x\r\nMAIL FROM:<> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<nobody@bounces.test>\r\n"
              + "RCPT TO:<"
              + KNOWN
              + ">\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n");
      var replies = new ArrayList<String>();
      for (var reply = client.reply(); !reply.isEmpty(); reply = client.reply()) {
        replies.add(reply.substring(0, 3));
      }
      assertThat(replies).containsExactly("220", "250", "250", "550", "250", "354", "250", "221");
    }
    assertThat(taken).containsExactly("hello\r\n");
  }

  @Test
  void onlyARealEndEndsAMail() {
    try (var client = SmtpClient.greeted(listener.port())) {
      client.ask("MAIL FROM:<a@b.test>");
      client.ask("RCPT TO:<" + KNOWN + ">");
      client.ask("DATA");
      client.say("one\n.\nMAIL FROM:<smuggled@b.test>\r.\r\n\r\n.\nstill\r\n.\rstill");
      assertThat(client.ask("\r\n.")).startsWith("250");
      assertThat(client.ask("NOOP")).startsWith("250");
    }
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst()).contains("smuggled").endsWith("\rstill\r\n");
  }

  @Test
  void theOrderIsKept() {
    try (var client = SmtpClient.greeted(listener.port())) {
      assertThat(client.ask("RCPT TO:<" + KNOWN + ">")).startsWith("503");
      assertThat(client.ask("DATA")).startsWith("503");
      assertThat(client.ask("MAIL FROM:<>")).startsWith("250");
      assertThat(client.ask("MAIL FROM:<>")).startsWith("503");
      assertThat(client.ask("RCPT TO:<nobody@bounces.test>")).startsWith("550 5.1.1");
      assertThat(client.ask("DATA")).startsWith("503");
      assertThat(client.ask("RSET")).startsWith("250");
      assertThat(client.ask("MAIL FROM: somebody")).startsWith("501");
      assertThat(client.ask("mail from:<a@b.test> RET=HDRS ENVID=1")).startsWith("250");
    }
  }

  @Test
  void whoOnlyMakesMistakesIsSentAway() {
    try (var client = SmtpClient.greeted(listener.port())) {
      client.ask("MAIL FROM:<>");
      for (int i = 0; i < 9; i++) {
        assertThat(client.ask("RCPT TO:<guess" + i + "@bounces.test>")).startsWith("550");
      }
      assertThat(client.ask("RCPT TO:<guess@bounces.test>")).startsWith("550");
      assertThat(client.reply()).startsWith("421");
      assertThat(client.reply()).isEmpty();
    }
  }

  @Test
  void tooMuchIsRefusedAndTheConversationGoesOn() {
    limited();
    try (var client = SmtpClient.greeted(listener.port())) {
      assertThat(client.ask("MAIL FROM:<> SIZE=10001")).startsWith("552");
      assertThat(client.bring(KNOWN, "x".repeat(10_000))).startsWith("552");
      assertThat(client.bring(KNOWN, "x".repeat(9_000))).startsWith("250");
    }
    assertThat(taken).hasSize(1);
  }

  @Test
  void aMailAndACommandWithoutEndAreCutOff() {
    limited();
    try (var client = SmtpClient.greeted(listener.port())) {
      client.ask("MAIL FROM:<>");
      client.ask("RCPT TO:<" + KNOWN + ">");
      client.ask("DATA");
      client.say("x".repeat(100_000));
      assertThat(client.reply()).isEmpty();
    }
    try (var client = SmtpClient.greeted(listener.port())) {
      client.say("x".repeat(3_000));
      assertThat(client.reply()).isEmpty();
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void whoIsSilentIsHungUpOn() {
    limited();
    try (var client = SmtpClient.greeted(listener.port())) {
      assertThat(client.reply()).isEmpty();
    }
  }

  @Test
  void whoSpeaksTooSlowlyIsHungUpOnInTheMiddle() throws InterruptedException {
    limited();
    try (var client = SmtpClient.greeted(listener.port())) {
      client.ask("MAIL FROM:<>");
      client.ask("RCPT TO:<" + KNOWN + ">");
      client.ask("DATA");
      var dripping =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    client.say("x");
                    TimeUnit.MILLISECONDS.sleep(50);
                  }
                } catch (java.io.UncheckedIOException | InterruptedException _) {
                  // hung up on
                }
              });
      assertThat(client.reply()).isEmpty();
      dripping.interrupt();
      dripping.join();
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void oneAddressDoesNotGetAllConnections() {
    limited();
    try (var one = SmtpClient.greeted(listener.port());
        var two = SmtpClient.greeted(listener.port());
        var three = new SmtpClient(listener.port())) {
      assertThat(three.reply()).startsWith("421");
      assertThat(one.ask("QUIT")).startsWith("221");
      assertThat(one.reply()).isEmpty();
      assertThat(two.ask("NOOP")).startsWith("250");
    }
  }

  @Test
  void closingFinishesTheMailBeingTakenAndSendsTheOthersAway() throws InterruptedException {
    gate = new CountDownLatch(1);
    try (var busy = SmtpClient.greeted(listener.port());
        var idle = SmtpClient.greeted(listener.port())) {
      busy.ask("MAIL FROM:<>");
      busy.ask("RCPT TO:<" + KNOWN + ">");
      busy.ask("DATA");
      busy.say("hello\r\n.\r\n");
      var closing = Thread.ofVirtual().start(listener::close);
      assertThat(idle.reply()).isEmpty();
      gate.countDown();
      assertThat(busy.reply()).startsWith("250");
      assertThat(busy.reply()).isEmpty();
      closing.join();
    }
    assertThat(taken).containsExactly("hello\r\n");
  }
}
