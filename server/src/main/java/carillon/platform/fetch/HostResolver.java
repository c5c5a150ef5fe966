package carillon.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** From a host name or literal to its addresses. Asked once for each request that is sent. */
@FunctionalInterface
public interface HostResolver {

  /** All addresses of a host, at least one, best first. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** What the machine resolves with. */
  static HostResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
