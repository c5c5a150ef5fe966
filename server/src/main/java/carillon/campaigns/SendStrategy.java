package carillon.campaigns;

import carillon.jsonapi.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When the mails of a campaign go out. */
sealed interface SendStrategy {

  /** No place on earth has an earlier morning. */
  ZoneId EASTERNMOST = ZoneOffset.ofHours(14);

  /** As soon as the send job is made. */
  record Immediate() implements SendStrategy {}

  /** All at one moment. */
  record Static(Instant at) implements SendStrategy {}

  /**
   * At one wall time in each recipient's own timezone.
   *
   * @param pastAtOnce whether people for whom it has passed get it at once, not a day later
   */
  record Local(LocalDateTime at, boolean pastAtOnce) implements SendStrategy {}

  /** A part of the recipients each hour. */
  record Throttled(Instant at, int percentage) implements SendStrategy {

    /** 10 % an hour takes ten hours, 11 % nine, and so on down to 50 % with two. */
    int hours() {
      return Math.round(100f / percentage);
    }
  }

  /** On a day, in the hour the account's mails are opened most. */
  record SmartTime(LocalDate date) implements SendStrategy {}

  /** The moment work begins; {@code hour} is the best one known for the account. */
  default Instant start(Instant now, ZoneId zone, int hour) {
    return switch (this) {
      case Immediate() -> now;
      case Static(var at) -> at;
      case Local(var at, _) -> at.atZone(EASTERNMOST).toInstant();
      case Throttled(var at, _) -> at;
      case SmartTime(var date) -> date.atTime(hour, 0).atZone(zone).toInstant();
    };
  }

  /** Whether it is too late to begin; a day counts until it is over. */
  default boolean isPast(Instant now, ZoneId zone) {
    return switch (this) {
      case Immediate() -> false;
      case Static(var at) -> !at.isAfter(now);
      case Local(var at, _) -> !at.atZone(zone).toInstant().isAfter(now);
      case Throttled(var at, _) -> !at.isAfter(now);
      case SmartTime(var date) -> date.isBefore(LocalDate.ofInstant(now, zone));
    };
  }

  /** Reads a checked or stored one. */
  static SendStrategy of(JsonNode json) {
    return switch (json.path("method").asString("immediate")) {
      case "static" ->
          json.path("options").path("is_local").asBoolean(false)
              ? new Local(
                  wallTime(json.get("datetime").stringValue()),
                  json.path("options").path("send_past_recipients_immediately").asBoolean(false))
              : new Static(moment(json));
      case "throttled" -> new Throttled(moment(json), json.get("throttle_percentage").intValue());
      case "smart_send_time" -> new SmartTime(LocalDate.parse(json.get("date").stringValue()));
      default -> new Immediate();
    };
  }

  private static Instant moment(JsonNode json) {
    return Json.moment(json.get("datetime").stringValue()).orElseThrow();
  }

  /** The time as it is written: for whom it is local, an offset means nothing. */
  private static LocalDateTime wallTime(String written) {
    var text = written.trim();
    var time = text.substring(Math.min(10, text.length()));
    var bare =
        text.substring(0, text.length() - time.length())
            + time.replaceFirst("(?i)(z|[+-][0-9:]+)$", "");
    return LocalDateTime.ofInstant(Json.moment(bare).orElseThrow(), ZoneOffset.UTC);
  }

  default ObjectNode json() {
    var json = Json.object();
    switch (this) {
      case Immediate() -> json.put("method", "immediate");
      case Static(var at) -> {
        json.put("method", "static").put("datetime", Json.print(at));
        json.putObject("options").put("is_local", false);
      }
      case Local(var at, var pastAtOnce) -> {
        json.put("method", "static").put("datetime", Json.print(at.toInstant(ZoneOffset.UTC)));
        json.putObject("options")
            .put("is_local", true)
            .put("send_past_recipients_immediately", pastAtOnce);
      }
      case Throttled(var at, var percentage) ->
          json.put("method", "throttled")
              .put("datetime", Json.print(at))
              .put("throttle_percentage", percentage);
      case SmartTime(var date) ->
          json.put("method", "smart_send_time").put("date", date.toString());
    }
    return json;
  }

  /** The moment messages are said to go out at, and whether it is local; empty when not known. */
  default Optional<JsonNode> sendTime(Optional<Instant> planned) {
    var local = this instanceof Local;
    var at =
        this instanceof Local(var wall, _) ? Optional.of(wall.toInstant(ZoneOffset.UTC)) : planned;
    return at.map(
        moment -> Json.object().put("datetime", Json.print(moment)).put("is_local", local));
  }
}
