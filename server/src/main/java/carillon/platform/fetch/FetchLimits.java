package carillon.platform.fetch;

import java.time.Duration;

/**
 * How long and how much one fetch may take, its redirects included.
 *
 * @param connect for opening one connection
 * @param read for one silence of the other side
 * @param total for everything, from resolving the first name to the last byte
 * @param maxBytes of a body, both as it came and after inflating
 * @param maxHeaderBytes of status line, headers and trailers of one answer
 * @param maxRedirects followed; 0 follows none
 */
public record FetchLimits(
    Duration connect,
    Duration read,
    Duration total,
    int maxBytes,
    int maxHeaderBytes,
    int maxRedirects) {

  /** 5 s to connect, 10 s of silence, 20 s in all, 32 KiB of headers, 3 redirects. */
  public static FetchLimits ofBytes(int maxBytes) {
    return new FetchLimits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        maxBytes,
        32 * 1024,
        3);
  }
}
