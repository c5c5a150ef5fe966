package carillon.platform.fetch;

import java.util.List;
import java.util.stream.Stream;

/**
 * The ranges of the special-purpose address registries that matter when a stranger names a host.
 */
final class Networks {

  /** Served inside clouds, some of them in ranges that look public or merely private. */
  private static final List<Network> METADATA =
      networks("100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::/32", "fd20:ce::/32");

  private static final List<Network> PRIVATE =
      networks(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "::1/128",
          "fc00::/7");

  private static final List<Network> NEVER_PUBLIC =
      networks(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** All of IPv6 that is handed out for use; wrapped and translated IPv4 mostly lies outside. */
  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  private Networks() {}

  static boolean isPublic(byte[] address) {
    if (address.length == 16 && (!GLOBAL_UNICAST.contains(address) || wrapsIpv4(address))) {
      return false;
    }
    return !isIn(METADATA, address) && !isIn(PRIVATE, address) && !isIn(NEVER_PUBLIC, address);
  }

  static boolean isPrivate(byte[] address) {
    return isIn(PRIVATE, address) && !isIn(METADATA, address);
  }

  /** ISATAP: an IPv4 address as the interface part under any prefix. */
  private static boolean wrapsIpv4(byte[] address) {
    return (address[8] & ~2) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static boolean isIn(List<Network> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::of).toList();
  }
}
