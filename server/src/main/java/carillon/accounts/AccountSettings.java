package carillon.accounts;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an account can change about itself, over HTTP and on the command line alike. */
public final class AccountSettings {

  private static final int LONGEST = 255;
  private static final int LONGEST_SUBJECT = 1000;
  private static final long MOST_HOURS = 24L * 90;

  private static final Field<String> NAME =
      Schema.text()
          .length(1, LONGEST)
          .checked(AccountSettings::oneLine)
          .as("organization_name")
          .tidied(String::strip);
  private static final Field<String> TIMEZONE =
      Schema.text().checked(AccountSettings::zone).as("timezone");
  private static final Field<String> SENDER_NAME = line("sender_name");
  private static final Field<String> SENDER_EMAIL =
      Schema.text().length(0, LONGEST).checked(AccountSettings::address).as("sender_email");
  private static final Field<String> WEBSITE =
      Schema.text().length(0, LONGEST).checked(AccountSettings::website).as("website_url");
  private static final Field<String> ADDRESS1 = line("address1");
  private static final Field<String> ADDRESS2 = line("address2");
  private static final Field<String> CITY = line("city");
  private static final Field<String> REGION = line("region");
  private static final Field<String> COUNTRY = line("country");
  private static final Field<String> ZIP = line("zip");
  private static final Field<Boolean> DOUBLE_OPT_IN = Schema.bool().as("double_opt_in");
  private static final Field<Long> SMART_SENDING =
      new Schema.Whole(0, MOST_HOURS).as("smart_sending_hours");
  private static final Field<Long> ATTRIBUTION =
      new Schema.Whole(1, MOST_HOURS).as("attribution_hours");
  private static final Field<String> TEMPLATE =
      Schema.text().length(1, LONGEST).as("confirmation_template_id").nullable();
  private static final Field<String> SUBJECT =
      Schema.text()
          .length(1, LONGEST_SUBJECT)
          .checked(AccountSettings::oneLine)
          .as("confirmation_subject")
          .nullable();

  /** All of them, in the order they are told. */
  static final List<Field<?>> FIELDS =
      List.of(
          NAME,
          TIMEZONE,
          SENDER_NAME,
          SENDER_EMAIL,
          WEBSITE,
          ADDRESS1,
          ADDRESS2,
          CITY,
          REGION,
          COUNTRY,
          ZIP,
          DOUBLE_OPT_IN,
          SMART_SENDING,
          ATTRIBUTION,
          TEMPLATE,
          SUBJECT);

  /** The shape of a change: any of the settings. */
  public static final Schema.Struct SHAPE = new Schema.Struct("account-settings", FIELDS);

  private final Accounts accounts;
  private final ConfirmationCheck confirmations;

  public AccountSettings(Accounts accounts, ConfirmationCheck confirmations) {
    this.accounts = accounts;
    this.confirmations = confirmations;
  }

  /** The settings of an account by name. */
  public static ObjectNode of(Account account) {
    var rules = account.rules();
    return Json.object()
        .put("organization_name", account.name())
        .put("timezone", account.timezone().getId())
        .put("sender_name", account.sender().name())
        .put("sender_email", account.sender().email())
        .put("website_url", account.sender().website())
        .put("address1", account.address().address1())
        .put("address2", account.address().address2())
        .put("city", account.address().city())
        .put("region", account.address().region())
        .put("country", account.address().country())
        .put("zip", account.address().zip())
        .put("double_opt_in", rules.doubleOptIn())
        .put("smart_sending_hours", rules.smartSending().toHours())
        .put("attribution_hours", rules.attribution().toHours())
        .put("confirmation_template_id", rules.confirmation().template().orElse(null))
        .put("confirmation_subject", rules.confirmation().subject().orElse(null));
  }

  /**
   * Changes some settings of an account, which must have passed {@link #SHAPE}; the others stay.
   *
   * @throws ApiError when the confirmation mail would be of no use
   */
  public Account change(String account, Values wanted) {
    if (wanted.has(TEMPLATE) || wanted.has(SUBJECT)) {
      check(changed(accounts.get(account), wanted));
    }
    return accounts.change(account, before -> changed(before, wanted));
  }

  private void check(Account account) {
    var faults =
        confirmations.faults(account, account.rules().confirmation()).entrySet().stream()
            .map(fault -> Fault.at("/data/attributes/" + fault.getKey(), fault.getValue()))
            .toList();
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  private static Account changed(Account account, Values to) {
    var sender = account.sender();
    var address = account.address();
    return account.with(
        to.find(NAME).orElse(account.name()),
        to.find(TIMEZONE).map(ZoneId::of).orElse(account.timezone()),
        new Account.Sender(
            to.find(SENDER_NAME).orElse(sender.name()),
            to.find(SENDER_EMAIL).orElse(sender.email()),
            to.find(WEBSITE).orElse(sender.website())),
        new Account.Address(
            to.find(ADDRESS1).orElse(address.address1()),
            to.find(ADDRESS2).orElse(address.address2()),
            to.find(CITY).orElse(address.city()),
            to.find(REGION).orElse(address.region()),
            to.find(COUNTRY).orElse(address.country()),
            to.find(ZIP).orElse(address.zip())),
        changed(account.rules(), to));
  }

  private static Account.Rules changed(Account.Rules rules, Values to) {
    var mail = rules.confirmation();
    return new Account.Rules(
        to.find(SMART_SENDING).map(Duration::ofHours).orElse(rules.smartSending()),
        to.find(ATTRIBUTION).map(Duration::ofHours).orElse(rules.attribution()),
        to.find(DOUBLE_OPT_IN).orElse(rules.doubleOptIn()),
        new Account.Confirmation(
            to.has(TEMPLATE) ? to.find(TEMPLATE) : mail.template(),
            to.has(SUBJECT) ? to.find(SUBJECT) : mail.subject()));
  }

  private static Field<String> line(String name) {
    return Schema.text()
        .length(0, LONGEST)
        .checked(AccountSettings::oneLine)
        .as(name)
        .tidied(String::strip);
  }

  /** These end up in headers of mails and in titles of pages. */
  private static Optional<String> oneLine(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of("It must be one line of text.")
        : Optional.empty();
  }

  private static Optional<String> zone(String name) {
    try {
      ZoneId.of(name);
      return Optional.empty();
    } catch (DateTimeException _) {
      return Optional.of("'" + name + "' is no timezone, such as Europe/Berlin.");
    }
  }

  private static Optional<String> address(String text) {
    return text.isEmpty() || text.matches("[^\\s@<>\"(),:;]+@[^\\s@<>\"(),:;]+")
        ? Optional.empty()
        : Optional.of("Invalid email address");
  }

  private static Optional<String> website(String text) {
    return text.isEmpty() || text.matches("https?://[^\\s\"<>]+")
        ? Optional.empty()
        : Optional.of("It must be an address that starts with https:// or http://.");
  }
}
