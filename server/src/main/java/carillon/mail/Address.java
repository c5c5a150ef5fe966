package carillon.mail;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * The grammar of {@code local@domain}, tight enough that no address can end a header or command.
 */
final class Address {
  private static final int LONGEST = 254;
  private static final Pattern LOCAL =
      Pattern.compile("[^\\s\\p{Cntrl}\"<>()\\[\\]:;@\\\\,]++|\"(?:[ !#-\\[\\]-~]|\\\\[ -~])++\"");
  private static final Pattern DOMAIN =
      Pattern.compile("[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++)*+|\\[[A-Za-z0-9.:]++\\]");

  /** The address with its domain in ASCII form; {@link IllegalArgumentException} if it is none. */
  static String canonical(String address) {
    var at = address.lastIndexOf('@');
    if (at < 1 || address.length() > LONGEST || !isLocal(address, at)) {
      throw new IllegalArgumentException("not an email address");
    }
    var domain = asciiDomain(address.substring(at + 1));
    return address.substring(0, at + 1) + domain;
  }

  private static boolean isLocal(String address, int at) {
    return Alphabet.LOCAL.make(address, 0, at) || LOCAL.matcher(address).region(0, at).matches();
  }

  // Checked after the conversion: it maps look-alikes such as a full-width '>' to the real one.
  static String asciiDomain(String domain) {
    var ascii = isAscii(domain) ? domain : IDN.toASCII(domain);
    if (!DOMAIN.matcher(ascii).matches()) {
      throw new IllegalArgumentException("not an email domain");
    }
    return ascii;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private Address() {}
}
