package carillon.lists;

import carillon.events.MetricName;
import carillon.events.NewEvent;
import carillon.jsonapi.Json;
import carillon.profiles.Consents;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people subscribe or leave on: facts that all of one request share.
 *
 * @param list the list it is about, if any
 * @param historical whether it happened in the past and elsewhere
 * @param method how, such as {@link #API_SUBSCRIBE}
 * @param detail of the method: the last characters of the key that asked, or which page
 * @param source what the client calls itself
 */
public record Occasion(
    String account,
    Optional<String> list,
    boolean historical,
    String method,
    String detail,
    Optional<String> source) {

  public static final String API_SUBSCRIBE = "API_V3_SUBSCRIBE";
  public static final String CLIENT_SUBSCRIBE = "CLIENT_SUBSCRIBE";
  public static final String API_UNSUBSCRIBE = "API_V3_UNSUBSCRIBE";

  /** Something people do themselves, now. */
  public static Occasion now(String account, Optional<String> list, String method, String detail) {
    return new Occasion(account, list, false, method, detail, Optional.empty());
  }

  /** Whether nobody with a key stands behind it. */
  boolean isClaim() {
    return method.equals(CLIENT_SUBSCRIBE);
  }

  /** The same about a list. */
  Occasion about(String listId) {
    return new Occasion(account, Optional.of(listId), historical, method, detail, source);
  }

  Consents.How how(Optional<Boolean> confirmed) {
    return new Consents.How(Optional.of(method), Optional.of(detail), source, confirmed);
  }

  /** The properties of events about it, without what is special to a person. */
  ObjectNode properties(Optional<Boolean> confirmed, Optional<MailingList> to) {
    var all = Json.object();
    confirmed.ifPresent(yes -> all.put("double_optin", yes));
    to.ifPresent(found -> all.put("list_name", found.name()).put("list_id", found.id()));
    return all.put("method", method)
        .put("method_detail", detail)
        .put("custom_method_detail", source.orElse(null));
  }

  NewEvent event(String profile, String metric, Instant at, String unique, ObjectNode properties) {
    return new NewEvent(
        new NewEvent.Subject.Known(profile),
        MetricName.internal(metric),
        at,
        Optional.of(unique),
        Optional.empty(),
        properties.deepCopy(),
        historical);
  }

  /** What is kept until a subscription is confirmed. */
  ObjectNode kept(Subscriber subscriber) {
    var kept = Json.object();
    list.ifPresent(id -> kept.put("list", id));
    kept.put("method", method).put("detail", detail);
    source.ifPresent(text -> kept.put("source", text));
    kept.set("profile", subscriber.resource().node());
    return kept;
  }

  static Occasion kept(String account, JsonNode kept) {
    return new Occasion(
        account,
        Optional.ofNullable(kept.get("list")).map(JsonNode::stringValue),
        false,
        kept.get("method").stringValue(),
        kept.get("detail").stringValue(),
        Optional.ofNullable(kept.get("source")).map(JsonNode::stringValue));
  }
}
