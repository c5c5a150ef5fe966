package carillon.platform.fetch;

import java.net.InetAddress;

/** A range of addresses of one family: those that share the first {@code bits} of a prefix. */
public record Network(byte[] prefix, int bits) {

  /**
   * Reads {@code 10.0.0.0/8}, {@code fc00::/7} or a single address.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Network of(String text) {
    var slash = text.indexOf('/');
    var prefix = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    var bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > prefix.length * 8) {
      throw new IllegalArgumentException(text);
    }
    return new Network(prefix, bits);
  }

  /** Whether an address, in bytes, is one of them. */
  public boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> bit % 8;
      if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
