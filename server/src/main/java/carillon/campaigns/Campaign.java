package carillon.campaigns;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A campaign.
 *
 * @param message the id of its one message
 */
record Campaign(
    String id,
    String name,
    CampaignStatus status,
    boolean archived,
    Plan plan,
    Times times,
    String message) {

  /**
   * What was asked for.
   *
   * @param channel email, sms or mobile_push
   * @param tracking empty on channels without tracking
   */
  record Plan(
      String channel,
      Audience audience,
      SendStrategy strategy,
      ObjectNode sendOptions,
      Optional<ObjectNode> tracking) {}

  /**
   * When things happened to it.
   *
   * @param scheduled when the send job was made
   * @param send when it begins, or began, to go out
   */
  record Times(
      Instant created, Instant updated, Optional<Instant> scheduled, Optional<Instant> send) {}

  boolean isEmail() {
    return plan.channel().equals("email");
  }
}
