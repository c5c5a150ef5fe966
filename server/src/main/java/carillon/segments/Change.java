package carillon.segments;

import carillon.events.EventRecorded;
import carillon.jsonapi.Json;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something about a person that may alter whose segments they are in. */
sealed interface Change {

  /** The news that time, or another segment, may have altered the segments of some people. */
  String DUE = "SegmentsDue";

  /** The kinds of news that tell of changes. */
  Set<String> KINDS =
      Set.of(
          EventRecorded.KIND,
          "ProfileCreated",
          "ProfileChanged",
          "ProfileMerged",
          "ProfileErased",
          "ConsentChanged",
          "DevicesChanged",
          "MemberAdded",
          "MemberRemoved",
          DUE);

  String profile();

  /** An event of a metric. */
  record Did(String profile, String metric) implements Change {}

  /** Attributes and custom properties became others. */
  record Altered(String profile, Set<String> attributes, Set<String> properties)
      implements Change {}

  /** Consent or suppression on a channel became another. */
  record Consented(String profile, String channel) implements Change {}

  /** They are in a list, or no longer. */
  record Grouped(String profile, String group) implements Change {}

  /** They have other devices. */
  record Equipped(String profile) implements Change {}

  /** They are new, gone, or one with another. */
  record Anything(String profile) implements Change {}

  /** A segment is to be looked at. */
  record Due(String profile, String segment) implements Change {}

  /** The changes that news of one of the kinds tells. */
  static Stream<Change> of(News news) {
    var profile = news.profile();
    var payload = news.payload();
    return switch (news.kind()) {
      case EventRecorded.KIND ->
          EventRecorded.read(payload).stream()
              .map(event -> new Did(event.key().profile(), event.metric()));
      case "ProfileChanged" -> Stream.of(altered(profile, payload));
      case "ConsentChanged" ->
          Stream.of(new Consented(profile, payload.path("channel").asString("")));
      case "MemberAdded", "MemberRemoved" ->
          Stream.of(new Grouped(profile, payload.path("list_id").asString("")));
      case "DevicesChanged" -> Stream.of(new Equipped(profile));
      case DUE ->
          payload
              .propertyStream()
              .flatMap(segment ->
                  texts(segment.getValue()).stream().map(one -> new Due(one, segment.getKey())));
      default -> Stream.of(new Anything(profile));
    };
  }

  /** News that does not say what changed means that anything may have. */
  private static Change altered(String profile, JsonNode payload) {
    return payload.has("attributes")
        ? new Altered(profile, texts(payload.get("attributes")), texts(payload.get("properties")))
        : new Anything(profile);
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new TreeSet<String>();
    array.forEach(text -> texts.add(text.stringValue()));
    return texts;
  }

  /** The news that segments of people are to be looked at, one for each lane. */
  static List<News> due(String account, Collection<Due> all) {
    var lanes = new LinkedHashMap<String, ObjectNode>();
    for (var due : all) {
      lanes
          .computeIfAbsent(Lanes.everybody(due.profile()), _ -> Json.object())
          .withArray(due.segment())
          .add(due.profile());
    }
    return lanes.entrySet().stream()
        .map(lane -> new News(account, lane.getKey(), DUE, lane.getValue()))
        .toList();
  }
}
