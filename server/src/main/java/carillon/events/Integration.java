package carillon.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** Where the events of a metric come from. */
public record Integration(String id, String key, String name, String category) {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The server itself. */
  public static final Integration INTERNAL =
      new Integration("0rG4eQ", "klaviyo", "Klaviyo", "Internal");

  /** Clients of the API that name no service. */
  public static final Integration API = service("API");

  /** A service named by a client; the same name always has the same id. */
  public static Integration service(String name) {
    return new Integration(idOf(name), name.toLowerCase(Locale.ROOT), name, "API");
  }

  private static String idOf(String name) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      var id = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        id.append(DIGITS.charAt((hash[i] & 0xFF) % DIGITS.length()));
      }
      return id.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
