package carillon.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a campaign says.
 *
 * @param definition complete: whatever was left out has its default
 * @param template the snapshot assigned to it
 * @param sendTimes once it is scheduled, as answers tell them
 */
record CampaignMessage(
    String id,
    String campaign,
    ObjectNode definition,
    Links links,
    Optional<List<JsonNode>> sendTimes,
    Instant created,
    Instant updated) {

  /** What else belongs to it. */
  record Links(Optional<String> template, Optional<String> image) {}

  String channel() {
    return definition.get("channel").stringValue();
  }

  /** A text of its content; empty when it has none. */
  Optional<String> content(String name) {
    return Optional.ofNullable(definition.path("content").path(name).stringValue(null))
        .filter(text -> !text.isBlank());
  }

  CampaignMessage with(ObjectNode other, Links otherLinks) {
    return new CampaignMessage(id, campaign, other, otherLinks, sendTimes, created, updated);
  }

  CampaignMessage at(Instant moment) {
    return new CampaignMessage(id, campaign, definition, links, sendTimes, created, moment);
  }
}
