package carillon.events;

import carillon.jsonapi.Json;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The news that an event was recorded. One piece of news carries all events of a batch that share a
 * lane.
 *
 * @param metric id of its metric
 * @param backfill whether it must start nothing
 */
public record EventRecorded(EventKey key, String metric, boolean backfill) {

  /** The kind of the news. */
  public static final String KIND = "EventRecorded";

  /** The events that a piece of news tells. */
  public static List<EventRecorded> read(JsonNode payload) {
    return StreamSupport.stream(payload.get("events").spliterator(), false)
        .map(one ->
            new EventRecorded(
                new EventKey(
                    one.get(0).stringValue(),
                    Instant.ofEpochSecond(one.get(1).longValue()),
                    one.get(2).longValue()),
                one.get(3).stringValue(),
                one.get(4).booleanValue()))
        .toList();
  }

  /** When the events of a piece of news were recorded, by the clock of the node that did. */
  public static Instant recordedAt(JsonNode payload) {
    return Instant.ofEpochMilli(payload.path("at").longValue(0));
  }

  /** The news of events recorded now, one for each lane. */
  static List<News> news(String account, Instant now, List<EventRecorded> events) {
    var lanes = new LinkedHashMap<String, List<EventRecorded>>();
    for (var event : events) {
      var everybody = Lanes.everybody(event.key().profile());
      lanes.computeIfAbsent(everybody, _ -> new ArrayList<>()).add(event);
    }
    return lanes.entrySet().stream()
        .map(lane -> new News(account, lane.getKey(), KIND, payload(now, lane.getValue())))
        .toList();
  }

  /** Written and read for every event there is, so it is short: arrays without names. */
  private static JsonNode payload(Instant now, List<EventRecorded> events) {
    var payload = Json.object().put("at", now.toEpochMilli());
    var all = payload.putArray("events");
    for (var event : events) {
      all.addArray()
          .add(event.key().profile())
          .add(event.key().at().getEpochSecond())
          .add(event.key().seq())
          .add(event.metric())
          .add(event.backfill());
    }
    return payload;
  }
}
