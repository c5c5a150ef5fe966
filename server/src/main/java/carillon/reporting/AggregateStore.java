package carillon.reporting;

import static java.util.stream.Collectors.joining;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Cursor;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.db.TookTooLong;
import carillon.platform.db.Tx;
import carillon.reporting.AggregateQuery.After;
import carillon.reporting.AggregateQuery.Condition;
import carillon.reporting.AggregateQuery.Sort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts events in the database, by steps of time and dimensions. */
final class AggregateStore {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final String FACTS =
      """
      with facts as (
        select array[%s]::text[] as dimensions, width_bucket(e.at, :starts) as step,
          %s as person, count(*) as events, %s as value
        from event e
        %s
        where e.account_id = :account and e.metric_id = :metric and e.at >= :from and e.at < :to
          %s
        group by 1, 2, 3),
      """;

  private static final String LINES =
      """
      cells as (
        select dimensions, step, sum(events) as "count", coalesce(sum(value), 0) as "sum_value",
          count(*)::numeric as "unique"
        from facts group by 1, 2),
      lines as (
        select * from (select dimensions, %1$s as key from cells group by dimensions) l
        %2$s
        order by key %3$s, dimensions %3$s
        limit :rows)
      select l.key::text as key, c.*
      from lines l join cells c on c.dimensions = l.dimensions
      order by l.key %3$s, l.dimensions %3$s, c.step
      """;

  private final Database db;

  AggregateStore(Database db) {
    this.db = db;
  }

  /** What was counted of the events with these dimensions, by measurement and step. */
  record Line(String key, List<String> dimensions, Map<String, double[]> measurements) {}

  private record Cell(
      String key, List<String> dimensions, int step, Map<Measurement, Double> values) {}

  Slice<Line> lines(String account, AggregateQuery query) {
    try {
      return db.transaction(tx -> {
        tx.limit(LONGEST);
        return page(query, cells(tx, account, query));
      });
    } catch (TookTooLong _) {
      throw ApiError.of(
          Fault.Code.UNAVAILABLE,
          "Counting these events takes too long. Ask for a shorter time or fewer dimensions.");
    }
  }

  private static Slice<Line> page(AggregateQuery query, List<Cell> cells) {
    var lines = new LinkedHashMap<List<String>, Line>();
    if (query.by().isEmpty()) {
      lines.put(List.of(), empty(query, "", List.of()));
    }
    for (var cell : cells) {
      var line =
          lines.computeIfAbsent(
              cell.dimensions(), dimensions -> empty(query, cell.key(), dimensions));
      cell.values()
          .forEach((one, value) -> line.measurements().get(one.word())[cell.step() - 1] = value);
    }
    var all = new ArrayList<>(lines.values());
    if (all.size() <= query.rows()) {
      return Slice.all(all);
    }
    var page = all.subList(0, query.rows());
    var last = page.getLast();
    return new Slice<>(
        List.copyOf(page),
        Optional.of(new After(last.key(), last.dimensions()).cursor()),
        Optional.<Cursor>empty());
  }

  private static Line empty(AggregateQuery query, String key, List<String> dimensions) {
    var measurements = new LinkedHashMap<String, double[]>();
    query
        .measurements()
        .forEach(one -> measurements.put(one.word(), new double[query.starts().size()]));
    return new Line(key, dimensions, measurements);
  }

  private static List<Cell> cells(Tx tx, String account, AggregateQuery query) {
    var statement =
        tx.sql(sql(query))
            .bind("account", account)
            .bind("metric", query.metric())
            .bind("from", query.span().from())
            .bind("to", query.span().to())
            .array("starts", "timestamptz", query.starts())
            .bind("rows", query.rows() + 1);
    for (int i = 0; i < query.conditions().size(); i++) {
      statement.array("values" + i, "text", query.conditions().get(i).values());
    }
    query
        .after()
        .ifPresent(after ->
            statement
                .bind("afterKey", after.key())
                .array("afterDimensions", "text", after.dimensions()));
    return statement.list(row -> cell(row, query));
  }

  private static Cell cell(Row row, AggregateQuery query) {
    var values = new EnumMap<Measurement, Double>(Measurement.class);
    query.measurements().forEach(one -> values.put(one, row.decimal(one.word()).doubleValue()));
    return new Cell(row.text("key"), row.texts("dimensions"), row.integer("step"), values);
  }

  /** Events become facts, of each person apart only if people are counted; facts become cells. */
  private static String sql(AggregateQuery query) {
    var direction = query.sort().filter(Sort::descending).isPresent() ? "desc" : "asc";
    return FACTS.formatted(
            query.by().stream().map(Dimension::sql).collect(joining(", ")),
            query.measurements().contains(Measurement.UNIQUE) ? "e.profile_id" : "''",
            query.measurements().contains(Measurement.SUM_VALUE) ? "sum(e.value)" : "0",
            joins(query),
            conditions(query))
        + LINES.formatted(
            query.sort().map(sort -> key(query, sort)).orElse("''"), after(query), direction);
  }

  private static String joins(AggregateQuery query) {
    return Stream.concat(query.by().stream(), query.conditions().stream().map(Condition::dimension))
        .flatMap(dimension -> dimension.joins().stream())
        .distinct()
        .collect(joining());
  }

  private static String conditions(AggregateQuery query) {
    var all = new StringBuilder();
    for (int i = 0; i < query.conditions().size(); i++) {
      var condition = query.conditions().get(i);
      all.append("and ").append(condition.dimension().sql());
      all.append(condition.negated() ? " <> all(:values" : " = any(:values").append(i).append(") ");
    }
    return all.toString();
  }

  /** What lines are ordered by. */
  private static String key(AggregateQuery query, Sort sort) {
    for (int i = 0; i < query.by().size(); i++) {
      if (query.by().get(i).word().equals(sort.word())) {
        return "dimensions[" + (i + 1) + "]";
      }
    }
    return "sum(\"" + sort.word() + "\")";
  }

  private static String after(AggregateQuery query) {
    if (query.after().isEmpty()) {
      return "";
    }
    return "where (key, dimensions) %s (:afterKey::%s, :afterDimensions)"
        .formatted(
            query.sort().filter(Sort::descending).isPresent() ? "<" : ">",
            query.sortsByMeasurement() ? "numeric" : "text");
  }
}
