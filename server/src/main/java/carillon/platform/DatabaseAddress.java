package carillon.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a PostgreSQL database is and how to log in.
 *
 * @param host name or address, IPv6 in brackets
 * @param port TCP port
 * @param database name of the database
 * @param user role to log in as
 * @param password its password
 * @param parameters connection parameters such as {@code sslmode}
 */
public record DatabaseAddress(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    Map<String, String> parameters) {

  private static final int DEFAULT_PORT = 5432;
  private static final String FORM = "postgresql://user:password@host:port/database";

  /** Copies the parameters. */
  public DatabaseAddress {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?name=value}; parts may be
   * percent-encoded, the port may be absent.
   *
   * @throws IllegalArgumentException saying what is wrong without repeating the password
   */
  public static DatabaseAddress parse(String url) {
    var uri = uri(url);
    if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("must begin with postgresql:// as in " + FORM);
    }
    if (uri.getHost() == null || uri.getRawPath().length() < 2) {
      throw new IllegalArgumentException("must name host and database as in " + FORM);
    }
    var login = login(uri);
    return new DatabaseAddress(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        decode(uri.getRawPath().substring(1)),
        decode(login[0]),
        new Secret(decode(login[1])),
        parameters(uri));
  }

  /** The same server and login, another database. */
  public DatabaseAddress withDatabase(String other) {
    return new DatabaseAddress(host, port, other, user, password, parameters);
  }

  /** For the JDBC driver; holds no credentials. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database) + query();
  }

  /** The form {@link #parse} reads, with the password in it: for a child process, never a log. */
  public String url() {
    return "postgresql://%s:%s@%s:%d/%s%s"
        .formatted(encode(user), encode(password.value()), host, port, encode(database), query());
  }

  private String query() {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(joining("&", "?", ""));
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("is not a URL of the form " + FORM);
    }
  }

  private static String[] login(URI uri) {
    var login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    if (login.length < 2 || login[0].isEmpty() || login[1].isEmpty()) {
      throw new IllegalArgumentException("must name user and password as in " + FORM);
    }
    return login;
  }

  private static Map<String, String> parameters(URI uri) {
    var parameters = new LinkedHashMap<String, String>();
    if (uri.getRawQuery() != null) {
      for (var pair : uri.getRawQuery().split("&")) {
        var parts = pair.split("=", 2);
        parameters.put(driverName(decode(parts[0])), parts.length < 2 ? "" : decode(parts[1]));
      }
    }
    return parameters;
  }

  /** The driver spells two of the parameters that everybody else uses in its own way. */
  private static String driverName(String name) {
    return switch (name) {
      case "application_name" -> "ApplicationName";
      case "connect_timeout" -> "connectTimeout";
      default -> name;
    };
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
