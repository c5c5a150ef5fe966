package carillon.events;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Events in the database. */
final class EventStore {

  static final Filterable METRIC_ID =
      Filterable.text("metric_id", "e.metric_id", EQUALS).list(EQUALS);
  static final Filterable PROFILE_ID = Filterable.text("profile_id", "e.profile_id", EQUALS);
  static final Filterable HAS_PROFILE =
      Filterable.of("profile", Filterable.Kind.PRESENCE, "e.profile_id");
  static final Filterable HAS_METRIC =
      Filterable.of("metric", Filterable.Kind.PRESENCE, "e.metric_id");
  static final Filterable DATETIME =
      Filterable.moment(
          "datetime", "e.at", GREATER_OR_EQUAL, GREATER_THAN, LESS_OR_EQUAL, LESS_THAN);
  static final Filterable TIMESTAMP =
      Filterable.of(
          "timestamp",
          Filterable.Kind.NUMBER,
          "e.at",
          GREATER_OR_EQUAL,
          GREATER_THAN,
          LESS_OR_EQUAL,
          LESS_THAN);
  static final Sortable BY_DATETIME = Sortable.moment("datetime", "e.at");
  static final Sortable BY_TIMESTAMP = Sortable.moment("timestamp", "e.at");

  private static final BigDecimal FIRST_SECOND =
      BigDecimal.valueOf(Instant.parse("0001-01-01T00:00:00Z").getEpochSecond());
  private static final BigDecimal LAST_SECOND =
      BigDecimal.valueOf(Instant.parse("9999-12-31T00:00:00Z").getEpochSecond());

  private static final String EVENTS =
      """
      select e.profile_id, e.at, e.seq, e.metric_id, e.unique_id, e.value, e.properties
      from event e where e.account_id = :account
      """;

  private final Database db;

  EventStore(Database db) {
    this.db = db;
  }

  /** A row to be inserted; json is the text of its properties. */
  record NewRow(
      EventKey key, String metric, String uniqueId, Optional<BigDecimal> value, String json) {}

  /** Inserts what is no duplicate and tells which rows those were, by their seq. */
  Set<Long> insert(Queries queries, String account, Collection<NewRow> rows) {
    return Set.copyOf(
        queries
            .sql(
                """
                insert into event
                  (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
                select :account, profile, to_timestamp(at), seq, metric, unique_id, value::numeric,
                  properties::jsonb
                from unnest(:profiles, :ats, :seqs, :metrics, :uniqueIds, :values, :properties)
                  n (profile, at, seq, metric, unique_id, value, properties)
                on conflict (profile_id, metric_id, unique_id) do nothing
                returning seq
                """)
            .bind("account", account)
            .array("profiles", "text", rows.stream().map(row -> row.key().profile()).toList())
            .array(
                "ats", "bigint", rows.stream().map(row -> row.key().at().getEpochSecond()).toList())
            .array("seqs", "bigint", rows.stream().map(row -> row.key().seq()).toList())
            .array("metrics", "text", rows.stream().map(NewRow::metric).toList())
            .array("uniqueIds", "text", rows.stream().map(NewRow::uniqueId).toList())
            .array("values", "text", rows.stream().map(NewRow::value).toList())
            .array("properties", "text", rows.stream().map(NewRow::json).toList())
            .list(row -> row.number("seq")));
  }

  Slice<Event> events(String account, Select select) {
    return new Paged<>(EVENTS, "e.seq", "bigint", Event::read)
        .bind("account", account)
        .treat("timestamp", EventStore::timestamp)
        .treat(
            "profile",
            (_, _) ->
                "exists (select 1 from profile p"
                    + " where p.account_id = e.account_id and p.profile_id = e.profile_id)")
        .treat(
            "metric",
            (_, _) ->
                "exists (select 1 from metric m"
                    + " where m.account_id = e.account_id and m.id = e.metric_id)")
        .page(db, select);
  }

  private static String timestamp(Filter comparison, Paged.Binder binder) {
    if (!(comparison instanceof Filter.Compare(_, var op, BigDecimal seconds))) {
      throw new IllegalStateException("not a comparison with a number: " + comparison);
    }
    var moment = binder.bind(instant(seconds));
    return "e.at "
        + switch (op) {
          case GREATER_OR_EQUAL -> ">= ";
          case GREATER_THAN -> "> ";
          case LESS_OR_EQUAL -> "<= ";
          case LESS_THAN -> "< ";
          case EQUALS, CONTAINS, STARTS_WITH, ENDS_WITH, ANY, CONTAINS_ANY, CONTAINS_ALL, HAS ->
              throw new IllegalStateException(op + " is not allowed");
        }
        + moment;
  }

  private static Instant instant(BigDecimal seconds) {
    var within = seconds.max(FIRST_SECOND).min(LAST_SECOND);
    var whole = within.longValue();
    return Instant.ofEpochSecond(
        whole, within.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  /** The event with an id, also when its profile has been merged into another since. */
  Event event(String account, String id) {
    var key =
        EventKey.parse(id)
            .orElseThrow(
                () -> ApiError.invalid("/data/id", "Invalid Event ID: '%s'".formatted(id)));
    return find(account, key)
        .or(() ->
            heir(account, key.profile()).flatMap(profile -> find(account, moved(key, profile))))
        .orElseThrow(() -> ApiError.missing("An", "event", id));
  }

  private static EventKey moved(EventKey key, String profile) {
    return new EventKey(profile, key.at(), key.seq());
  }

  private Optional<Event> find(String account, EventKey key) {
    return db.sql(EVENTS + " and e.profile_id = :profile and e.at = :at and e.seq = :seq")
        .bind("account", account)
        .bind("profile", key.profile())
        .bind("at", key.at())
        .bind("seq", key.seq())
        .first(Event::read);
  }

  private Optional<String> heir(String account, String profile) {
    return db.sql(
            """
            select profile_id from profile_identifier
            where account_id = :account and kind = 'profile_id' and value = :profile
            """)
        .bind("account", account)
        .bind("profile", profile)
        .first(row -> row.text("profile_id"));
  }

  /** What events are owed to; events owed to nothing are left out. */
  List<Attribution> attributions(String account, Collection<EventKey> keys) {
    return db.sql(
            """
            select a.profile_id, a.event_at, a.event_seq, a.touch_at, a.touch_seq, a.campaign_id,
              a.message_id
            from attribution a
            join unnest(:profiles, :ats, :seqs) k (profile, at, seq)
              on a.profile_id = k.profile and a.event_at = to_timestamp(k.at)
              and a.event_seq = k.seq
            where a.account_id = :account
            """)
        .bind("account", account)
        .array("profiles", "text", keys.stream().map(EventKey::profile).toList())
        .array("ats", "bigint", keys.stream().map(key -> key.at().getEpochSecond()).toList())
        .array("seqs", "bigint", keys.stream().map(EventKey::seq).toList())
        .list(row -> {
          var profile = row.text("profile_id");
          return new Attribution(
              new EventKey(profile, row.instant("event_at"), row.number("event_seq")),
              new EventKey(profile, row.instant("touch_at"), row.number("touch_seq")),
              row.text("campaign_id"),
              row.text("message_id"));
        });
  }
}
