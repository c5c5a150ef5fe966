package carillon.segments;

import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** An account with everything that conditions can ask about, in memory and in the database. */
record World(String account, ZoneId zone, List<Person> people) {

  record Person(
      String id,
      Map<String, String> texts,
      ObjectNode location,
      ObjectNode properties,
      Instant created,
      Instant updated,
      List<Happening> events,
      List<Word> words,
      List<Barrier> barriers,
      List<Joining> joinings,
      boolean hasDevice,
      Optional<Prediction> prediction) {}

  /** An event. */
  record Happening(
      Instant at,
      long seq,
      String metric,
      String uniqueId,
      Optional<BigDecimal> value,
      ObjectNode properties) {}

  /** A row of consent. */
  record Word(
      String channel,
      String kind,
      String status,
      Optional<Instant> consentedAt,
      Instant updatedAt,
      Optional<String> method,
      Optional<String> detail,
      Optional<String> custom,
      Optional<Boolean> doubleOptIn) {}

  /** A row of suppression. */
  record Barrier(String reason, String list, Instant at) {}

  /** Being in a list, or in a segment whose id begins with S. */
  record Joining(String group, Instant at) {}

  record Prediction(
      Map<String, BigDecimal> numbers,
      Optional<Instant> nextOrder,
      Optional<String> gender,
      ObjectNode affinity) {}

  /** A place that postal codes are known of: US 10001 and so on. */
  record Place(String country, String code, double latitude, double longitude) {}

  static final List<Place> PLACES =
      List.of(
          new Place("US", "10001", 40.7506, -73.9972),
          new Place("US", "02139", 42.3647, -71.1042),
          new Place("US", "90210", 34.0901, -118.4065),
          new Place("DE", "10115", 52.5323, 13.3846),
          new Place("GB", "SW1W", 51.4928, -0.1480),
          new Place("GB", "M1", 53.4776, -2.2331),
          new Place("CA", "M5V", 43.6404, -79.3995));

  static void storePlaces(Database db) {
    for (var place : PLACES) {
      db.sql("insert into postal_code values (:country, :code, :latitude, :longitude)")
          .bind("country", place.country())
          .bind("code", place.code())
          .bind("latitude", place.latitude())
          .bind("longitude", place.longitude())
          .run();
    }
    Countries.codes()
        .forEach((name, country) ->
            db.sql("insert into country_name values (:name, :country)")
                .bind("name", name)
                .bind("country", country)
                .run());
  }

  void store(Database db) {
    db.transact(tx -> {
      tx.sql("insert into account (id, name, created_at) values (:id, 'World', now())")
          .bind("id", account)
          .run();
      people.forEach(person -> new Storing(tx, account, person).store());
      segments()
          .forEach(id ->
              tx.sql(
                      """
                      insert into segment (account_id, id, name, definition, created_at, updated_at,
                        generation)
                      values (:account, :id, :id, '{}', now(), now(), 3)
                      """)
                  .bind("account", account)
                  .bind("id", id)
                  .run());
    });
  }

  private List<String> segments() {
    return people.stream()
        .flatMap(person -> person.joinings().stream())
        .map(Joining::group)
        .filter(World::isSegment)
        .distinct()
        .toList();
  }

  private static boolean isSegment(String group) {
    return group.startsWith("S");
  }

  private record Storing(Tx tx, String account, Person person) {

    void store() {
      profile();
      person.events().forEach(this::event);
      person.words().forEach(this::word);
      person.barriers().forEach(this::barrier);
      person.joinings().forEach(this::joining);
      if (person.hasDevice()) {
        device();
      }
      person.prediction().ifPresent(this::prediction);
    }

    private void insert(String table, Map<String, Object> row) {
      var columns = new ArrayList<>(row.keySet());
      tx.sql(
              "insert into %s (account_id, profile_id, %s) values (:account, :profile, %s)"
                  .formatted(table, String.join(", ", columns), ":" + String.join(", :", columns)))
          .bind("account", account)
          .bind("profile", person.id())
          .bindAll(row)
          .run();
    }

    private void profile() {
      var row = new TreeMap<String, Object>(person.texts());
      row.put("location", person.location());
      row.put("properties", person.properties());
      row.put("created_at", person.created());
      row.put("updated_at", person.updated());
      insert("profile", row);
    }

    private void event(Happening event) {
      insert(
          "event",
          Map.of(
              "at", event.at(),
              "seq", event.seq(),
              "metric_id", event.metric(),
              "unique_id", event.uniqueId(),
              "value", event.value(),
              "properties", event.properties()));
    }

    private void word(Word word) {
      insert(
          "consent",
          Map.of(
              "channel", word.channel(),
              "kind", word.kind(),
              "status", word.status(),
              "consented_at", word.consentedAt(),
              "updated_at", word.updatedAt(),
              "method", word.method(),
              "method_detail", word.detail(),
              "custom_method_detail", word.custom(),
              "double_optin", word.doubleOptIn()));
    }

    private void barrier(Barrier barrier) {
      insert(
          "suppression",
          Map.of("reason", barrier.reason(), "list_id", barrier.list(), "at", barrier.at()));
    }

    /** Rows of another generation of a segment do not count. */
    private void joining(Joining joining) {
      if (isSegment(joining.group())) {
        insert(
            "segment_member",
            Map.of("segment_id", joining.group(), "generation", 3, "joined_at", joining.at()));
      } else {
        insert("list_member", Map.of("list_id", joining.group(), "joined_at", joining.at()));
      }
    }

    private void device() {
      insert(
          "push_token",
          Map.of(
              "id",
              person.id(),
              "token",
              person.id(),
              "platform",
              "ios",
              "vendor",
              "apns",
              "enablement_status",
              "AUTHORIZED",
              "background",
              "AVAILABLE",
              "created_at",
              person.created(),
              "updated_at",
              person.updated()));
    }

    private void prediction(Prediction prediction) {
      var row = new TreeMap<String, Object>(prediction.numbers());
      row.put("expected_date_of_next_order", prediction.nextOrder());
      row.put("predicted_gender", prediction.gender());
      row.put("channel_affinity", prediction.affinity());
      row.put("computed_at", person.updated());
      insert("profile_prediction", row);
    }
  }
}
