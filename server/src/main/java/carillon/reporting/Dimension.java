package carillon.reporting;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What events can be told apart by: a property, or what the event is owed to. */
record Dimension(String word) {

  /** All there are, as the API spells them. */
  static final List<String> WORDS =
      List.of(
          "$attributed_channel",
          "$attributed_flow",
          "$attributed_message",
          "$attributed_variation",
          "$campaign_channel",
          "$flow",
          "$flow_channel",
          "$message",
          "$message_send_cohort",
          "$usage_amount",
          "$value_currency",
          "$variation",
          "$variation_send_cohort",
          "Bot Click",
          "Bounce Type",
          "Campaign Name",
          "Client Canonical",
          "Client Name",
          "Client Type",
          "Email Domain",
          "Failure Source",
          "Failure Type",
          "From Number",
          "From Phone Region",
          "Inbox Provider",
          "List",
          "Message Format",
          "Message Name",
          "Message Type",
          "Method",
          "Segment Count",
          "Subject",
          "To Number",
          "To Phone Region",
          "URL",
          "form_id");

  private static final String ATTRIBUTION =
      """
      left join attribution a on a.profile_id = e.profile_id and a.event_at = e.at
        and a.event_seq = e.seq
      """;

  private static final String OWED_TO =
      "left join campaign o on o.account_id = a.account_id and o.id = a.campaign_id\n";

  private static final String CAMPAIGN =
      """
      left join campaign c on c.account_id = e.account_id and c.id = e.properties->>'$campaign'
      """;

  Dimension {
    if (!WORDS.contains(word)) {
      throw new IllegalArgumentException(word);
    }
  }

  /** The value of an event, empty when it has none; nothing is owed to flows or variations yet. */
  String sql() {
    var value =
        switch (word) {
          case "$attributed_message" -> "a.message_id";
          case "$attributed_channel" -> "o.channel";
          case "$attributed_flow", "$attributed_variation" -> "null";
          case "$campaign_channel" -> "e.properties->>'$campaign_channel', c.channel";
          default -> "e.properties->>'" + word + "'";
        };
    return "coalesce(" + value + ", '') collate \"C\"";
  }

  /** What must be joined to events for it. */
  List<String> joins() {
    return switch (word) {
      case "$attributed_message" -> List.of(ATTRIBUTION);
      case "$attributed_channel" -> List.of(ATTRIBUTION, OWED_TO);
      case "$campaign_channel" -> List.of(CAMPAIGN);
      default -> List.of();
    };
  }

  /** The words by which rows can be ordered, in both directions. */
  static String[] sorts(Set<String> others) {
    return java.util.stream.Stream.concat(WORDS.stream(), others.stream())
        .flatMap(word -> Arrays.asList(word, "-" + word).stream())
        .toArray(String[]::new);
  }
}
