package carillon.reviews;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was decided about a review.
 *
 * @param status pending until somebody has decided
 * @param reason why it was rejected
 * @param explanation more about another reason
 */
record Standing(String status, Optional<String> reason, Optional<String> explanation) {

  static final Standing PENDING = new Standing("pending", Optional.empty(), Optional.empty());

  private static final Field<String> EXPLANATION =
      Schema.text().length(0, 2000).as("status_explanation").nullable();

  /** On the wire it is an object, and not only a word. */
  static final Field<JsonNode> FIELD =
      Schema.oneOf(
              Schema.struct(
                  "ReviewStatusRejected",
                  word("value", "rejected"),
                  Schema.oneOf(
                          Schema.struct("RejectReasonOther", word("reason", "other"), EXPLANATION),
                          reason("RejectReasonFake", "fake"),
                          reason("RejectReasonMisleading", "false_or_misleading"),
                          reason("RejectReasonPrivateInformation", "private_information"),
                          reason("RejectReasonProfanity", "profanity_or_inappropriate"),
                          reason("RejectReasonUnrelated", "unrelated"))
                      .as("rejection_reason")
                      .required()),
              status("ReviewStatusFeatured", "featured"),
              status("ReviewStatusPublished", "published"),
              status("ReviewStatusUnpublished", "unpublished"),
              status("ReviewStatusPending", "pending"))
          .as("status")
          .nullable();

  private static Schema.Struct status(String name, String word) {
    return Schema.struct(name, word("value", word));
  }

  private static Schema.Struct reason(String name, String word) {
    return Schema.struct(name, word("reason", word));
  }

  private static Field<String> word(String name, String only) {
    return Schema.choice(only).as(name).required();
  }

  /** Reads a value that has passed {@link #FIELD}. */
  static Standing read(JsonNode status) {
    var why = status.path("rejection_reason");
    return new Standing(
        status.get("value").stringValue(), text(why, "reason"), text(why, EXPLANATION.name()));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Stream.of(node.path(name))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst();
  }

  ObjectNode json() {
    var json = Json.object().put("value", status);
    reason.ifPresent(word -> {
      var why = json.putObject("rejection_reason").put("reason", word);
      explanation.ifPresent(text -> why.put(EXPLANATION.name(), text));
    });
    return json;
  }
}
