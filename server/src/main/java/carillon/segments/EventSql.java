package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.segments.Condition.Events;
import java.time.Instant;
import java.time.ZoneId;

/** Conditions on events as SQL over {@code event e}. */
final class EventSql {

  private final String account;
  private final ZoneId zone;
  private final Instant now;
  private final Binds binds;
  private final FilterSql filters;

  EventSql(String account, ZoneId zone, Instant now, Binds binds, FilterSql filters) {
    this.account = account;
    this.zone = zone;
    this.now = now;
    this.binds = binds;
    this.filters = filters;
  }

  /** Events of a metric, within a timeframe, that pass their filters. */
  String matching(Events events, DateFilter timeframe) {
    return "e.account_id = %s and e.metric_id = %s%s%s"
        .formatted(
            binds.bind(account), binds.bind(events.metric()), within(timeframe), passing(events));
  }

  private String within(DateFilter timeframe) {
    return timeframe instanceof DateFilter.AllTime
        ? ""
        : " and " + filters.within(timeframe.moments(now, zone), "e.at");
  }

  private String passing(Events events) {
    return events.filters().stream()
        .map(filter -> " and " + filters.of(filter.filter(), operand(filter.property())))
        .collect(joining());
  }

  private Operand operand(String property) {
    return switch (property) {
      case "$value" -> new Operand.Number("e.value");
      case "$event_id" -> new Operand.Text("e.unique_id");
      default -> new Operand.Member("e.properties", binds.bind(property));
    };
  }

  /**
   * The ids of those who went through a funnel; if nothing in it is to be done, of those who did
   * what was not to be done.
   */
  String funnel(Condition.Funnel funnel, String whose) {
    return new FunnelSql(funnel, binds, this::is).ids(all(funnel, whose));
  }

  private String all(Condition.Funnel funnel, String whose) {
    var metrics = funnel.steps().stream().map(step -> step.events().metric()).distinct().toList();
    return "from event e where %se.account_id = %s and e.metric_id = any(%s)%s"
        .formatted(whose, binds.bind(account), binds.bind(metrics), within(funnel.timeframe()));
  }

  private String is(Events events) {
    return "(e.metric_id = " + binds.bind(events.metric()) + passing(events) + ") is true";
  }
}
