package carillon.platform.fetch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a fetch. Nothing that the other side does ends in an exception. */
public sealed interface FetchResult {

  /**
   * A whole answer, of whatever status.
   *
   * @param url the address that answered, after redirects
   * @param status such as 200
   * @param headers by lower-case name, in order of arrival
   * @param body without transfer or content coding
   */
  record Fetched(String url, int status, Map<String, List<String>> headers, byte[] body)
      implements FetchResult {

    /** Whether the status is one of success. */
    public boolean successful() {
      return status >= 200 && status < 300;
    }

    /** The first value of a header, in any case of letters. */
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /**
   * No whole answer.
   *
   * @param reason for a program
   * @param detail for the log; may name hosts, never contents
   */
  record Failed(Reason reason, String detail) implements FetchResult {}

  /** Why a fetch failed. */
  enum Reason {
    /** Not an absolute URL with a host. */
    INVALID_URL,
    /** Neither http nor https. */
    SCHEME,
    /** A user name or password in the URL. */
    USER_INFO,
    /** A port that no web server should have: below 1024, neither 80 nor 443. */
    PORT,
    /** The name has no address. */
    UNRESOLVED,
    /** One of the addresses of the name is not allowed. */
    ADDRESS,
    /** No connection, or one that broke. */
    UNREACHABLE,
    /** No trusted certificate for this host, or no TLS at all. */
    TLS,
    /** One of the time limits. */
    TIMEOUT,
    /** More bytes than allowed, in headers or body. */
    TOO_LARGE,
    /** The body ended early. */
    TRUNCATED,
    /** Not HTTP/1.1 as it should be. */
    MALFORMED,
    /** A content coding that was not asked for and is not known. */
    CODING,
    /** More redirects than allowed. */
    REDIRECTS,
    /** The calling thread was interrupted. */
    CANCELLED
  }
}
