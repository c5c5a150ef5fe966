package carillon.events;

import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.XS;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Json;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The operations on metrics and their properties. */
public final class MetricsApi {

  private static final int PAGE = 200;

  private final Metrics metrics;
  private final MetricStore store;
  private final Relation.Included<Metric, ?> flowTriggers;
  private final ResourceType<Metric> metric;
  private final ResourceType<MetricProperty> property;

  /**
   * The operations.
   *
   * @param flowTriggers tells which flows metrics start
   */
  public MetricsApi(Metrics metrics, Relation.Included<Metric, ?> flowTriggers) {
    this.metrics = metrics;
    this.store = metrics.store();
    this.flowTriggers = flowTriggers;
    this.metric = type(flowTriggers);
    this.property =
        ResourceType.<MetricProperty>of(
                "metric-property",
                "metric-properties",
                MetricProperty::id,
                List.of(
                    Attribute.of(Schema.text().as("label").required(), MetricProperty::label),
                    Attribute.of(Schema.text().as("property").required(), MetricProperty::property),
                    Attribute.of(
                        Schema.text().as("inferred_type").required(), MetricProperty::type),
                    Attribute.<MetricProperty>of(
                            Schema.items(
                                    Schema.oneOf(
                                        Schema.whole(),
                                        Schema.decimal(),
                                        Schema.text(),
                                        Schema.bool()))
                                .as("sample_values")
                                .nullable(),
                            MetricProperty::samples)
                        .onlyWhenAsked()))
            .with(
                List.of(
                    Relation.<MetricProperty>one("metric", "metric")
                        .inlined(property -> List.of(property.metric()))
                        .includable(
                            () -> metric, (caller, rows, _) -> metricsOf(caller.account(), rows))));
  }

  private static <F> ResourceType<Metric> type(Relation.Included<Metric, F> flowTriggers) {
    return ResourceType.<Metric>of(
            "metric",
            "metrics",
            Metric::id,
            List.of(
                Attribute.of(Schema.text().as("name").nullable(), metric -> metric.name().name()),
                Attribute.of(Schema.text().as("created").nullable(), Metric::created),
                Attribute.of(Schema.text().as("updated").nullable(), Metric::updated),
                Attribute.of(Schema.free().as("integration").nullable(), MetricsApi::integration)))
        .with(
            List.of(
                Relation.<Metric>many("flow-triggers", "flow")
                    .includable(flowTriggers.type(), flowTriggers.loader())));
  }

  private static JsonNode integration(Metric metric) {
    var integration = metric.name().integration();
    return Json.object()
        .put("object", "integration")
        .put("id", integration.id())
        .put("key", integration.key())
        .put("name", integration.name())
        .put("category", integration.category());
  }

  /** The resource type of metrics, for features that include them. */
  public ResourceType<Metric> type() {
    return metric;
  }

  public Stream<Operation> operations() {
    return Stream.of(metricOperations(), triggered(flowTriggers), propertyOperations())
        .flatMap(all -> all);
  }

  private Stream<Operation> metricOperations() {
    return Stream.of(
        reading(metric.list("get_metrics", "/api/metrics", "List the metrics"))
            .filter(MetricStore.INTEGRATION_NAME, MetricStore.INTEGRATION_CATEGORY)
            .order(MetricStore.CREATED, false)
            .include("flow-triggers")
            .pageOf(PAGE)
            .to(request -> Reply.rows(store.metrics(request.account(), request.select()))),
        reading(metric.get("get_metric", "/api/metrics/{id}", "Get a metric"))
            .include("flow-triggers")
            .to(request -> Reply.row(metrics.get(request.account(), request.id()))));
  }

  private <F> Stream<Operation> triggered(Relation.Included<Metric, F> triggers) {
    var flow = triggers.type().get();
    return Stream.of(
        reading(
                flow.list(
                    "get_flows_triggered_by_metric",
                    "/api/metrics/{id}/flow-triggers",
                    "List the flows a metric starts"))
            .scopes("flows:read", "metrics:read")
            .aliases("get_flow_triggers_for_metric", "get_metric_flow_triggers")
            .to(request -> Reply.rows(triggeredBy(triggers, request))),
        reading(
                flow.linkages(
                    "get_ids_for_flows_triggered_by_metric",
                    "/api/metrics/{id}/relationships/flow-triggers",
                    "List the ids of the flows a metric starts"))
            .scopes("flows:read", "metrics:read")
            .aliases("get_flow_trigger_ids_for_metric", "get_metric_relationships_flow_triggers")
            .to(request ->
                Reply.ids(triggeredBy(triggers, request).stream().map(flow.id()).toList())));
  }

  private <F> List<F> triggeredBy(Relation.Included<Metric, F> triggers, Request request) {
    var asked = metrics.get(request.account(), request.id());
    return triggers
        .loader()
        .load(request.caller(), List.of(asked), request.select())
        .getOrDefault(asked.id(), List.of());
  }

  private Stream<Operation> propertyOperations() {
    return Stream.of(
        reading(
                property.list(
                    "get_properties_for_metric",
                    "/api/metrics/{id}/metric-properties",
                    "List the properties events of a metric have"))
            .limit(XS)
            .additional("metric-property", "sample_values")
            .aliases("get_metric_metric_properties", "get_metric_properties")
            .to(request -> Reply.rows(properties(request))),
        reading(
                property.linkages(
                    "get_property_ids_for_metric",
                    "/api/metrics/{id}/relationships/metric-properties",
                    "List the ids of the properties events of a metric have"))
            .limit(XS)
            .aliases(
                "get_metric_relationships_metric_properties", "get_metric_relationships_properties")
            .to(request ->
                Reply.ids(properties(request).stream().map(MetricProperty::id).toList())),
        reading(
                property.get(
                    "get_metric_property",
                    "/api/metric-properties/{id}",
                    "Get a property of a metric"))
            .limit(XS)
            .additional("metric-property", "sample_values")
            .include("metric")
            .to(request -> Reply.row(property(request))),
        reading(
                metric.get(
                    "get_metric_for_metric_property",
                    "/api/metric-properties/{id}/metric",
                    "Get the metric of a property"))
            .limit(XS)
            .aliases("get_metric_property_metric")
            .to(request -> Reply.row(metrics.get(request.account(), property(request).metric()))),
        reading(
                metric.linkage(
                    "get_metric_id_for_metric_property",
                    "/api/metric-properties/{id}/relationships/metric",
                    "Get the id of the metric of a property"))
            .limit(XS)
            .aliases("get_metric_property_relationships_metric")
            .to(request -> Reply.id(property(request).metric())));
  }

  private List<MetricProperty> properties(Request request) {
    var asked = metrics.get(request.account(), request.id());
    return store.properties(request.account(), asked.id());
  }

  private MetricProperty property(Request request) {
    return MetricProperty.Key.parse(request.id())
        .flatMap(key -> store.property(request.account(), key))
        .orElseThrow(() -> ApiError.missing("A", "metric property", request.id()));
  }

  private Map<String, List<Metric>> metricsOf(
      String account, Collection<MetricProperty> properties) {
    var found = metrics.byIds(account, properties.stream().map(MetricProperty::metric).toList());
    return properties.stream()
        .collect(
            Collectors.toMap(
                MetricProperty::id, property -> List.of(found.get(property.metric()))));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Metrics").scopes("metrics:read").limit(M);
  }
}
