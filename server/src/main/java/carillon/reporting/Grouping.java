package carillon.reporting;

import static java.util.stream.Collectors.joining;

import carillon.reporting.CampaignMessage.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What rows of a report can be told apart by. A message with several tags (or audiences) has a row
 * for each, all with the whole message's numbers: the ledger does not know which of them brought a
 * recipient in. A message without any has one row, with an empty text.
 */
enum Grouping {
  CAMPAIGN_ID,
  CAMPAIGN_MESSAGE_ID,
  CAMPAIGN_MESSAGE_NAME,
  GROUP,
  GROUP_NAME,
  SEND_CHANNEL,
  TAG_ID,
  TAG_NAME,
  TEXT_MESSAGE_FORMAT,
  VARIATION,
  VARIATION_NAME;

  /** A message under one of its audiences and one of its tags. */
  record Aspect(CampaignMessage message, Named audience, Named tag) {}

  /** As the API spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] words() {
    return Arrays.stream(values()).map(Grouping::word).toArray(String[]::new);
  }

  static Grouping of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static String listed(List<Grouping> all) {
    return all.stream().map(Grouping::word).collect(joining(", "));
  }

  /** Campaigns have no variations yet, and mails have no text message format. */
  String of(Aspect aspect) {
    return switch (this) {
      case CAMPAIGN_ID -> aspect.message().campaign();
      case CAMPAIGN_MESSAGE_ID -> aspect.message().id();
      case CAMPAIGN_MESSAGE_NAME -> aspect.message().name();
      case GROUP -> aspect.audience().id();
      case GROUP_NAME -> aspect.audience().name();
      case SEND_CHANNEL -> aspect.message().sendChannel();
      case TAG_ID -> aspect.tag().id();
      case TAG_NAME -> aspect.tag().name();
      case TEXT_MESSAGE_FORMAT, VARIATION, VARIATION_NAME -> "";
    };
  }

  /** The rows of a message when told apart by these. */
  static List<Aspect> aspects(CampaignMessage message, Set<Grouping> by) {
    var audiences =
        by.contains(GROUP) || by.contains(GROUP_NAME)
            ? orNothing(message.audiences())
            : List.of(Named.NOTHING);
    var tags =
        by.contains(TAG_ID) || by.contains(TAG_NAME)
            ? orNothing(message.tags())
            : List.of(Named.NOTHING);
    return audiences.stream()
        .flatMap(audience -> tags.stream().map(tag -> new Aspect(message, audience, tag)))
        .toList();
  }

  private static List<Named> orNothing(List<Named> all) {
    return all.isEmpty() ? List.of(Named.NOTHING) : all;
  }
}
