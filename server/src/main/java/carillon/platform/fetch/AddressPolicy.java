package carillon.platform.fetch;

import java.net.InetAddress;

/** Which addresses may be connected to. */
@FunctionalInterface
public interface AddressPolicy {

  /** Whether a socket may be opened to this address. */
  boolean allows(InetAddress address);

  /**
   * The public internet: no loopback, private, shared, link-local, multicast, reserved or
   * unspecified address, none that wraps an IPv4 address in IPv6, and none where clouds serve
   * metadata.
   */
  static AddressPolicy publicOnly() {
    return address -> Networks.isPublic(address.getAddress());
  }

  /**
   * The public internet and the operator's own networks: loopback, private, shared and unique local
   * addresses. Link-local and metadata addresses stay refused.
   */
  static AddressPolicy withPrivateNetworks() {
    return address ->
        Networks.isPublic(address.getAddress()) || Networks.isPrivate(address.getAddress());
  }
}
