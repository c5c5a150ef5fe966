package carillon.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Where the relay is and how to talk to it: {@code
 * smtp://user:password@host:port?starttls=required|optional|none} or {@code smtps://…} for TLS from
 * the first byte. User and password are percent-encoded, empty for none.
 *
 * <p>Ports not given are 465 for smtps, 587 with a user and 25 without. {@code starttls} not given
 * is required with a user (a password must not leave in the clear by default), else optional:
 * encrypted when offered, without a look at the certificate.
 */
public record SmtpUrl(String host, int port, Security security, String user, String password) {

  public enum Security {
    TLS,
    STARTTLS_REQUIRED,
    STARTTLS_OPTIONAL,
    NONE
  }

  /**
   * Fails with an {@link IllegalArgumentException} that says what is wrong, without the password.
   */
  public static SmtpUrl parse(String url) {
    var scheme = url.substring(0, Math.max(0, url.indexOf("://")));
    return switch (scheme) {
      case "smtp" -> parse(url.substring("smtp://".length()), false);
      case "smtps" -> parse(url.substring("smtps://".length()), true);
      default -> throw wrong("it must start with smtp:// or smtps://");
    };
  }

  boolean hasCredentials() {
    return !user.isEmpty();
  }

  private static SmtpUrl parse(String rest, boolean tls) {
    int question = rest.indexOf('?');
    var query = question < 0 ? "" : rest.substring(question + 1);
    var authority = question < 0 ? rest : rest.substring(0, question);
    authority =
        authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
    int at = authority.lastIndexOf('@');
    var login = authority.substring(0, Math.max(at, 0));
    int colon = login.indexOf(':');
    var user = decode(colon < 0 ? login : login.substring(0, colon));
    var password = colon < 0 ? "" : decode(login.substring(colon + 1));
    if (user.isEmpty() && at >= 0) {
      throw wrong("there is no user before the @");
    }
    var security = security(query, tls, !user.isEmpty());
    int port = tls ? 465 : user.isEmpty() ? 25 : 587;
    return withHost(authority.substring(at + 1), port, security, user, password);
  }

  private static SmtpUrl withHost(
      String hostAndPort, int usualPort, Security security, String user, String password) {
    int colon = hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1);
    var host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    int port = colon < 0 ? usualPort : port(hostAndPort.substring(colon + 1));
    if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]")) {
      throw wrong("the host is missing or has characters that need percent-encoding before it");
    }
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new SmtpUrl(bare, port, security, user, password);
  }

  private static Security security(String query, boolean tls, boolean hasUser) {
    if (query.isEmpty()) {
      return tls ? Security.TLS : hasUser ? Security.STARTTLS_REQUIRED : Security.STARTTLS_OPTIONAL;
    }
    if (!query.startsWith("starttls=")) {
      throw wrong("the only parameter is starttls");
    }
    if (tls) {
      throw wrong("smtps is encrypted from the start and takes no starttls");
    }
    return switch (query.substring("starttls=".length())) {
      case "required" -> Security.STARTTLS_REQUIRED;
      case "optional" -> Security.STARTTLS_OPTIONAL;
      case "none" -> Security.NONE;
      default -> throw wrong("starttls must be required, optional or none");
    };
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw wrong("the port must be a number from 1 to 65535");
  }

  private static String decode(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean escaped = bytes[i] == '%';
      decoded.put(escaped ? hex(bytes, i) : bytes[i]);
      i += escaped ? 2 : 0;
    }
    return utf8(decoded.toByteArray());
  }

  private static int hex(byte[] bytes, int at) {
    int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
    int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw wrong("a % in the user or password is not followed by two hex digits");
    }
    return high * 16 + low;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw wrong("the user or password is not UTF-8 when decoded");
    }
  }

  private static IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException("not a mail relay address: " + reason);
  }

  @Override
  public String toString() {
    var scheme = security == Security.TLS ? "smtps://" : "smtp://";
    var bracketed = host.contains(":") ? "[" + host + "]" : host;
    return scheme + (hasCredentials() ? user + ":***@" : "") + bracketed + ":" + port;
  }
}
