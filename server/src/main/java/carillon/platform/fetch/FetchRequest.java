package carillon.platform.fetch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to ask of a URL.
 *
 * @param method upper case, such as {@code GET}; redirects are followed for GET and HEAD only
 * @param url http or https, as the user wrote it
 * @param headers to add; those that frame the message are set by us and refused here
 * @param body may be empty; never changed
 */
public record FetchRequest(String method, String url, Map<String, String> headers, byte[] body) {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e\\t]*");
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "expect",
          "te",
          "trailer",
          "upgrade");

  /**
   * A request as given.
   *
   * @throws IllegalArgumentException when method or headers could not be sent as one request
   */
  public FetchRequest {
    headers = Map.copyOf(headers);
    check(TOKEN, method);
    headers.forEach((name, value) -> {
      check(TOKEN, name);
      check(TEXT, value);
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the header " + name + " is not the caller's");
      }
    });
  }

  /** A plain GET. */
  public static FetchRequest get(String url) {
    return new FetchRequest("GET", url, Map.of(), new byte[0]);
  }

  /** A POST of a body of the given media type. */
  public static FetchRequest post(String url, String mediaType, byte[] body) {
    return new FetchRequest("POST", url, Map.of("Content-Type", mediaType), body);
  }

  boolean followsRedirects() {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static void check(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("not fit for a request line or header");
    }
  }
}
