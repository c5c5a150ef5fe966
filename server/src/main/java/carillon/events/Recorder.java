package carillon.events;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import carillon.events.NewEvent.Subject;
import carillon.jsonapi.ApiError;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.ProfilePart;
import carillon.profiles.Profiles;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes events with all that follows from them: profiles, metrics, what was learnt, the news. */
final class Recorder {

  /**
   * Rows go in by the order of the unique index: of two writers with the same events one waits for
   * the other, and never both.
   */
  private static final Comparator<Ready> BY_UNIQUENESS =
      Comparator.<Ready, String>comparing(ready -> ready.row().key().profile())
          .thenComparing(ready -> ready.row().metric())
          .thenComparing(ready -> ready.row().uniqueId());

  private final Database db;
  private final Clock clock;
  private final EventStore store;
  private final Metrics metrics;
  private final Lessons lessons;
  private final Profiles profiles;
  private final Identities identities;
  private final Outbox outbox;
  private final EventNumbers numbers = new EventNumbers();

  Recorder(
      Database db,
      Clock clock,
      EventStore store,
      Metrics metrics,
      Profiles profiles,
      Identities identities,
      Outbox outbox) {
    this.db = db;
    this.clock = clock;
    this.store = store;
    this.metrics = metrics;
    this.lessons = new Lessons(metrics.store());
    this.profiles = profiles;
    this.identities = identities;
    this.outbox = outbox;
  }

  private record Prepared(String account, List<NewEvent> events, Map<MetricName, Metric> metrics) {}

  private record Ready(EventStore.NewRow row, boolean backfill) {}

  /**
   * Commits events of any accounts together. Metrics and their properties are made before, on their
   * own: they may stand without events, and are locked no longer than they must be.
   */
  void write(List<Intake.Parcel> parcels) {
    var byAccount = new LinkedHashMap<String, List<NewEvent>>();
    for (var parcel : parcels) {
      byAccount.computeIfAbsent(parcel.account(), _ -> new ArrayList<>()).addAll(parcel.events());
    }
    var all =
        byAccount.entrySet().stream()
            .map(entry -> prepare(db, entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Prepared::account))
            .toList();
    db.transact(Database.Repeat.SAFE, tx -> all.forEach(prepared -> record(tx, prepared)));
  }

  /** Records events of one account inside a transaction of the caller's. */
  void record(Tx tx, String account, List<NewEvent> events) {
    record(tx, prepare(tx, account, events));
  }

  private Prepared prepare(Queries queries, String account, List<NewEvent> events) {
    var named = metrics.named(queries, account, events.stream().map(NewEvent::metric).toList());
    lessons.learn(
        queries,
        account,
        events.stream()
            .collect(groupingBy(event -> named.get(event.metric()).id(), HashMap::new, toList())));
    var newlyValued =
        events.stream()
            .filter(event -> event.value().isPresent())
            .map(event -> named.get(event.metric()))
            .filter(metric -> !metric.hasValue())
            .distinct()
            .toList();
    if (!newlyValued.isEmpty()) {
      metrics.noteValues(queries, account, newlyValued);
    }
    return new Prepared(account, events, named);
  }

  private void record(Tx tx, Prepared prepared) {
    var whose = whose(tx, prepared);
    var ready = new ArrayList<Ready>(whose.size());
    for (int i = 0; i < whose.size(); i++) {
      ready.add(ready(tx, prepared, prepared.events().get(i), whose.get(i)));
    }
    ready.sort(BY_UNIQUENESS);
    var inserted = store.insert(tx, prepared.account(), ready.stream().map(Ready::row).toList());
    var now = clock.instant();
    noteAhead(tx, prepared.account(), ready, now);
    outbox.tell(
        tx,
        EventRecorded.news(
            prepared.account(),
            now,
            ready.stream()
                .filter(one -> inserted.contains(one.row().key().seq()))
                .sorted(Comparator.comparingLong(one -> one.row().key().seq()))
                .map(one -> new EventRecorded(one.row().key(), one.row().metric(), one.backfill()))
                .toList()));
  }

  private static void noteAhead(Tx tx, String account, List<Ready> ready, Instant now) {
    var ahead =
        ready.stream().map(one -> one.row().key().at()).filter(at -> at.isAfter(now)).toList();
    if (!ahead.isEmpty()) {
      EventsAhead.note(tx, account, ahead);
    }
  }

  /**
   * The profile of each event; the parts of a request that stand for several are looked up once.
   */
  private List<String> whose(Tx tx, Prepared prepared) {
    var places = new IdentityHashMap<ProfilePart, Integer>();
    var parts = new ArrayList<ProfilePart>();
    for (var event : prepared.events()) {
      if (event.subject() instanceof Subject.Described(var part)
          && places.putIfAbsent(part, parts.size()) == null) {
        parts.add(part);
      }
    }
    var resolved = parts.isEmpty() ? List.<String>of() : resolved(tx, prepared.account(), parts);
    var known = known(tx, prepared);
    return prepared.events().stream()
        .map(event ->
            switch (event.subject()) {
              case Subject.Known(var profile) -> known.get(profile);
              case Subject.Described(var part) -> resolved.get(places.get(part));
            })
        .toList();
  }

  /** Who was merged away since is stood for by the heir; the events of others stay their own. */
  private Map<String, String> known(Tx tx, Prepared prepared) {
    var all = new HashMap<String, String>();
    for (var event : prepared.events()) {
      if (event.subject() instanceof Subject.Known(var profile)) {
        all.put(profile, profile);
      }
    }
    if (!all.isEmpty()) {
      var living = profiles.existing(tx, prepared.account(), all.keySet());
      all.replaceAll((id, _) ->
          living.contains(id) ? id : identities.find(tx, prepared.account(), id).orElse(id));
    }
    return all;
  }

  private List<String> resolved(Tx tx, String account, List<ProfilePart> parts) {
    var found = identities.resolve(tx, account, parts);
    var ids = new ArrayList<String>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      ids.add(found.get(i).profileId().orElseThrow(() -> nobody(part)));
    }
    return ids;
  }

  private static ApiError nobody(ProfilePart part) {
    return ApiError.missing("A", "profile", part.id().or(part::kx).orElse(""));
  }

  private Ready ready(Tx tx, Prepared prepared, NewEvent event, String profile) {
    var metric = prepared.metrics().get(event.metric());
    var key = new EventKey(profile, event.at().truncatedTo(ChronoUnit.SECONDS), numbers.next(tx));
    return new Ready(
        new EventStore.NewRow(
            key,
            metric.id(),
            event.effectiveUniqueId(),
            value(event, metric),
            event.properties().toString()),
        event.backfill());
  }

  /** Once a metric has had values, an event without one counts as worth nothing. */
  private static Optional<BigDecimal> value(NewEvent event, Metric metric) {
    return event.value().isPresent() || !metric.hasValue()
        ? event.value()
        : Optional.of(BigDecimal.ZERO);
  }
}
