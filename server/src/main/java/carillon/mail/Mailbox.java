package carillon.mail;

/**
 * An address with the name shown beside it, empty for none. Line breaks and other control
 * characters in the name become spaces; an international domain is kept in its ASCII form.
 */
public record Mailbox(String name, String address) {

  /** Fails with {@link IllegalArgumentException} when {@code address} is not an email address. */
  public Mailbox {
    name = OneLine.of(name);
    address = Address.canonical(address);
  }

  public static Mailbox of(String address) {
    return new Mailbox("", address);
  }

  public static boolean isAddress(String text) {
    try {
      Address.canonical(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
