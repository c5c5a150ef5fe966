package carillon.platform.fetch;

import java.net.InetAddress;

/** A range of addresses of one family: those that share the first {@code bits} of a prefix. */
record Network(byte[] prefix, int bits) {

  /** Reads {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static Network of(String text) {
    var slash = text.indexOf('/');
    return new Network(
        InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
        Integer.parseInt(text.substring(slash + 1)));
  }

  boolean contains(byte[] address) {
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
