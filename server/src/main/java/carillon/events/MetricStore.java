package carillon.events;

import static carillon.jsonapi.Op.EQUALS;

import carillon.jsonapi.Filterable;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Metrics and what is known of their properties, in the database. */
final class MetricStore {

  static final Filterable INTEGRATION_NAME =
      Filterable.text("integration.name", "m.integration_name", EQUALS);
  static final Filterable INTEGRATION_CATEGORY =
      Filterable.text("integration.category", "m.integration_category", EQUALS);
  static final Sortable CREATED = Sortable.moment("created", "m.created_at");

  private static final String METRICS = "select m.* from metric m where m.account_id = :account";
  private static final String PROPERTIES =
      "select p.* from metric_property p where p.account_id = :account and p.metric_id = :metric";

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  MetricStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<Metric> metrics(String account, Select select) {
    return new Paged<>(METRICS, "m.id", "text", MetricStore::metric)
        .bind("account", account)
        .page(db, select);
  }

  Optional<Metric> metric(String account, String id) {
    return db.sql(METRICS + " and m.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(MetricStore::metric);
  }

  List<Metric> metrics(String account, Collection<String> wanted) {
    return db.sql(METRICS + " and m.id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", wanted)
        .list(MetricStore::metric);
  }

  Optional<Metric> find(Queries queries, String account, MetricName name) {
    return queries
        .sql(METRICS + " and m.integration_name = :integration and m.name = :name")
        .bind("account", account)
        .bind("integration", name.integration().name())
        .bind("name", name.name())
        .first(MetricStore::metric);
  }

  /** Makes metrics unless they are there; the insert may meet a taken id and then tries another. */
  Metric make(Queries queries, String account, MetricName name) {
    for (var found = find(queries, account, name); ; found = find(queries, account, name)) {
      if (found.isPresent()) {
        return found.get();
      }
      insert(queries, account, name);
    }
  }

  private void insert(Queries queries, String account, MetricName name) {
    queries
        .sql(
            """
            insert into metric (account_id, id, name, integration_id, integration_key,
              integration_name, integration_category, created_at, updated_at)
            values (:account, :id, :name, :integrationId, :key, :integration, :category, :now, :now)
            on conflict do nothing
            """)
        .bind("account", account)
        .bind("id", ids.shortId())
        .bind("name", name.name())
        .bind("integrationId", name.integration().id())
        .bind("key", name.integration().key())
        .bind("integration", name.integration().name())
        .bind("category", name.integration().category())
        .bind("now", clock.instant())
        .run();
  }

  void noteValues(Queries queries, String account, Collection<String> metrics) {
    queries
        .sql(
            """
            update metric set has_value = true, updated_at = :now
            where account_id = :account and id = any(:metrics) and not has_value
            """)
        .bind("account", account)
        .array("metrics", "text", metrics)
        .bind("now", clock.instant())
        .run();
  }

  List<MetricProperty> properties(Queries queries, String account, String metric) {
    return queries
        .sql(PROPERTIES + " order by p.property")
        .bind("account", account)
        .bind("metric", metric)
        .list(MetricStore::property);
  }

  List<MetricProperty> properties(String account, String metric) {
    return properties(db, account, metric);
  }

  Optional<MetricProperty> property(String account, MetricProperty.Key key) {
    return db.sql(PROPERTIES + " and p.property = :property")
        .bind("account", account)
        .bind("metric", key.metric())
        .bind("property", key.property())
        .first(MetricStore::property);
  }

  /** In one order, so that writers who learn the same at the same time only wait for each other. */
  void learn(Queries queries, String account, List<MetricProperty> learnt) {
    queries
        .sql(
            """
            insert into metric_property
              (account_id, metric_id, property, inferred_type, samples, created_at)
            select :account, metric, property, type, samples, :now
            from unnest(:metrics, :properties, :types, :samples) p (metric, property, type, samples)
            order by metric, property
            on conflict (account_id, metric_id, property) do update
            set samples = excluded.samples, inferred_type = excluded.inferred_type
            """)
        .bind("account", account)
        .bind("now", clock.instant())
        .array("metrics", "text", learnt.stream().map(MetricProperty::metric).toList())
        .array("properties", "text", learnt.stream().map(MetricProperty::property).toList())
        .array("types", "text", learnt.stream().map(MetricProperty::type).toList())
        .array("samples", "jsonb", learnt.stream().<JsonNode>map(MetricProperty::samples).toList())
        .run();
  }

  private static Metric metric(Row row) {
    var integration =
        new Integration(
            row.text("integration_id"),
            row.text("integration_key"),
            row.text("integration_name"),
            row.text("integration_category"));
    return new Metric(
        row.text("id"),
        new MetricName(integration, row.text("name")),
        row.bool("has_value"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static MetricProperty property(Row row) {
    return new MetricProperty(
        row.text("metric_id"),
        row.text("property"),
        row.text("inferred_type"),
        row.json("samples"));
  }
}
