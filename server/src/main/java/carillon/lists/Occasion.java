package carillon.lists;

import carillon.jsonapi.Json;
import carillon.profiles.Consents;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people subscribe on: facts that all of one request share.
 *
 * @param list the list they subscribe to, if any
 * @param historical whether they did so in the past and elsewhere
 * @param key last characters of the key that asked
 * @param source what the client calls itself
 */
record Occasion(
    String account,
    Optional<String> list,
    boolean historical,
    String key,
    Optional<String> source) {

  private static final String METHOD = "API_V3_SUBSCRIBE";

  Consents.How how(boolean confirmed) {
    return new Consents.How(Optional.of(METHOD), Optional.of(key), source, Optional.of(confirmed));
  }

  /** The properties of events about a subscription, without what is special to a person. */
  ObjectNode properties(boolean confirmed, Optional<MailingList> to) {
    var all = Json.object();
    all.put("double_optin", confirmed);
    to.ifPresent(found -> all.put("list_name", found.name()).put("list_id", found.id()));
    return all.put("method", METHOD)
        .put("method_detail", key)
        .put("custom_method_detail", source.orElse(null));
  }

  /** What is kept until a subscription is confirmed. */
  ObjectNode kept(Subscriber subscriber) {
    var kept = Json.object();
    list.ifPresent(id -> kept.put("list", id));
    kept.put("key", key);
    source.ifPresent(text -> kept.put("source", text));
    kept.set("profile", subscriber.resource().node());
    return kept;
  }

  static Occasion kept(String account, JsonNode kept) {
    return new Occasion(
        account,
        Optional.ofNullable(kept.get("list")).map(JsonNode::stringValue),
        false,
        kept.get("key").stringValue(),
        Optional.ofNullable(kept.get("source")).map(JsonNode::stringValue));
  }
}
