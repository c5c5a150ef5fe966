package carillon.mcp;

import carillon.jsonapi.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Counts events of a metric, with the time given as a frame instead of two conditions. */
record Aggregates(Requests requests) implements Script {

  private static final String FILTER = "data__attributes__filter";
  private static final String TIMEFRAME = "data__attributes__timeframe";

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var frame = arguments.find(TIMEFRAME);
    return requests.run(
        frame.map(times -> bounded(arguments, times)).orElse(arguments), api, List.of());
  }

  private static Arguments bounded(Arguments arguments, JsonNode frame) {
    var conditions =
        arguments.find(FILTER).map(JsonNode::deepCopy).orElseGet(Json.MAPPER::createArrayNode);
    for (var condition : conditions) {
      if (condition.asString("").contains("(datetime,")) {
        throw new Complaint(TIMEFRAME, "The filter has conditions on datetime already.").raise();
      }
    }
    var start = moment(frame, "start");
    var end = moment(frame, "end");
    if (!start.isBefore(end)) {
      throw new Complaint(TIMEFRAME, "The start must be before the end.").raise();
    }
    if (start.atZone(ZoneOffset.UTC).plusYears(1).toInstant().isBefore(end)) {
      throw new Complaint(TIMEFRAME, "No more than a year can be asked for.").raise();
    }
    ((ArrayNode) conditions)
        .add("greater-or-equal(datetime," + text(frame, "start") + ")")
        .add("less-than(datetime," + text(frame, "end") + ")");
    return arguments.with(FILTER, conditions);
  }

  /** As it was given: without an offset it is meant in the time zone asked for. */
  private static String text(JsonNode frame, String end) {
    return frame.path(end).asString("").trim();
  }

  private static Instant moment(JsonNode frame, String end) {
    return Json.moment(text(frame, end))
        .orElseThrow(() ->
            new Complaint(
                    TIMEFRAME,
                    "This needs start and end, each a moment such as 2026-01-31T00:00:00Z.")
                .raise());
  }
}
