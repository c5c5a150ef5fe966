package carillon.platform;

import static java.util.Comparator.comparingInt;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names a setting may have, and a guess at what a wrong one was meant to be. */
final class SettingNames {
  static final String PREFIX = "CARILLON_";
  static final String FILE_SUFFIX = "_FILE";

  static final Set<String> ALL =
      new TreeSet<>(
          Set.of(
              "CARILLON_HOST",
              "CARILLON_PORT",
              "CARILLON_PUBLIC_URL",
              "CARILLON_ROLES",
              "CARILLON_DATA_DIR",
              "CARILLON_DATABASE_URL",
              "CARILLON_POOL_SIZE",
              "CARILLON_SHARED_BUFFERS",
              "CARILLON_SECRET",
              "CARILLON_SMTP_URL",
              "CARILLON_DKIM_KEY",
              "CARILLON_DKIM_SELECTOR",
              "CARILLON_DKIM_DOMAIN",
              "CARILLON_BOUNCE_DOMAIN",
              "CARILLON_BOUNCE_HOST",
              "CARILLON_BOUNCE_PORT",
              "CARILLON_OUTBOX_DAYS",
              "CARILLON_OUTBOX_MAILS",
              "CARILLON_HOOK_SES_TOPICS",
              "CARILLON_HOOK_SENDGRID_KEY",
              "CARILLON_HOOK_MAILGUN_KEY",
              "CARILLON_HOOK_POSTMARK_LOGIN",
              "CARILLON_COMPANY_ID",
              "CARILLON_PRIVATE_KEY",
              "CARILLON_POSTAL_CODES",
              "CARILLON_RATE_LIMITS",
              "CARILLON_TRUSTED_PROXIES",
              "CARILLON_LOG_FORMAT"));

  /** What is wrong with the name, if anything. */
  static Optional<String> fault(String name) {
    var plain =
        name.endsWith(FILE_SUFFIX) ? name.substring(0, name.length() - FILE_SUFFIX.length()) : name;
    return ALL.contains(plain)
        ? Optional.empty()
        : Optional.of(name + " is not a setting; did you mean " + nearest(name) + "?");
  }

  private static String nearest(String name) {
    return ALL.stream().min(comparingInt(known -> distance(known, name))).orElseThrow();
  }

  /** The number of letters to insert, delete or replace to make one text the other. */
  private static int distance(String one, String other) {
    var previous = new int[other.length() + 1];
    for (int i = 0; i < previous.length; i++) {
      previous[i] = i;
    }
    for (int i = 1; i <= one.length(); i++) {
      var row = new int[previous.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[other.length()];
  }

  private SettingNames() {}
}
