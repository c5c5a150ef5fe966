package carillon.events;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;

/**
 * Learns which properties the events of a metric have. What is known is kept in memory, so that
 * events that show nothing new cost no statement.
 */
final class Lessons {

  private static final int MOST_PROPERTIES = 1000;
  private static final int MOST_SAMPLES = 5;
  private static final int LONGEST_SAMPLE = 200;
  private static final int LONGEST_NAME = 500;

  private record Subject(String account, String metric) {}

  private final MetricStore store;
  private final Cache<Subject, Map<String, MetricProperty>> known =
      Caffeine.newBuilder().maximumSize(10_000).build();

  Lessons(MetricStore store) {
    this.store = store;
  }

  /** Learns from events, given by the id of their metric. */
  void learn(Queries queries, String account, Map<String, List<NewEvent>> events) {
    var learnt = new HashMap<MetricProperty.Key, MetricProperty>();
    events.forEach((metric, all) -> {
      var before = knownOf(queries, account, metric);
      all.forEach(event -> study(before, metric, event, learnt));
    });
    if (!learnt.isEmpty()) {
      store.learn(queries, account, List.copyOf(learnt.values()));
      queries.afterCommit(() -> remember(account, learnt.values()));
    }
  }

  private void remember(String account, Collection<MetricProperty> learnt) {
    for (var property : learnt) {
      var properties = known.getIfPresent(new Subject(account, property.metric()));
      if (properties != null) {
        properties.put(property.property(), property);
      }
    }
  }

  private static void study(
      Map<String, MetricProperty> before,
      String metric,
      NewEvent event,
      Map<MetricProperty.Key, MetricProperty> learnt) {
    event
        .value()
        .ifPresent(value -> study(before, metric, "$value", DecimalNode.valueOf(value), learnt));
    for (var entry : event.properties().properties()) {
      study(before, metric, entry.getKey(), entry.getValue(), learnt);
    }
  }

  private static void study(
      Map<String, MetricProperty> before,
      String metric,
      String property,
      JsonNode value,
      Map<MetricProperty.Key, MetricProperty> learnt) {
    var familiar = before.get(property);
    if (familiar != null && familiar.type().equals(PropertyType.STRING) && isFull(familiar)) {
      return;
    }
    var type = PropertyType.of(value);
    if (type.isEmpty()
        || property.length() > LONGEST_NAME
        || (familiar != null && familiar.type().equals(type) && isFull(familiar))) {
      return;
    }
    var key = new MetricProperty.Key(metric, property);
    var old = learnt.getOrDefault(key, familiar);
    if (old == null) {
      if (before.size() < MOST_PROPERTIES) {
        var none = new MetricProperty(metric, property, type, Json.MAPPER.createArrayNode());
        learnt.put(key, withSamples(none, value));
      }
      return;
    }
    var better = withSamples(old.type().equals(type) ? old : retyped(old), value);
    if (better != old) {
      learnt.put(key, better);
    }
  }

  /** What was seen with values of two types is a text to whoever filters by it. */
  private static MetricProperty retyped(MetricProperty old) {
    return old.type().equals(PropertyType.STRING)
        ? old
        : new MetricProperty(old.metric(), old.property(), PropertyType.STRING, old.samples());
  }

  /** The samples are copied only when there is a new one, which soon is rare. */
  private static MetricProperty withSamples(MetricProperty old, JsonNode value) {
    var better = old;
    for (var one : value.isArray() ? value.values() : List.of(value)) {
      if (!isFull(better) && isSample(one) && !has(better, one)) {
        var samples = ((ArrayNode) better.samples().deepCopy()).add(one);
        better = new MetricProperty(old.metric(), old.property(), old.type(), samples);
      }
    }
    return better;
  }

  private static boolean isFull(MetricProperty property) {
    return property.samples().size() >= MOST_SAMPLES;
  }

  private static boolean isSample(JsonNode value) {
    return PropertyType.isScalar(value) && value.asString().length() <= LONGEST_SAMPLE;
  }

  private static boolean has(MetricProperty property, JsonNode value) {
    for (var sample : property.samples()) {
      if (sample.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Inside a transaction nothing is kept: what it has written may never have been. */
  private Map<String, MetricProperty> knownOf(Queries queries, String account, String metric) {
    var subject = new Subject(account, metric);
    var kept = known.getIfPresent(subject);
    if (kept != null) {
      return kept;
    }
    return switch (queries) {
      case Tx tx -> load(tx, subject);
      case Database db -> known.get(subject, one -> load(db, one));
    };
  }

  private Map<String, MetricProperty> load(Queries queries, Subject subject) {
    var all = new ConcurrentHashMap<String, MetricProperty>();
    store
        .properties(queries, subject.account(), subject.metric())
        .forEach(property -> all.put(property.property(), property));
    return all;
  }
}
