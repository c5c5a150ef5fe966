package carillon.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

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
      String address1, String address2, String city, String region, String country, String zip) {}

  /**
   * Rules an account can change.
   *
   * @param smartSending a person gets one marketing mail at most in this time
   * @param attribution a conversion is owed to the last mail opened or clicked within this time
   * @param doubleOptIn whether new lists and subscriptions ask for a confirmation
   */
  public record Rules(Duration smartSending, Duration attribution, boolean doubleOptIn) {

    /** What holds for accounts that have changed nothing. */
    public static final Rules USUAL = new Rules(Duration.ofHours(16), Duration.ofDays(5), true);
  }
}
