package carillon.events;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import carillon.profiles.Erased;
import carillon.profiles.Identities;
import carillon.profiles.Profiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people did, for the features that record it or follow it. */
public final class Events implements AutoCloseable {

  private final Database db;
  private final EventStore store;
  private final UniqueEvents unique;
  private final Metrics metrics;
  private final Recorder recorder;
  private final Intake intake;

  /** Starts taking events in; closing writes what waits. */
  public Events(
      Database db,
      Clock clock,
      Metrics metrics,
      Profiles profiles,
      Identities identities,
      Outbox outbox,
      MeterRegistry meters) {
    this.db = db;
    this.store = new EventStore(db);
    this.unique = new UniqueEvents(db);
    this.metrics = metrics;
    this.recorder = new Recorder(db, clock, store, metrics, profiles, identities, outbox);
    this.intake = new Intake(recorder::write, meters);
  }

  EventStore store() {
    return store;
  }

  /**
   * Records events, together with those of others, and returns when they are durable. Not to be
   * called with a transaction open.
   *
   * @throws ApiError 503 when there is too much to do
   * @throws DatabaseUnavailable when they may not have been recorded
   */
  public void record(String account, List<NewEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    if (db.isTrial()) {
      db.transact(tx -> recorder.record(tx, account, events));
    } else {
      intake.record(account, events);
    }
  }

  /** Records events in a transaction, with which they come to stand or fall. */
  public void record(Tx tx, String account, List<NewEvent> events) {
    if (!events.isEmpty()) {
      recorder.record(tx, account, events);
    }
  }

  /** Events of a metric by their unique ids; {@code profiles} says whose each would be. */
  public Map<String, Event> byUniqueId(
      String account, MetricName metric, Map<String, String> profiles) {
    return metrics
        .find(account, metric)
        .map(found -> unique.of(account, found.id(), profiles))
        .orElse(Map.of());
  }

  /** Records on a profile that another was merged into it. */
  public void merged(Tx tx, String account, String source, String destination, Instant at) {
    var properties =
        Json.object().put("MergeType", "Merged via API").put("MergeDate", Json.print(at));
    properties.putObject("$extra").put("KlaviyoID", source);
    var uniqueId = "merge_tombstone:" + source + ":" + destination;
    record(
        tx,
        account,
        List.of(NewEvent.internal(destination, "Merged Profile", at, uniqueId, properties)));
  }

  /** Keeps the events of somebody who is forgotten, without anything that tells of them. */
  public int forget(Tx tx, Erased person) {
    return ForgottenEvents.forget(tx, person);
  }

  @Override
  public void close() {
    intake.close();
  }
}
