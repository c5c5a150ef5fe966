package carillon.reporting;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Cursor;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Json;
import carillon.jsonapi.Op;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is asked about the events of a metric.
 *
 * @param starts of the steps of time, the first at or before the span
 * @param by what rows are told apart by; one row for all when empty
 * @param sort empty for the order of the dimensions
 * @param after where the page starts
 * @param rows most rows of the page
 * @param returned the attributes to return
 */
record AggregateQuery(
    String metric,
    Set<Measurement> measurements,
    Span span,
    List<Instant> starts,
    List<Dimension> by,
    List<Condition> conditions,
    Optional<Sort> sort,
    Optional<After> after,
    int rows,
    Set<String> returned) {

  static final String DATES = "dates";
  static final String DATA = "data";

  private static final Set<String> RETURNED = Set.of(DATES, DATA, "id");

  /** More would take PostgreSQL long, and nobody could read it. */
  private static final int MOST_DIMENSIONS = 5;

  private static final int MOST_CONDITIONS = 20;
  private static final int USUAL_ROWS = 500;
  private static final int MOST_ROWS = 1000;

  /** Numbers in an answer: pages of many steps hold fewer rows. */
  private static final int MOST_NUMBERS = 500_000;

  /** Names that the published API does not take. */
  private static final Set<String> NO_ZONES = Set.of("Factory", "Europe/Kyiv", "Pacific/Kanton");

  private static final String DATETIME = "datetime";
  private static final List<Filterable> CONDITIONS =
      Stream.concat(
              Stream.of(Filterable.text(DATETIME, DATETIME, GREATER_OR_EQUAL, LESS_THAN)),
              Dimension.WORDS.stream().map(word -> Filterable.text(word, word, EQUALS).list(ANY)))
          .toList();

  private static final Field<String> METRIC =
      Schema.text().length(1, 255).as("metric_id").required();
  private static final Field<String> CURSOR = Schema.text().as("page_cursor");
  private static final Field<List<String>> MEASUREMENTS =
      Schema.items(Schema.choice(Measurement.words()))
          .size(1, Integer.MAX_VALUE)
          .as("measurements")
          .required();
  private static final Field<String> INTERVAL =
      Schema.choice(Interval.words()).as("interval").nullable().preset("day");
  private static final Field<Long> PAGE_SIZE =
      Schema.whole().as("page_size").nullable().preset(USUAL_ROWS);
  private static final Field<List<String>> BY =
      Schema.items(Schema.choice(Dimension.WORDS.toArray(String[]::new))).as("by").nullable();
  private static final Field<List<String>> RETURN_FIELDS =
      Schema.items(Schema.text()).as("return_fields").nullable();
  private static final Field<List<String>> FILTER =
      Schema.items(Schema.text()).as("filter").required();
  private static final Field<String> TIMEZONE =
      Schema.text().as("timezone").nullable().preset("UTC");
  private static final Field<String> SORT =
      Schema.choice(Dimension.sorts(Set.of(Measurement.words()))).as("sort");

  /** The attributes of the body. */
  static final Field<?>[] FIELDS = {
    METRIC, CURSOR, MEASUREMENTS, INTERVAL, PAGE_SIZE, BY, RETURN_FIELDS, FILTER, TIMEZONE, SORT
  };

  /** Which events count, by a dimension. */
  record Condition(Dimension dimension, boolean negated, List<String> values) {}

  /** By a dimension of the rows or a measurement of them. */
  record Sort(String word, boolean descending) {}

  /** The last row of the page before: what it is ordered by, as text, and its dimensions. */
  record After(String key, List<String> dimensions) {

    static After of(Cursor cursor) {
      var dimensions = Json.read(cursor.id()).valueStream().map(one -> one.stringValue()).toList();
      return new After(cursor.key().orElse(""), dimensions);
    }

    Cursor cursor() {
      return new Cursor(true, Optional.of(key), Json.MAPPER.writeValueAsString(dimensions));
    }
  }

  AggregateQuery {
    measurements = Collections.unmodifiableSet(new LinkedHashSet<>(measurements));
    starts = List.copyOf(starts);
    by = List.copyOf(by);
    conditions = List.copyOf(conditions);
    returned = Set.copyOf(returned);
  }

  /** Whether rows are ordered by a measurement. */
  boolean sortsByMeasurement() {
    return sort.filter(by -> !Dimension.WORDS.contains(by.word())).isPresent();
  }

  /**
   * The query in a body.
   *
   * @throws ApiError telling every rule that is broken
   */
  static AggregateQuery read(Request request) {
    var faults = new ArrayList<Fault>();
    var zone = zone(request.find(TIMEZONE).orElse("UTC"), faults);
    var conditions = new ArrayList<Condition>();
    var span = span(request.get(FILTER), zone, conditions, faults);
    var by = request.find(BY).orElse(List.of()).stream().distinct().map(Dimension::new).toList();
    if (by.size() > MOST_DIMENSIONS) {
      faults.add(fault("by", "No more than " + MOST_DIMENSIONS + " can be grouped by."));
    }
    var measurements =
        new LinkedHashSet<>(request.get(MEASUREMENTS).stream().map(Measurement::of).toList());
    var sort = request.find(SORT).map(word -> sort(word, by, measurements, faults));
    var returned = returned(request.find(RETURN_FIELDS).orElse(List.of()), faults);
    var size = size(request.find(PAGE_SIZE).orElse((long) USUAL_ROWS), faults);
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
    var starts = Interval.of(request.find(INTERVAL).orElse(Interval.DAY.word())).starts(span, zone);
    var query =
        new AggregateQuery(
            request.get(METRIC),
            measurements,
            span,
            starts,
            by,
            conditions,
            sort,
            request.select().cursor().map(After::of),
            Math.clamp(MOST_NUMBERS / (starts.size() * measurements.size()), 1, size),
            returned);
    query.checkCursor();
    return query;
  }

  /** A cursor is of use only to the query that it came from. */
  private void checkCursor() {
    if (after.isPresent()
        && (after.get().dimensions().size() != by.size()
            || (sortsByMeasurement() && !isNumber(after.get().key())))) {
      throw ApiError.invalid(pointer("page_cursor"), "Invalid cursor provided.");
    }
  }

  private static boolean isNumber(String text) {
    try {
      return new BigDecimal(text).precision() > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static ZoneId zone(String name, List<Fault> faults) {
    if (!ZoneId.getAvailableZoneIds().contains(name) || NO_ZONES.contains(name)) {
      faults.add(fault("timezone", "'" + name + "' is not the IANA name of a time zone."));
      return ZoneOffset.UTC;
    }
    return ZoneId.of(name);
  }

  private static Span span(
      List<String> filter, ZoneId zone, List<Condition> conditions, List<Fault> faults) {
    var from = new ArrayList<Instant>();
    var to = new ArrayList<Instant>();
    for (int i = 0; i < filter.size(); i++) {
      var text = filter.get(i).trim();
      var negated = text.startsWith("not(") && text.endsWith(")");
      var pointer = pointer("filter") + "/" + i;
      var plain = negated ? text.substring(4, text.length() - 1) : text;
      var leaves = Filter.read(plain, CONDITIONS, pointer, faults).leaves().toList();
      if (negated && leaves.size() > 1) {
        faults.add(Fault.at(pointer, "Only one condition can be negated at once."));
      }
      for (var leaf : leaves) {
        if (!Filter.fieldOf(leaf).equals(DATETIME)) {
          conditions.add(condition(leaf, negated));
        } else if (negated) {
          faults.add(Fault.at(pointer, "A condition on datetime cannot be negated."));
        } else {
          bound(leaf, zone, pointer, from, to, faults);
        }
      }
    }
    if (conditions.size() > MOST_CONDITIONS) {
      faults.add(fault("filter", "No more than " + MOST_CONDITIONS + " conditions are allowed."));
    }
    return faults.isEmpty() ? span(from, to, zone, faults) : new Span(Instant.MIN, Instant.MIN);
  }

  private static Span span(List<Instant> from, List<Instant> to, ZoneId zone, List<Fault> faults) {
    if (from.size() != 1 || to.size() != 1) {
      faults.add(
          fault(
              "filter",
              "The filter must hold one greater-or-equal and one less-than condition on"
                  + " datetime."));
      return new Span(Instant.MIN, Instant.MIN);
    }
    var span = new Span(from.getFirst(), to.getFirst());
    if (!span.from().isBefore(span.to())) {
      faults.add(fault("filter", "The end of the time range must be after its start."));
    } else if (span.to().isAfter(span.from().atZone(zone).plusYears(1).toInstant())) {
      faults.add(fault("filter", "The time range may not be longer than one year."));
    }
    return span;
  }

  private static void bound(
      Filter leaf,
      ZoneId zone,
      String pointer,
      List<Instant> from,
      List<Instant> to,
      List<Fault> faults) {
    if (leaf instanceof Filter.Compare(_, var op, String text)) {
      moment(text, zone)
          .ifPresentOrElse(
              (op == LESS_THAN ? to : from)::add,
              () ->
                  faults.add(
                      Fault.at(pointer, "'" + text + "' is not a valid value for datetime")));
    }
  }

  /** A reading of the clock without an offset is one of a clock on the wall there. */
  private static Optional<Instant> moment(String text, ZoneId zone) {
    var told = text.trim();
    var absolute =
        told.length() > 10 && told.substring(10).matches("(?i).*(z|[+-]\\d\\d(:?\\d\\d)?)");
    return Json.moment(told)
        .map(moment ->
            absolute
                ? moment
                : moment.atOffset(ZoneOffset.UTC).toLocalDateTime().atZone(zone).toInstant());
  }

  private static Condition condition(Filter leaf, boolean negated) {
    return switch (leaf) {
      case Filter.Compare(var field, Op _, var value) ->
          new Condition(new Dimension(field.name()), negated, List.of(value.toString()));
      case Filter.CompareList(var field, Op _, var values) ->
          new Condition(
              new Dimension(field.name()), negated, values.stream().map(Object::toString).toList());
      case Filter.And _, Filter.Has _ -> throw new IllegalStateException("no leaf of a dimension");
    };
  }

  private static Sort sort(
      String word, List<Dimension> by, Set<Measurement> measurements, List<Fault> faults) {
    var descending = word.startsWith("-");
    var name = descending ? word.substring(1) : word;
    if (by.stream().noneMatch(one -> one.word().equals(name))
        && measurements.stream().noneMatch(one -> one.word().equals(name))) {
      faults.add(fault("sort", "'" + name + "' is neither measured nor grouped by."));
    }
    return new Sort(name, descending);
  }

  private static Set<String> returned(List<String> names, List<Fault> faults) {
    names.stream()
        .filter(name -> !RETURNED.contains(name))
        .forEach(name ->
            faults.add(
                fault(
                    "return_fields",
                    "'" + name + "' is not a valid field for the resource 'metric-aggregate'.")));
    return names.isEmpty() ? RETURNED : Set.copyOf(names);
  }

  private static int size(long asked, List<Fault> faults) {
    if (asked < 1 || asked > MOST_ROWS) {
      faults.add(
          fault("page_size", "Page size must be an integer between 1 and " + MOST_ROWS + "."));
      return USUAL_ROWS;
    }
    return (int) asked;
  }

  private static Fault fault(String attribute, String detail) {
    return Fault.at(pointer(attribute), detail);
  }

  private static String pointer(String attribute) {
    return "/data/attributes/" + attribute;
  }
}
