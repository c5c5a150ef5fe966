package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.segments.Condition.Events;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

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

  /**
   * The events of all steps: of those named by a condition, else of all who did something of every
   * kind that is to be done, for they are few and their events must be sorted.
   */
  private String all(Condition.Funnel funnel, String whose) {
    return "from event e where %se.account_id = %s and e.metric_id = any(%s)%s%s"
        .formatted(
            whose,
            binds.bind(account),
            binds.bind(metrics(funnel, false)),
            within(funnel.timeframe()),
            whose.isEmpty() ? ofDoers(funnel) : "");
  }

  private String ofDoers(Condition.Funnel funnel) {
    var toBeDone = metrics(funnel, true);
    return toBeDone.size() < 2
        ? ""
        : toBeDone.stream()
            .map(metric ->
                " and e.profile_id in (select e.profile_id from event e where "
                    + matching(new Events(metric, List.of()), funnel.timeframe())
                    + ")")
            .collect(joining());
  }

  private static List<String> metrics(Condition.Funnel funnel, boolean done) {
    return funnel.steps().stream()
        .filter(step -> step.done() || !done)
        .map(step -> step.events().metric())
        .distinct()
        .toList();
  }

  private String is(Events events) {
    return "(e.metric_id = " + binds.bind(events.metric()) + passing(events) + ") is true";
  }
}
