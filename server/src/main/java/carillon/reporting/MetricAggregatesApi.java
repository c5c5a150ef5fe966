package carillon.reporting;

import carillon.events.Metrics;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.reporting.AggregateStore.Line;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operation that counts the events of a metric. */
public final class MetricAggregatesApi {

  /** A page of what was counted; the id is made for the occasion. */
  private record Aggregate(String id, AggregateQuery query, List<Line> lines) {

    Object dates() {
      return query.returned().contains(AggregateQuery.DATES) ? query.starts() : Attribute.ABSENT;
    }

    Object data() {
      return query.returned().contains(AggregateQuery.DATA)
          ? lines.stream().map(Aggregate::line).toList()
          : Attribute.ABSENT;
    }

    private static Map<String, Object> line(Line line) {
      var measurements = new LinkedHashMap<String, Object>();
      line.measurements()
          .forEach(
              (word, values) -> measurements.put(word, Arrays.stream(values).boxed().toList()));
      var all = new LinkedHashMap<String, Object>();
      all.put("dimensions", line.dimensions());
      all.put("measurements", measurements);
      return all;
    }
  }

  private static final ResourceType<Aggregate> AGGREGATE =
      ResourceType.of(
          "metric-aggregate",
          "metric-aggregates",
          Aggregate::id,
          List.of(
              Attribute.of(
                  Schema.items(Schema.moment()).as(AggregateQuery.DATES).required(),
                  Aggregate::dates),
              Attribute.of(
                  Schema.items(
                          Schema.struct(
                              "",
                              Schema.items(Schema.text()).as("dimensions").required(),
                              Schema.free().as("measurements").required()))
                      .as(AggregateQuery.DATA)
                      .required(),
                  Aggregate::data)));

  private final AggregateStore store;
  private final Metrics metrics;
  private final Ids ids;

  public MetricAggregatesApi(Database db, Metrics metrics, Ids ids) {
    this.store = new AggregateStore(db);
    this.metrics = metrics;
    this.ids = ids;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        AGGREGATE
            .query(
                "query_metric_aggregates",
                "/api/metric-aggregates",
                "Count the events of a metric by time and properties")
            .group("Metrics")
            .aliases("create_metric_aggregate")
            .scopes("metrics:read")
            .limit(RateLimit.S)
            .pageInBody()
            .body(Body.of("metric-aggregate").attributes(AggregateQuery.FIELDS))
            .to(this::count));
  }

  private Reply count(Request request) {
    var query = AggregateQuery.read(request);
    metrics.get(request.account(), query.metric());
    var page = store.lines(request.account(), query);
    var id = Long.toString(ids.uuid().getLeastSignificantBits());
    return new Reply.Report(new Aggregate(id, query, page.rows()), page.next(), page.prev());
  }
}
