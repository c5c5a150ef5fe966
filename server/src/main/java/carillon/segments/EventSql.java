package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.segments.Condition.Events;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Conditions on events as SQL over {@code event e}. */
final class EventSql {

  private final Whose whose;
  private final ZoneId zone;
  private final Instant now;
  private final Binds binds;
  private final FilterSql filters;

  EventSql(Whose whose, ZoneId zone, Instant now, Binds binds, FilterSql filters) {
    this.whose = whose;
    this.zone = zone;
    this.now = now;
    this.binds = binds;
    this.filters = filters;
  }

  /** Events of a metric, within a timeframe, that pass their filters. */
  String matching(Events events, DateFilter timeframe) {
    return "%s and e.metric_id = %s%s%s"
        .formatted(whose.events(), binds.bind(events.metric()), within(timeframe), passing(events));
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
  String funnel(Condition.Funnel funnel) {
    return new FunnelSql(funnel, binds, this::is).ids(all(funnel));
  }

  /**
   * The events of all steps; when they are those of many, of those only who did something of every
   * kind that is to be done, for they are few and their events must be sorted.
   */
  private String all(Condition.Funnel funnel) {
    return "from event e where %s and e.metric_id = any(%s)%s%s"
        .formatted(
            whose.events(),
            binds.bind(metrics(funnel, false)),
            within(funnel.timeframe()),
            whose.isOne() ? "" : ofDoers(funnel));
  }

  /** Each kind is asked only of those who did the kinds after it, so that few are gone through. */
  private String ofDoers(Condition.Funnel funnel) {
    var toBeDone = metrics(funnel, true);
    var doers = "";
    for (var metric : toBeDone.size() < 2 ? List.<String>of() : toBeDone.reversed()) {
      doers =
          " and e.profile_id in (select e.profile_id from event e where %s%s)"
              .formatted(matching(new Events(metric, List.of()), funnel.timeframe()), doers);
    }
    return doers;
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
