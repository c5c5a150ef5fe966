package carillon.jsonapi;

import java.util.Optional;
import java.util.function.Function;

/**
 * A request as the web server hands it over.
 *
 * @param method upper case, any word
 * @param path raw, still percent-encoded, without query
 * @param query raw query without the question mark, or empty
 * @param headers looks a header up by name, whatever its case; null when absent
 * @param body the whole body, already decompressed and limited in size
 * @param remoteAddress where it came from, in numbers; empty when not known
 */
public record HttpRequest(
    String method,
    String path,
    String query,
    Function<String, String> headers,
    byte[] body,
    String remoteAddress) {

  /** A request from nowhere in particular. */
  public HttpRequest(
      String method, String path, String query, Function<String, String> headers, byte[] body) {
    this(method, path, query, headers, body, "");
  }

  /** The same request with another body. */
  public HttpRequest with(byte[] other) {
    return new HttpRequest(method, path, query, headers, other, remoteAddress);
  }

  /** A header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }
}
