package carillon.reporting;

import java.util.Arrays;
import java.util.Locale;

/** What can be asked about a message; what only text messages have is zero for mails. */
enum Statistic {
  AVERAGE_ORDER_VALUE,
  BOUNCE_RATE,
  BOUNCED,
  BOUNCED_OR_FAILED,
  BOUNCED_OR_FAILED_RATE,
  CLICK_RATE,
  CLICK_TO_OPEN_RATE,
  CLICKS,
  CLICKS_UNIQUE,
  CONVERSION_RATE,
  CONVERSION_UNIQUES,
  CONVERSION_VALUE,
  CONVERSIONS,
  DELIVERED,
  DELIVERY_RATE,
  FAILED,
  FAILED_RATE,
  MESSAGE_SEGMENT_COUNT_SUM,
  OPEN_RATE,
  OPENS,
  OPENS_UNIQUE,
  RECIPIENTS,
  REVENUE_PER_RECIPIENT,
  SPAM_COMPLAINT_RATE,
  SPAM_COMPLAINTS,
  TEXT_MESSAGE_CREDIT_USAGE_AMOUNT,
  TEXT_MESSAGE_ROI,
  TEXT_MESSAGE_SPEND,
  UNSUBSCRIBE_RATE,
  UNSUBSCRIBE_UNIQUES,
  UNSUBSCRIBES;

  /** As the API spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] words() {
    return Arrays.stream(values()).map(Statistic::word).toArray(String[]::new);
  }

  static Statistic of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether it takes looking at conversions, which is work of its own. */
  boolean needsConversions() {
    return switch (this) {
      case AVERAGE_ORDER_VALUE,
          CONVERSION_RATE,
          CONVERSION_UNIQUES,
          CONVERSION_VALUE,
          CONVERSIONS,
          REVENUE_PER_RECIPIENT ->
          true;
      default -> false;
    };
  }

  double of(Sent sent, Owed owed) {
    return switch (this) {
      case RECIPIENTS -> sent.recipients();
      case DELIVERED -> sent.delivered();
      case DELIVERY_RATE -> ratio(sent.delivered(), sent.recipients());
      case BOUNCED -> sent.bounced();
      case BOUNCE_RATE -> ratio(sent.bounced(), sent.recipients());
      case FAILED -> sent.failed();
      case FAILED_RATE -> ratio(sent.failed(), sent.recipients());
      case BOUNCED_OR_FAILED -> sent.bounced() + sent.failed();
      case BOUNCED_OR_FAILED_RATE -> ratio(sent.bounced() + sent.failed(), sent.recipients());
      case OPENS -> sent.opens();
      case OPENS_UNIQUE -> sent.openers();
      case OPEN_RATE -> ratio(sent.openers(), sent.delivered());
      case CLICKS -> sent.clicks();
      case CLICKS_UNIQUE -> sent.clickers();
      case CLICK_RATE -> ratio(sent.clickers(), sent.delivered());
      case CLICK_TO_OPEN_RATE -> ratio(sent.clickers(), sent.openers());
      case UNSUBSCRIBES, UNSUBSCRIBE_UNIQUES -> sent.unsubscribers();
      case UNSUBSCRIBE_RATE -> ratio(sent.unsubscribers(), sent.delivered());
      case SPAM_COMPLAINTS -> sent.complaints();
      case SPAM_COMPLAINT_RATE -> ratio(sent.complaints(), sent.delivered());
      case CONVERSIONS -> owed.conversions();
      case CONVERSION_UNIQUES -> owed.people();
      case CONVERSION_RATE -> ratio(owed.people(), sent.delivered());
      case CONVERSION_VALUE -> owed.value();
      case AVERAGE_ORDER_VALUE -> ratio(owed.value(), owed.conversions());
      case REVENUE_PER_RECIPIENT -> ratio(owed.value(), sent.delivered());
      case MESSAGE_SEGMENT_COUNT_SUM,
          TEXT_MESSAGE_CREDIT_USAGE_AMOUNT,
          TEXT_MESSAGE_ROI,
          TEXT_MESSAGE_SPEND ->
          0;
    };
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
