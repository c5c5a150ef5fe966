package carillon.segments;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.segments.World.Barrier;
import carillon.segments.World.Happening;
import carillon.segments.World.Joining;
import carillon.segments.World.Person;
import carillon.segments.World.Prediction;
import carillon.segments.World.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes worlds whose few words and round times meet those of random definitions often. */
final class RandomWorld {

  static final List<String> METRICS = List.of("METR01", "METR02", "METR03");
  static final List<String> GROUPS = List.of("LIST01", "LIST02", "SEGM01", "SEGM02");
  static final List<String> KEYS = List.of("a", "b", "c d", "e'f");
  static final List<String> WORDS =
      List.of("gold", "silver", "Gold", "old", "", "5", "100%", "a_b", "é🌿");
  static final List<String> DETAILS = List.of("FORM01", "shopify", "SHOPIFY", "One-Click");
  static final List<String> ZIPS =
      List.of(
          "10001", "10001-1234", "02139", "90210", "10115", "sw1w 0ny", "M1 1AE", "M5V 2T6", "");
  static final List<String> COUNTRIES =
      List.of(
          "US",
          "usa",
          "United States",
          " us ",
          "DE",
          "Germany",
          "Deutschland",
          "France",
          "GB",
          "CA",
          "Atlantis");

  private static final List<String> DATES =
      List.of(
          "2026-03-29",
          "2026-03-28T23:30:00+00:00",
          "2026-03-29T02:30:00",
          "2026-03-29 01:30:00Z",
          "2024-02-29",
          "2025-02-28",
          "1990-03-29T00:15:00-05:00",
          "2026-02-30",
          "2026-13-01",
          "2026-03-29T25:00:00",
          "1985-10-25T01:30",
          "2026-10-25T02:30:00",
          "2026-04-01T12:00:00.250+0200");

  private final Random random;
  private final Instant now;
  private final ZoneId zone;
  private long seq;

  RandomWorld(Random random, Instant now, ZoneId zone) {
    this.random = random;
    this.now = now;
    this.zone = zone;
  }

  World make(String account, int people, Database db) {
    var all = IntStream.range(0, people).mapToObj(n -> person(account + "P%03d".formatted(n)));
    var world = new World(account, zone, all.toList());
    world.store(db);
    return world;
  }

  private Person person(String id) {
    var prediction = chance(2) ? Optional.of(prediction()) : Optional.<Prediction>empty();
    return new Person(
        id,
        texts(),
        location(),
        properties(),
        moment(),
        moment(),
        events(),
        words(),
        barriers(),
        joinings(),
        chance(2),
        prediction);
  }

  private Map<String, String> texts() {
    var texts = new HashMap<String, String>();
    for (var name : List.of("first_name", "organization", "title", "external_id")) {
      sometimes(() -> texts.put(name, of(chance(4) ? DATES : WORDS)));
    }
    sometimes(() -> texts.put("email", of(List.of("ann@example.org", "bob@example.com"))));
    sometimes(() ->
        texts.put(
            "phone_number",
            of(List.of("+12125551234", "+14165551234", "+4915112345678", "+447911123456"))));
    return texts;
  }

  private ObjectNode location() {
    var location = Json.object();
    sometimes(() -> location.put("country", of(COUNTRIES)));
    sometimes(() -> location.put("zip", of(ZIPS)));
    sometimes(() -> location.put("city", of(WORDS)));
    sometimes(() -> location.put("latitude", random.nextInt(5)));
    return location;
  }

  ObjectNode properties() {
    var properties = Json.object();
    for (var key : KEYS) {
      sometimes(() -> properties.set(key, value(2)));
    }
    return properties;
  }

  private JsonNode value(int depth) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (random.nextInt(depth > 0 ? 11 : 7)) {
      case 0, 1 -> nodes.stringNode(of(WORDS));
      case 2 -> nodes.stringNode(of(DATES));
      case 3 -> nodes.numberNode(random.nextInt(6));
      case 4 -> nodes.numberNode(new BigDecimal(of(List.of("2.50", "-1", "5.0", "0.1"))));
      case 5 -> nodes.booleanNode(random.nextBoolean());
      case 6 -> nodes.nullNode();
      case 7, 8, 9 -> {
        var array = nodes.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(_ -> array.add(value(depth - 1)));
        yield array;
      }
      default -> nodes.objectNode().set("a", value(depth - 1));
    };
  }

  private List<Happening> events() {
    var events = new ArrayList<Happening>();
    for (int i = random.nextInt(12); i > 0; i--) {
      var at = moment();
      events.add(
          new Happening(
              at,
              ++seq,
              of(METRICS),
              chance(2) ? of(WORDS) + seq : "u" + seq,
              chance(3)
                  ? Optional.empty()
                  : Optional.of(new BigDecimal(of(List.of("1", "2.5", "5", "-2", "0")))),
              properties()));
      if (chance(5)) {
        events.add(again(events.getLast()));
      }
    }
    return events;
  }

  /** Another at the same second. */
  private Happening again(Happening event) {
    return new Happening(
        event.at(), ++seq, of(METRICS), "again" + seq, event.value(), event.properties());
  }

  private List<Word> words() {
    var words = new ArrayList<Word>();
    for (var channel : List.of("email", "sms", "push", "whatsapp")) {
      sometimes(() -> words.add(word(channel, "marketing")));
      sometimes(() -> words.add(word(channel, "transactional")));
    }
    return words;
  }

  private Word word(String channel, String kind) {
    return new Word(
        channel,
        kind,
        of(List.of("SUBSCRIBED", "SUBSCRIBED", "UNSUBSCRIBED")),
        maybe(this::moment),
        moment(),
        maybe(() ->
            of(
                List.of(
                    "API_V3_SUBSCRIBE",
                    "APINOT",
                    "CLIENT_SUBSCRIBE",
                    "EMAIL_LINK",
                    "FORM",
                    "SHOPIFY",
                    "PREFERENCE_PAGE",
                    "INTEGRATION",
                    "MANUAL_IMPORT",
                    "SPAM_COMPLAINT"))),
        maybe(() -> of(DETAILS)),
        maybe(() -> of(List.of("gold", "silver"))),
        maybe(random::nextBoolean));
  }

  private List<Barrier> barriers() {
    var barriers = new ArrayList<Barrier>();
    for (var reason : List.of("HARD_BOUNCE", "USER_SUPPRESSED", "INVALID_EMAIL", "UNSUBSCRIBE")) {
      if (chance(6)) {
        barriers.add(new Barrier(reason, "", moment()));
      }
      if (chance(8)) {
        barriers.add(new Barrier(reason, "LIST01", moment()));
      }
    }
    return barriers;
  }

  private List<Joining> joinings() {
    var joinings = new ArrayList<Joining>();
    for (var group : new HashSet<>(GROUPS)) {
      sometimes(() -> joinings.add(new Joining(group, moment())));
    }
    return joinings;
  }

  private Prediction prediction() {
    var numbers = new HashMap<String, BigDecimal>();
    for (var name : List.of("historic_clv", "total_clv", "churn_probability")) {
      sometimes(() -> numbers.put(name, BigDecimal.valueOf(random.nextInt(6))));
    }
    var affinity = Json.object();
    for (var channel : List.of("email", "sms")) {
      sometimes(() ->
          affinity
              .putObject(channel)
              .put("priority", random.nextInt(1, 4))
              .put("rank", of(List.of("high", "medium", "low"))));
    }
    return new Prediction(
        numbers,
        maybe(this::moment),
        maybe(() -> of(List.of("likely_female", "likely_male", "uncertain"))),
        affinity);
  }

  /** Near now, often a round span away from it, on the second or the microsecond around it. */
  Instant moment() {
    var at =
        switch (random.nextInt(4)) {
          case 0 -> now.atZone(zone).plusDays(random.nextInt(-8, 5)).toInstant();
          case 1 -> now.plus(Duration.ofHours(random.nextInt(-200, 100)));
          case 2 ->
              now.atZone(zone)
                  .plusYears(random.nextInt(-3, 1))
                  .plusDays(random.nextInt(-4, 4))
                  .toInstant();
          default -> now.plusSeconds(random.nextLong(-40 * 86_400L, 10 * 86_400L));
        };
    return switch (random.nextInt(4)) {
      case 0 -> at.plusNanos(1000);
      case 1 -> at.minusNanos(1000);
      default -> at;
    };
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return chance(3) ? Optional.empty() : Optional.of(value.get());
  }

  private void sometimes(Runnable action) {
    if (random.nextBoolean()) {
      action.run();
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
