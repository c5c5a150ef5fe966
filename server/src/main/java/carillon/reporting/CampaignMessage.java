package carillon.reporting;

import java.util.List;

/**
 * A campaign's message as reports group and filter by it.
 *
 * @param channel as campaigns spell it
 * @param audiences the lists and segments it went to
 */
record CampaignMessage(
    String campaign,
    String id,
    String name,
    String channel,
    List<Named> audiences,
    List<Named> tags) {

  /** Something with an id and a name. */
  record Named(String id, String name) {
    static final Named NOTHING = new Named("", "");
  }

  CampaignMessage {
    audiences = List.copyOf(audiences);
    tags = List.copyOf(tags);
  }

  /** The channel as reports spell it. */
  String sendChannel() {
    return channel.equals("mobile_push") ? "push-notification" : channel;
  }
}
