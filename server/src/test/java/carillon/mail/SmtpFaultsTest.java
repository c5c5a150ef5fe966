package carillon.mail;

import static carillon.mail.ScriptedServer.DROP;
import static carillon.mail.ScriptedServer.HANG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay that refuses, hangs, hangs up or talks nonsense at every step. */
class SmtpFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final SmtpTimeouts IMPATIENT =
      new SmtpTimeouts(Duration.ofSeconds(5), SHORT, SHORT, Duration.ofSeconds(60));
  private static final SmtpTimeouts PATIENT =
      new SmtpTimeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));
  private ScriptedServer server = new ScriptedServer(true);
  private SmtpRelay relay;

  @AfterEach
  void stop() throws IOException {
    relay.close();
    server.close();
  }

  static Stream<Arguments> stages() {
    return Stream.of(true, false)
        .flatMap(pipelining ->
            Stream.of("MAIL", "RCPT", "DATA", "CONTENT")
                .map(verb -> Arguments.of(pipelining, verb)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aTemporaryRefusalDefersAndTheConnectionServesTheNextMessage(boolean pipelining, String verb)
      throws IOException {
    start(pipelining, PATIENT).answer(verb, "451 4.3.0 busy");
    assertThat(send())
        .isEqualTo(new Outcome.Deferred(Stage.valueOf(verb), new Reply(451, "4.3.0", "busy")));
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.contents())
        .filteredOn(c -> !c.isEmpty())
        .hasSize(verb.equals("CONTENT") ? 2 : 1);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aFinalRefusalRejectsAndTheConnectionServesTheNextMessage(boolean pipelining, String verb)
      throws IOException {
    start(pipelining, PATIENT).answer(verb, "550-5.1.1 no such\n550 5.1.1 user");
    assertThat(send())
        .isEqualTo(
            new Outcome.Rejected(Stage.valueOf(verb), new Reply(550, "5.1.1", "no such user")));
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aBrokenConnectionDefersButAfterTheFinalDotNobodyKnows(boolean pipelining, String verb)
      throws IOException {
    start(pipelining, PATIENT).answer(verb, DROP);
    assertUncertainOnlyAfterTheDot(verb, send());
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aRelayThatFallsSilentIsGivenUp(boolean pipelining, String verb) throws IOException {
    start(pipelining, IMPATIENT).answer(verb, HANG);
    assertUncertainOnlyAfterTheDot(verb, send());
    assertThat(server.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void nonsenseEndsTheConnection(boolean pipelining, String verb) throws IOException {
    start(pipelining, PATIENT).answer(verb, "HTTP/1.1 400 Bad Request");
    assertUncertainOnlyAfterTheDot(verb, send());
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"250-one\n550 two", "25", "999 x", "150 x", "250_x", "", "334 more"})
  void noAnswerButAProperOneCountsAsAccepted(String nonsense) throws IOException {
    start(false, IMPATIENT).answer("CONTENT", nonsense);
    assertThat(send()).isInstanceOf(Outcome.Unconfirmed.class);
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aReplyWithoutEndIsCutShort() throws IOException {
    start(true, PATIENT).answer("MAIL", "250 " + "x".repeat(100_000));
    assertThat(send().reply().text()).contains("more than 4096 bytes");
    server.answer("MAIL", "250-x\n".repeat(100_000) + "250 x");
    assertThat(send().reply().text()).contains("too many lines");
  }

  @Test
  void aReplyOfManyLinesIsReadAsOne() throws IOException {
    start(true, PATIENT).answer("CONTENT", "250-2.0.0 queued\n250-2.0.0 as\n250 2.0.0 42\u0007");
    assertThat(send().reply()).isEqualTo(new Reply(250, "2.0.0", "queued as 42"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"554 5.7.1 go away", "421 4.3.2 later", "nonsense", DROP})
  void anUnfriendlyGreetingOnlyDefers(String greeting) throws IOException {
    start(true, PATIENT).answer("GREETING", greeting);
    assertThat(send())
        .isInstanceOfSatisfying(
            Outcome.Deferred.class, d -> assertThat(d.stage()).isEqualTo(Stage.CONNECT));
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aSilentServerIsGivenUpAtTheGreeting() throws IOException {
    start(true, IMPATIENT).answer("GREETING", HANG);
    assertThat(send()).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void aServerThatKnowsNoEhloIsGreetedTheOldWay() throws IOException {
    start(true, PATIENT).answer("EHLO", "502 5.5.1 what?");
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.commands())
        .containsExactly(
            "EHLO carillon.example",
            "HELO carillon.example",
            "MAIL FROM:<" + Mails.RETURN_PATH + ">",
            "RCPT TO:<ada@example.org>",
            "DATA");
  }

  @Test
  void aKeptConnectionThatDiedIsReplacedUnnoticed() throws IOException {
    start(true, PATIENT);
    send();
    server.hangUp();
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.contents()).hasSize(2);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aKeptConnectionThatClosesPolitelyIsReplacedUnnoticed() throws IOException {
    start(true, PATIENT).answer("MAIL", "250 ok", "421 4.4.2 idle too long");
    send();
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void onceTheRelayAgreedToSomethingABrokenConnectionIsNotTriedAgain() throws IOException {
    start(false, PATIENT);
    send();
    server.answer("RCPT", DROP);
    assertThat(send()).isInstanceOf(Outcome.Deferred.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aFreshConnectionThatBreaksIsNotTriedAgain() throws IOException {
    start(true, PATIENT).answer("MAIL", "250 ok", DROP, DROP);
    send();
    assertThat(send()).isInstanceOf(Outcome.Deferred.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionOutOfStepIsNotUsedAgain() throws IOException {
    start(true, PATIENT).answer("CONTENT", "250 ok\n250 and once more");
    send();
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionIdleForTooLongIsNotUsedAgain() throws IOException {
    var clock = new SteppingClock();
    start(true, PATIENT);
    relay = new SmtpRelay(server.url(), options(PATIENT), MimeWriter.unsigned(), clock);
    send();
    clock.now = clock.now.plus(PATIENT.idle());
    send();
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusedCopyIsReportedAndTheMessageGoesOut(boolean pipelining) throws IOException {
    start(pipelining, PATIENT).answer("RCPT", "250 ok", "550 5.1.1 no copy", "250 ok");
    var refusal = new Outcome.Refusal("copy@example.org", new Reply(550, "5.1.1", "no copy"));
    assertThat(relay.send(withCopies()))
        .isEqualTo(new Outcome.Accepted(new Reply(250, "2.0.0", "OK"), List.of(refusal)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenThePersonIsRefusedNobodyGetsACopy(boolean pipelining) throws IOException {
    start(pipelining, PATIENT).answer("RCPT", "550 5.1.1 no person");
    assertThat(relay.send(withCopies())).isInstanceOf(Outcome.Rejected.class);
    assertThat(server.commands()).contains("RSET").doesNotContain("DATA");
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void commandsGoOutTogetherWhereTheRelayAllowsIt() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(true, PATIENT);
      var first = new CompletableFuture<String>();
      Thread.ofVirtual().start(() -> readOneFlight(listener, first));
      relay = relayTo(listener, PATIENT);
      send();
      assertThat(first.join())
          .isEqualTo(
              "MAIL FROM:<%s>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n"
                  .formatted(Mails.RETURN_PATH));
    }
  }

  @Test
  void anInternationalAddressIsRefusedWhereTheRelayTakesNone() throws IOException {
    start(true, PATIENT);
    var outcome = relay.send(Mails.to(Parties.of(Mails.SHOP, Mailbox.of("jörg@example.org"))));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, r -> assertThat(r.reply().enhanced()).isEqualTo("5.6.7"));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void aReplySentBeforeEncryptionIsNotBelieved() throws IOException {
    start(true, PATIENT)
        .answer("EHLO", "250-scripted\n250 STARTTLS")
        .answer("STARTTLS", "220 go\n250 injected");
    assertThat(send().reply().text()).isEqualTo("the relay spoke between STARTTLS and TLS");
  }

  @Test
  void aServerThatStopsReadingIsGivenUp() throws IOException {
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(true, IMPATIENT);
      Thread.ofVirtual().start(() -> readNothing(deaf));
      relay = relayTo(deaf, IMPATIENT);
      var huge = Mails.with("huge", new Content.Text("word\n".repeat(8_000_000)));
      assertThat(relay.send(huge))
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, d -> assertThat(d.stage()).isEqualTo(Stage.CONTENT));
    }
  }

  private static SmtpRelay relayTo(ServerSocket listener, SmtpTimeouts timeouts) {
    var url = SmtpUrl.parse("smtp://127.0.0.1:" + listener.getLocalPort());
    return new SmtpRelay(url, options(timeouts), MimeWriter.unsigned(), Clock.systemUTC());
  }

  private static void readOneFlight(ServerSocket listener, CompletableFuture<String> flight) {
    try (var socket = listener.accept()) {
      var in = socket.getInputStream();
      var out = socket.getOutputStream();
      out.write("220 hi\r\n".getBytes(US_ASCII));
      in.read(new byte[200]);
      out.write("250-hi\r\n250 PIPELINING\r\n".getBytes(US_ASCII));
      var buffer = new byte[1000];
      flight.complete(new String(buffer, 0, in.read(buffer), US_ASCII));
    } catch (IOException e) {
      flight.completeExceptionally(e);
    }
  }

  private static void readNothing(ServerSocket listener) {
    try (var socket = listener.accept()) {
      var in = socket.getInputStream();
      var out = socket.getOutputStream();
      for (var answer :
          new String[] {"220 hi", "250-hi\r\n250 PIPELINING", "250 ok\r\n250 ok\r\n354 go"}) {
        out.write((answer + "\r\n").getBytes(US_ASCII));
        in.read(new byte[200]);
      }
      listener.accept();
    } catch (IOException _) {
      // the test is over
    }
  }

  private static void assertUncertainOnlyAfterTheDot(String verb, Outcome outcome) {
    if (verb.equals("CONTENT")) {
      assertThat(outcome).isInstanceOf(Outcome.Unconfirmed.class);
    } else {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, d -> assertThat(d.stage()).isEqualTo(Stage.valueOf(verb)));
    }
    assertThat(outcome.reply().text()).isNotBlank();
  }

  private ScriptedServer start(boolean pipelining, SmtpTimeouts timeouts) throws IOException {
    server.close();
    server = new ScriptedServer(pipelining);
    relay =
        new SmtpRelay(server.url(), options(timeouts), MimeWriter.unsigned(), Clock.systemUTC());
    return server;
  }

  private static SmtpOptions options(SmtpTimeouts timeouts) {
    return SmtpOptions.standard("carillon.example").withTimeouts(timeouts);
  }

  private Outcome send() {
    return relay.send(Mails.welcome());
  }

  private static Message withCopies() {
    return Mails.to(
        Parties.of(Mails.SHOP, Mails.ADA)
            .withCc(Mailbox.of("copy@example.org"))
            .withBcc(Mailbox.of("blind@example.org")));
  }

  private static final class SteppingClock extends Clock {
    private Instant now = Mails.MORNING;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
