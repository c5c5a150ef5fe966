package carillon.reporting;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a campaign values report is asked for. */
record ReportQuery(
    Set<Statistic> statistics,
    Span span,
    String conversionMetric,
    Set<Grouping> groupBy,
    MessageFilter filter) {

  private static final List<Grouping> NEEDED =
      List.of(Grouping.CAMPAIGN_ID, Grouping.CAMPAIGN_MESSAGE_ID);
  private static final List<Grouping> USUAL =
      List.of(Grouping.CAMPAIGN_ID, Grouping.CAMPAIGN_MESSAGE_ID, Grouping.SEND_CHANNEL);

  private static final Field<List<String>> STATISTICS =
      Schema.items(Schema.choice(Statistic.words()))
          .size(1, Integer.MAX_VALUE)
          .as("statistics")
          .required();
  private static final Field<String> KEY = Schema.choice(Timeframe.words()).as("key").required();
  private static final Field<Instant> START = new Schema.Moment().as("start").required();
  private static final Field<Instant> END = new Schema.Moment().as("end").required();
  private static final Field<JsonNode> TIMEFRAME =
      Schema.oneOf(Schema.struct("timeframe", KEY), Schema.struct("custom_timeframe", START, END))
          .as("timeframe")
          .required();
  private static final Field<String> METRIC =
      Schema.text().length(1, 255).as("conversion_metric_id").required();
  private static final Field<List<String>> GROUP_BY =
      Schema.items(Schema.choice(Grouping.words())).as("group_by").nullable();
  private static final Field<String> FILTER = Schema.text().as("filter").nullable();

  /** The attributes of the body. */
  static final Field<?>[] FIELDS = {STATISTICS, TIMEFRAME, METRIC, GROUP_BY, FILTER};

  ReportQuery {
    statistics = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(statistics));
    groupBy = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(groupBy));
  }

  /**
   * The query in a body.
   *
   * @param metrics tells whether the account has a metric with that id
   * @throws ApiError telling every rule that is broken
   */
  static ReportQuery read(Request request, Instant now, ZoneId zone, Predicate<String> metrics) {
    var faults = new ArrayList<Fault>();
    var metric = request.get(METRIC);
    if (!metrics.test(metric)) {
      faults.add(fault("conversion_metric_id", "A metric with id " + metric + " does not exist."));
    }
    var groupBy = request.find(GROUP_BY).map(words -> words.stream().map(Grouping::of).toList());
    if (groupBy.isPresent() && !groupBy.get().containsAll(NEEDED)) {
      faults.add(fault("group_by", "'group_by' must contain " + Grouping.listed(NEEDED) + "."));
    }
    var filter =
        request
            .find(FILTER)
            .filter(text -> !text.isBlank())
            .map(text -> MessageFilter.read(text, pointer("filter"), faults));
    var span = span((ObjectNode) request.get(TIMEFRAME), now, zone, faults);
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
    return new ReportQuery(
        new LinkedHashSet<>(request.get(STATISTICS).stream().map(Statistic::of).toList()),
        span,
        metric,
        new LinkedHashSet<>(groupBy.orElse(USUAL)),
        filter.orElse(MessageFilter.ALL));
  }

  private static Span span(ObjectNode asked, Instant now, ZoneId zone, List<Fault> faults) {
    if (asked.has(KEY.name())) {
      return Timeframe.of(asked.get(KEY.name()).stringValue())
          .on(LocalDate.ofInstant(now, zone), zone);
    }
    var start = wall(asked.get(START.name()).stringValue());
    var end = wall(asked.get(END.name()).stringValue());
    if (!start.isBefore(end)) {
      faults.add(fault("timeframe/end", "'end' must be after 'start'."));
    } else if (end.isAfter(start.plusYears(1))) {
      faults.add(fault("timeframe", "A timeframe may not be longer than one year."));
    }
    return Span.between(start, end, zone);
  }

  /** The reading of a clock on the wall; an offset says nothing about reports. */
  static LocalDateTime wall(String text) {
    var trimmed = text.trim();
    var day = trimmed.substring(0, 10);
    var time = trimmed.substring(10).replaceFirst("(?i)(z|[+-]\\d\\d(:?\\d\\d)?)$", "");
    return LocalDateTime.ofInstant(Json.moment(day + time).orElseThrow(), ZoneOffset.UTC);
  }

  boolean needsConversions() {
    return statistics.stream().anyMatch(Statistic::needsConversions);
  }

  private static Fault fault(String attribute, String detail) {
    return Fault.at(pointer(attribute), detail);
  }

  private static String pointer(String attribute) {
    return "/data/attributes/" + attribute;
  }
}
