package carillon.mail;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * How to use a relay.
 *
 * @param helo the name this server greets with
 * @param connections at most open at once; further sends wait for one
 * @param messagesPerConnection after which a connection is closed
 * @param tls where certificates are verified: the authorities to trust
 */
public record SmtpOptions(
    String helo,
    int connections,
    int messagesPerConnection,
    SmtpTimeouts timeouts,
    SSLContext tls) {

  public SmtpOptions {
    helo = Address.asciiDomain(helo);
    if (connections < 1 || messagesPerConnection < 1) {
      throw new IllegalArgumentException("a relay needs a connection and a message on it");
    }
  }

  public static SmtpOptions standard(String helo) {
    return new SmtpOptions(helo, 20, 1000, SmtpTimeouts.standard(), systemTls());
  }

  public SmtpOptions withConnections(int count) {
    return new SmtpOptions(helo, count, messagesPerConnection, timeouts, tls);
  }

  public SmtpOptions withMessagesPerConnection(int count) {
    return new SmtpOptions(helo, connections, count, timeouts, tls);
  }

  public SmtpOptions withTimeouts(SmtpTimeouts other) {
    return new SmtpOptions(helo, connections, messagesPerConnection, other, tls);
  }

  public SmtpOptions withTls(SSLContext context) {
    return new SmtpOptions(helo, connections, messagesPerConnection, timeouts, context);
  }

  private static SSLContext systemTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
