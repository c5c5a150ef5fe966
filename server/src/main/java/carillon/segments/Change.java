package carillon.segments;

import carillon.events.EventRecorded;
import carillon.jsonapi.Json;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

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

  /** Some segments are to be looked at. */
  record Due(String profile, Set<String> segments) implements Change {}

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
      case DUE -> {
        var segments = texts(payload.get("segments"));
        yield texts(payload.get("profiles")).stream().map(one -> new Due(one, segments));
      }
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
  static List<News> due(String account, Set<String> segments, Collection<String> profiles) {
    var lanes = new LinkedHashMap<Integer, List<String>>();
    for (var profile : profiles) {
      lanes.computeIfAbsent(Lanes.of(profile), _ -> new ArrayList<>()).add(profile);
    }
    return lanes.entrySet().stream()
        .map(lane ->
            new News(
                account, Lanes.everybody(lane.getKey()), DUE, payload(segments, lane.getValue())))
        .toList();
  }

  private static JsonNode payload(Set<String> segments, List<String> profiles) {
    var payload = Json.object();
    var ids = payload.putArray("segments");
    segments.forEach(ids::add);
    var people = payload.putArray("profiles");
    profiles.forEach(people::add);
    return payload;
  }
}
