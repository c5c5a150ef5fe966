package carillon.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shop.
 *
 * @param id also the public key of the company
 * @param timezone its days and reports
 * @param address where it is, for the footers of its mails
 * @param rules how it sends and attributes
 */
public record Account(
    String id,
    String name,
    ZoneId timezone,
    String currency,
    String locale,
    String industry,
    boolean testAccount,
    Sender sender,
    Address address,
    Rules rules,
    Instant createdAt) {

  /** Who its mails come from unless a message says otherwise. */
  public record Sender(String name, String email, String website) {}

  /** A postal address; unknown parts are empty. */
  public record Address(
      String address1, String address2, String city, String region, String country, String zip) {

    /** On one line. */
    public String line() {
      return Stream.of(address1, address2, city, region, zip, country)
          .filter(part -> !part.isBlank())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Rules an account can change.
   *
   * @param smartSending a person gets one marketing mail at most in this time
   * @param attribution a conversion is owed to the last mail opened or clicked within this time
   * @param doubleOptIn whether new lists and subscriptions ask for a confirmation
   * @param confirmation what the mail that asks for it says
   */
  public record Rules(
      Duration smartSending, Duration attribution, boolean doubleOptIn, Confirmation confirmation) {

    /** What holds for accounts that have changed nothing. */
    public static final Rules USUAL =
        new Rules(Duration.ofHours(16), Duration.ofDays(5), true, Confirmation.BUILT_IN);

    public Rules withAttribution(Duration window) {
      return new Rules(smartSending, window, doubleOptIn, confirmation);
    }

    public Rules withDoubleOptIn(boolean wanted) {
      return new Rules(smartSending, attribution, wanted, confirmation);
    }
  }

  /**
   * The mail that asks people whether they want to subscribe; what is empty is built in.
   *
   * @param template id of a template of the library
   * @param subject in the language of templates
   */
  public record Confirmation(Optional<String> template, Optional<String> subject) {

    public static final Confirmation BUILT_IN =
        new Confirmation(Optional.empty(), Optional.empty());
  }

  Account with(String newName, ZoneId zone, Sender newSender, Address newAddress, Rules newRules) {
    return new Account(
        id,
        newName,
        zone,
        currency,
        locale,
        industry,
        testAccount,
        newSender,
        newAddress,
        newRules,
        createdAt);
  }
}
