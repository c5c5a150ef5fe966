package carillon.campaigns;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where a campaign stands. */
enum CampaignStatus {
  DRAFT("Draft"),
  SCHEDULED("Scheduled"),
  QUEUED("Queued without Recipients"),
  PREPARING_TO_SEND("Preparing to send"),
  PREPARING_TO_SCHEDULE("Preparing to schedule"),
  ADDING_RECIPIENTS("Adding Recipients"),
  SENDING("Sending"),
  SENDING_SEGMENTS("Sending Segments"),
  VARIATIONS_SENT("Variations Sent"),
  SENT("Sent"),
  CANCELLED("Cancelled"),
  NO_RECIPIENTS("Cancelled: No Recipients"),
  ALL_SKIPPED("Cancelled: Smart Sending"),
  ACCOUNT_DISABLED("Cancelled: Account Disabled"),
  INTERNAL_ERROR("Cancelled: Internal Error"),
  BILLING_LIMIT("Cancelled: Billing Limit"),
  MISCONFIGURED("Cancelled: Misconfigured"),
  UNKNOWN("Unknown");

  /** A send job was made and has not ended. */
  static final Set<CampaignStatus> UNDER_WAY =
      EnumSet.of(
          SCHEDULED, QUEUED, PREPARING_TO_SEND, PREPARING_TO_SCHEDULE, ADDING_RECIPIENTS, SENDING);

  /** Mails are going out, or about to. */
  static final Set<CampaignStatus> SENDING_NOW =
      EnumSet.of(QUEUED, PREPARING_TO_SEND, ADDING_RECIPIENTS, SENDING);

  private final String word;

  CampaignStatus(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static CampaignStatus of(String word) {
    return Arrays.stream(values())
        .filter(status -> status.word.equals(word))
        .findFirst()
        .orElse(UNKNOWN);
  }

  static String[] words() {
    return Arrays.stream(values()).map(CampaignStatus::word).toArray(String[]::new);
  }

  static List<String> words(Set<CampaignStatus> statuses) {
    return statuses.stream().map(CampaignStatus::word).toList();
  }
}
