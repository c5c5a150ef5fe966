package carillon.events;

import static java.util.stream.Collectors.toMap;

import carillon.platform.db.Database;
import java.util.Map;

/** Events looked up by what makes them unique. */
final class UniqueEvents {

  private final Database db;

  UniqueEvents(Database db) {
    this.db = db;
  }

  /** Events of a metric by unique id; {@code profiles} says whose each is. */
  Map<String, Event> of(String account, String metric, Map<String, String> profiles) {
    var ids = profiles.keySet();
    return db
        .sql(
            """
            select e.profile_id, e.at, e.seq, e.metric_id, e.unique_id, e.value, e.properties
            from unnest(:profiles, :ids) n (profile, id)
            join event e on e.account_id = :account and e.profile_id = n.profile
              and e.metric_id = :metric and e.unique_id = n.id
            """)
        .bind("account", account)
        .bind("metric", metric)
        .array("ids", "text", ids)
        .array("profiles", "text", ids.stream().map(profiles::get).toList())
        .list(Event::read)
        .stream()
        .collect(toMap(Event::uniqueId, event -> event));
  }
}
