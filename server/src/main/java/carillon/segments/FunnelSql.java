package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.segments.Condition.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Funnels as SQL. The events of each person are gone through once, in order: an event that
 * completes a step learns when the latest way to it began, for the latest has most time left, and
 * the latest is also the one that was least likely barred.
 */
final class FunnelSql {

  private static final String EARLIER =
      """
      window earlier as (partition by profile_id order by at, seq
        rows between unbounded preceding and 1 preceding)\
      """;

  private final Condition.Funnel funnel;
  private final Binds binds;
  private final Function<Events, String> test;

  /** The steps to be done. */
  private final List<Events> done = new ArrayList<>();

  /** What must not be done before each of them, and after the last. */
  private final List<List<Events>> bars = new ArrayList<>(List.of(new ArrayList<>()));

  FunnelSql(Condition.Funnel funnel, Binds binds, Function<Events, String> test) {
    this.funnel = funnel;
    this.binds = binds;
    this.test = test;
    for (var step : funnel.steps()) {
      if (step.done()) {
        done.add(step.events());
        bars.add(new ArrayList<>());
      } else {
        bars.getLast().add(step.events());
      }
    }
  }

  /** The ids of people, from a clause that names the events of all steps. */
  String ids(String events) {
    if (done.isEmpty()) {
      return "select e.profile_id " + events + " and (" + any(bars.getFirst()) + ")";
    }
    var query = begun(marked(events));
    for (int step = 1; step < done.size(); step++) {
      query = continued(query, step);
    }
    return ended(query);
  }

  /** Each event with the steps it can be (s0, s1, ...) and what it bars (b0, b1, ...). */
  private String marked(String events) {
    var marks = new StringBuilder();
    for (int step = 0; step <= done.size(); step++) {
      if (step < done.size()) {
        marks.append(", %s as s%d".formatted(test.apply(done.get(step)), step));
      }
      if (isBarred(step)) {
        marks.append(", %s as b%d".formatted(any(bars.get(step)), step));
      }
    }
    return """
    select e.profile_id, e.at, e.seq,
      row_number() over (partition by e.profile_id order by e.at, e.seq) as place%s
    %s\
    """
        .formatted(marks, events);
  }

  private String begun(String query) {
    var free = isBarred(0) ? " and (max(at) filter (where b0) over earlier%s) is not true" : "";
    var near = funnel.window().isPresent() ? " >= at - " + window() : " is not null";
    return """
    select %s, case when s0%s then at end as began
    from (%s) w
    %s\
    """
        .formatted(columns(), free.formatted(near), query, EARLIER);
  }

  private String continued(String query, int step) {
    var inTime = funnel.window().isPresent() ? " and at <= reached + " + window() : "";
    return """
    select %1$s, case when s%2$d%3$s%4$s then reached end as began
    from (select %1$s, max(began) over earlier as reached%5$s
      from (%6$s) w
      %7$s) w\
    """
        .formatted(
            columns(),
            step,
            inTime,
            isBarred(step) ? " and (bar > reached_place) is not true" : "",
            isBarred(step)
                ? """
                , max(place) filter (where began is not null) over earlier as reached_place,
                max(place) filter (where b%d) over earlier as bar\
                """
                    .formatted(step)
                : "",
            query,
            EARLIER);
  }

  private String ended(String query) {
    if (!isBarred(done.size())) {
      return "select profile_id from (" + query + ") w where began is not null";
    }
    var late = funnel.window().isPresent() ? "bar <= at + " + window() : "bar is not null";
    return """
    select profile_id
    from (select profile_id, at, began, min(at) filter (where b%d) over (
        partition by profile_id order by at, seq
        rows between 1 following and unbounded following) as bar
      from (%s) w) w
    where began is not null and (%s) is not true\
    """
        .formatted(done.size(), query, late);
  }

  private boolean isBarred(int step) {
    return !bars.get(step).isEmpty();
  }

  private String any(List<Events> events) {
    return events.stream().map(test).collect(joining(" or "));
  }

  private String columns() {
    var columns = new StringBuilder("profile_id, at, seq, place");
    for (int step = 0; step <= done.size(); step++) {
      if (step < done.size()) {
        columns.append(", s").append(step);
      }
      if (isBarred(step)) {
        columns.append(", b").append(step);
      }
    }
    return columns.toString();
  }

  private String window() {
    return "make_interval(secs => "
        + binds.bind((double) funnel.window().orElseThrow().toSeconds())
        + ")";
  }
}
