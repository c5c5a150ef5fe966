package carillon.platform.http;

import carillon.platform.fetch.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The reverse proxies whose word is taken on where a request came from. Anybody can send a header;
 * only what a trusted proxy has added to it counts.
 *
 * @param networks where they are
 */
public record TrustedProxies(List<Network> networks) {

  /** Copies the networks. */
  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /**
   * Where a request came from.
   *
   * @param peer who is connected
   * @param forwarded the values of {@code X-Forwarded-For}: each proxy adds whom it heard at the
   *     end
   */
  String client(String peer, List<String> forwarded) {
    if (forwarded.isEmpty()) {
      return plain(peer);
    }
    var hops = List.of(String.join(",", forwarded).split(","));
    var client = plain(peer);
    for (var hop : hops.reversed()) {
      var next = plain(hop);
      if (!trusts(client) || address(next).isEmpty()) {
        return client;
      }
      client = next;
    }
    return client;
  }

  private boolean trusts(String address) {
    return address(address)
        .filter(bytes -> networks.stream().anyMatch(network -> network.contains(bytes)))
        .isPresent();
  }

  /** Without the brackets and the port that some write with addresses. */
  private static String plain(String hop) {
    var text = hop.strip();
    if (text.startsWith("[") && text.contains("]")) {
      return text.substring(1, text.indexOf(']'));
    }
    var colon = text.indexOf(':');
    return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  private static Optional<byte[]> address(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
