package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Against a mail server that is not ours. */
class SmtpRelayTest implements MailTransportContract {
  private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger encrypted = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private SMTPServer server = start(server());
  private SmtpRelay relay = relay("smtp://localhost:%d");

  @Override
  public MailTransport transport() {
    return relay;
  }

  @Override
  public List<Delivered> delivered() {
    return delivered;
  }

  @AfterEach
  void stop() {
    relay.close();
    server.stop();
  }

  @Test
  void aConnectionIsKeptForTheNextMessage() {
    for (int i = 0; i < 5; i++) {
      relay.send(Mails.welcome());
    }
    assertThat(delivered).hasSize(5);
    assertThat(sessions).hasSize(1);
  }

  @Test
  void aConnectionIsGivenUpAfterItsShareOfMessages() {
    relay = relay("smtp://localhost:%d", options().withMessagesPerConnection(2));
    for (int i = 0; i < 5; i++) {
      relay.send(Mails.welcome());
    }
    assertThat(delivered).hasSize(5);
    assertThat(sessions).hasSize(3);
  }

  @Test
  void noMoreConnectionsAreOpenThanAllowed() {
    relay = relay("smtp://localhost:%d", options().withConnections(3));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 300; i++) {
        threads.submit(() -> relay.send(Mails.welcome()));
      }
    }
    assertThat(delivered).hasSize(300);
    assertThat(sessions).hasSizeBetween(1, 3);
    assertThat(mostAtOnce).hasValueBetween(1, 3);
  }

  @Test
  void internationalAddressesTravelWhereTheRelayTakesThem() {
    var parties = Parties.of(Mails.SHOP, Mailbox.of("jörg@bücher.example"));
    assertThat(relay.send(Mails.to(parties))).isInstanceOf(Outcome.Accepted.class);
    assertThat(delivered.getFirst().recipient()).isEqualTo("jörg@xn--bcher-kva.example");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRelayLogsInPlainOrLogin(boolean plain) {
    var factory =
        plain
            ? new EasyAuthenticationHandlerFactory(SmtpRelayTest::check)
            : new LoginAuthenticationHandlerFactory(SmtpRelayTest::check);
    restart(server().authenticationHandlerFactory(factory).requireAuth());
    relay = relay("smtp://me:p%%40ss%%C3%%A9@localhost:%d?starttls=none");
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aRefusedLoginDefersAndBlamesNobody() {
    restart(
        server()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(SmtpRelayTest::check))
            .requireAuth());
    relay = relay("smtp://me:wrong@localhost:%d?starttls=none");
    assertThat(relay.send(Mails.welcome()))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> {
              assertThat(deferred.stage()).isEqualTo(Stage.AUTH);
              assertThat(deferred.reply().code()).isEqualTo(535);
            });
  }

  @Test
  void aRelayWithoutLoginDefersWhenThereIsAPassword() {
    relay = relay("smtp://me:pw@localhost:%d?starttls=none");
    assertThat(relay.send(Mails.welcome()).reply().text()).contains("neither AUTH PLAIN nor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "optional"})
  void startTlsEncryptsBeforeTheMessage(String mode) {
    restart(withTls(TestCertificate.context()).requireTLS());
    relay = relay("smtp://localhost:%d?starttls=" + mode);
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
    assertThat(sessions).hasSize(1);
    assertThat(encrypted).hasValue(1);
  }

  @Test
  void smtpsIsEncryptedFromTheStart() {
    var factory = TestCertificate.context().getServerSocketFactory();
    restart(server().serverSocketFactory(factory));
    relay = relay("smtps://localhost:%d");
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aCertificateNobodyVouchesForIsRefusedWhereTlsIsRequired() throws Exception {
    restart(withTls(TestCertificate.context()));
    var strangers = options().withTls(SSLContext.getDefault());
    relay = relay("smtp://localhost:%d?starttls=required", strangers);
    assertThat(relay.send(Mails.welcome()))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class, d -> assertThat(d.stage()).isEqualTo(Stage.CONNECT));
    relay = relay("smtp://localhost:%d?starttls=optional", strangers);
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() {
    restart(withTls(TestCertificate.context()));
    relay = relay("smtp://127.0.0.1:%d?starttls=required");
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Deferred.class);
    assertThat(delivered).isEmpty();
  }

  @Test
  void withoutStartTlsNothingIsSentWhereItIsRequired() {
    relay = relay("smtp://localhost:%d?starttls=required");
    assertThat(relay.send(Mails.welcome()).reply().text()).contains("no STARTTLS");
    assertThat(delivered).isEmpty();
  }

  @Test
  void aMessageTooLargeForTheRelayIsRefusedWithoutSendingIt() {
    restart(server().maxMessageSize(1000));
    relay = relay("smtp://localhost:%d");
    var outcome = relay.send(Mails.with("big", new Content.Text("word ".repeat(1000))));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, r -> assertThat(r.reply().enhanced()).isEqualTo("5.3.4"));
    assertThat(relay.send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
    assertThat(sessions).hasSize(1);
  }

  @Test
  void aRelayThatIsNotThereDefers() {
    server.stop();
    assertThat(relay.send(Mails.welcome()))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class, d -> assertThat(d.stage()).isEqualTo(Stage.CONNECT));
    assertThat(relay("smtp://no-such-host.invalid:%d").send(Mails.welcome()).reply().text())
        .isEqualTo("unknown host no-such-host.invalid");
  }

  private SmtpRelay relay(String url) {
    return relay(url, options());
  }

  private SmtpRelay relay(String url, SmtpOptions options) {
    var port = server.getPortAllocated();
    return new SmtpRelay(
        SmtpUrl.parse(url.formatted(port)), options, MimeWriter.unsigned(), Clock.systemUTC());
  }

  private static SmtpOptions options() {
    return SmtpOptions.standard("carillon.example").withTls(TestCertificate.context());
  }

  private SMTPServer.Builder server() {
    return SMTPServer.port(0).insertReceivedHeaders(false).messageHandlerFactory(Arrival::new);
  }

  private void arrive(MessageContext context, String from, List<String> to, byte[] raw) {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    sessions.add(context.getSessionId() + context.getRemoteAddress());
    to.forEach(recipient -> delivered.add(new Delivered(from, recipient, raw)));
    atOnce.decrementAndGet();
  }

  private final class Arrival implements MessageHandler {
    private final MessageContext context;
    private final List<String> recipients = new ArrayList<>();
    private String returnPath = "";

    Arrival(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String address) {
      returnPath = address;
    }

    @Override
    public void recipient(String address) {
      recipients.add(address);
    }

    @Override
    public String data(InputStream content) throws IOException {
      arrive(context, returnPath, recipients, content.readAllBytes());
      return "kept";
    }

    @Override
    public void done() {}
  }

  private SMTPServer.Builder withTls(SSLContext context) {
    return server()
        .enableTLS()
        .startTlsSocketFactory(socket -> {
          encrypted.incrementAndGet();
          var tls =
              (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
          tls.setUseClientMode(false);
          return tls;
        });
  }

  private void restart(SMTPServer.Builder builder) {
    server.stop();
    server = start(builder);
  }

  private static SMTPServer start(SMTPServer.Builder builder) {
    var server = builder.build();
    server.start();
    return server;
  }

  private static void check(String user, String password, MessageContext context)
      throws LoginFailedException {
    if (!user.equals("me") || !password.equals("p@ssé")) {
      throw new LoginFailedException();
    }
  }
}
