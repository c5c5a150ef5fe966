package carillon.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Opens connections to the relay: greeting, EHLO, STARTTLS, AUTH. */
final class SmtpDialer {
  private final SmtpUrl url;
  private final SmtpOptions options;
  private final Watchdog watchdog;

  SmtpDialer(SmtpUrl url, SmtpOptions options, Watchdog watchdog) {
    this.url = url;
    this.options = options;
    this.watchdog = watchdog;
  }

  SmtpConnection dial() throws SmtpFailure {
    try {
      return greet(Wire.connect(url, options.timeouts(), watchdog));
    } catch (IOException e) {
      throw new SmtpFailure(Stage.CONNECT, Reply.none(reason(e)));
    }
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private SmtpConnection greet(Wire wire) throws SmtpFailure, IOException {
    boolean open = false;
    try {
      if (url.security() == SmtpUrl.Security.TLS) {
        wire.encrypt(Tls.verified(wire.rawSocket(), url, options.tls()));
      }
      expect(220, wire.read());
      var offers = encrypted(wire, hello(wire));
      if (url.hasCredentials()) {
        logIn(wire, offers);
      }
      open = true;
      return new SmtpConnection(wire, offers, options.timeouts());
    } finally {
      if (!open) {
        wire.close();
      }
    }
  }

  private Capabilities hello(Wire wire) throws SmtpFailure, IOException {
    var reply = wire.ask("EHLO " + options.helo());
    if (reply.code() / 100 == 5) {
      expect(250, wire.ask("HELO " + options.helo()));
      return Capabilities.NONE;
    }
    expect(250, reply);
    return Capabilities.of(reply.lines());
  }

  private Capabilities encrypted(Wire wire, Capabilities offers) throws SmtpFailure, IOException {
    return switch (url.security()) {
      case TLS, NONE -> offers;
      case STARTTLS_OPTIONAL -> offers.startTls() ? startTls(wire) : offers;
      case STARTTLS_REQUIRED -> {
        if (!offers.startTls()) {
          throw refused(Stage.CONNECT, "the relay offers no STARTTLS, but it is required");
        }
        yield startTls(wire);
      }
    };
  }

  private Capabilities startTls(Wire wire) throws SmtpFailure, IOException {
    expect(220, wire.ask("STARTTLS"));
    wire.encrypt(
        url.security() == SmtpUrl.Security.STARTTLS_OPTIONAL
            ? Tls.opportunistic(wire.rawSocket(), url)
            : Tls.verified(wire.rawSocket(), url, options.tls()));
    return hello(wire);
  }

  private void logIn(Wire wire, Capabilities offers) throws SmtpFailure, IOException {
    ServerReply answer;
    if (offers.logins().contains("PLAIN")) {
      answer = wire.ask("AUTH PLAIN " + base64("\0" + url.user() + "\0" + url.password()));
    } else if (offers.logins().contains("LOGIN")) {
      answer = wire.ask("AUTH LOGIN");
      answer = answer.code() == 334 ? wire.ask(base64(url.user())) : answer;
      answer = answer.code() == 334 ? wire.ask(base64(url.password())) : answer;
    } else {
      throw refused(Stage.AUTH, "the relay offers neither AUTH PLAIN nor AUTH LOGIN");
    }
    if (answer.code() != 235) {
      throw new SmtpFailure(Stage.AUTH, answer.reply());
    }
  }

  private static void expect(int code, ServerReply reply) throws SmtpFailure {
    if (reply.code() != code) {
      throw new SmtpFailure(Stage.CONNECT, reply.reply());
    }
  }

  private static SmtpFailure refused(Stage stage, String reason) {
    return new SmtpFailure(stage, Reply.none(reason));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
