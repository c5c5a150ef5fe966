package carillon.events;

import carillon.jsonapi.ApiError;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of events of an account: made when first used, never deleted. */
public final class Metrics {

  private record Place(String account, MetricName name) {}

  private final Database db;
  private final MetricStore store;
  private final Cache<Place, Metric> cache = Caffeine.newBuilder().maximumSize(50_000).build();

  public Metrics(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.store = new MetricStore(db, clock, ids);
  }

  MetricStore store() {
    return store;
  }

  /**
   * The metric with an id.
   *
   * @throws ApiError 404 when there is none
   */
  public Metric get(String account, String id) {
    return find(account, id).orElseThrow(() -> ApiError.missing("A", "metric", id));
  }

  /** The metric with an id. */
  public Optional<Metric> find(String account, String id) {
    return store.metric(account, id);
  }

  /** The metric of that name, if it was ever used. */
  public Optional<Metric> find(String account, MetricName name) {
    return store.find(db, account, name);
  }

  /** Metrics by id; unknown ids are left out. */
  public Map<String, Metric> byIds(String account, Collection<String> ids) {
    return store.metrics(account, Set.copyOf(ids)).stream()
        .collect(Collectors.toMap(Metric::id, metric -> metric));
  }

  /** The metrics of these names; those not there yet are made. */
  Map<MetricName, Metric> named(Queries queries, String account, Collection<MetricName> names) {
    var all = new HashMap<MetricName, Metric>();
    for (var name : names) {
      all.computeIfAbsent(name, _ -> named(queries, account, name));
    }
    return all;
  }

  private Metric named(Queries queries, String account, MetricName name) {
    var place = new Place(account, name);
    var known = cache.getIfPresent(place);
    if (known != null) {
      return known;
    }
    var made = store.make(queries, account, name);
    queries.afterCommit(() -> cache.put(place, made));
    return made;
  }

  /** Remembers that events of these metrics have values. */
  void noteValues(Queries queries, String account, List<Metric> metrics) {
    store.noteValues(queries, account, metrics.stream().map(Metric::id).sorted().toList());
    queries.afterCommit(() -> metrics.forEach(metric -> cache.invalidate(place(account, metric))));
  }

  private static Place place(String account, Metric metric) {
    return new Place(account, metric.name());
  }
}
