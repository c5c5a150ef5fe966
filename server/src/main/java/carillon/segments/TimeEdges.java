package carillon.segments;

import carillon.segments.Dependencies.Timing;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds whom the passing of time alone can make a member, or end as one: those of whom some moment
 * crossed the edge of a filter. It may find too many, never too few; who is found must be looked at
 * again.
 */
final class TimeEdges {

  private final String account;
  private final ZoneId zone;
  private final Instant from;
  private final Instant to;
  private final boolean ahead;

  /**
   * The time between two looks.
   *
   * @param zone of the account at both; when it changes, everybody must be looked at
   * @param from when members were last right
   * @param ahead whether events may have been recorded before they came and came between; all other
   *     events of that time were looked at when they were recorded
   */
  TimeEdges(String account, ZoneId zone, Instant from, Instant to, boolean ahead) {
    this.account = account;
    this.zone = zone;
    this.from = from;
    this.to = to;
    this.ahead = ahead;
  }

  static Timing timing(Definition definition) {
    return definition.conditions().map(TimeEdges::timing).max(Enum::compareTo).orElse(Timing.NEVER);
  }

  private static Timing timing(Condition condition) {
    return dates(condition)
        .filter(TimeEdges::moves)
        .map(_ -> isIndexed(condition) ? Timing.INDEXED : Timing.SWEPT)
        .max(Enum::compareTo)
        .orElse(Timing.NEVER);
  }

  /** The dates a condition asks about. */
  private static Stream<DateFilter> dates(Condition condition) {
    return switch (condition) {
      case Condition.Membership one -> one.joined().stream();
      case Condition.Activity one -> Stream.of(one.timeframe());
      case Condition.Funnel one -> Stream.of(one.timeframe());
      case Condition.Property(_, DateFilter filter) -> Stream.of(filter);
      case Condition.Consent one -> one.filters().stream().flatMap(TimeEdges::date);
      case Condition.Permission one -> one.filters().stream().flatMap(TimeEdges::date);
      case Condition.PredictedDate one -> Stream.of(one.filter());
      case Condition.Property _,
          Condition.InRegion _,
          Condition.Distance _,
          Condition.PredictedNumber _,
          Condition.PredictedGender _,
          Condition.ChannelPriority _,
          Condition.ChannelRank _,
          Condition.CustomObjects _ ->
          Stream.empty();
    };
  }

  private static Stream<DateFilter> date(ConsentFilter filter) {
    return switch (filter) {
      case ConsentFilter.StatusDate(var date) -> Stream.of(date);
      case ConsentFilter.RecordedDate(var date) -> Stream.of(date);
      case ConsentFilter.SuppressedFor(_, var date) -> date.stream();
      case ConsentFilter.DoubleOptIn _,
          ConsentFilter.CustomSource _,
          ConsentFilter.Method _,
          ConsentFilter.RcsCapable _ ->
          Stream.empty();
    };
  }

  private static boolean moves(DateFilter filter) {
    return switch (filter) {
      case DateFilter.InTheLast _,
          DateFilter.AtLeast _,
          DateFilter.InTheNext _,
          DateFilter.Ago _,
          DateFilter.Anniversary _,
          DateFilter.AnniversaryMonth _,
          DateFilter.AnniversaryInTheLast _,
          DateFilter.AnniversaryInTheNext _ ->
          true;
      case DateFilter.After _,
          DateFilter.Before _,
          DateFilter.Between _,
          DateFilter.InMonth _,
          DateFilter.AllTime _ ->
          false;
    };
  }

  /** Whether those crossed by a span are found by an index; anniversaries never are. */
  private static boolean isIndexed(Condition condition) {
    return dates(condition).noneMatch(TimeEdges::isYearly)
        && switch (condition) {
          case Condition.Membership _, Condition.Activity _, Condition.Funnel _ -> true;
          case Condition.Property(ProfileProperty.Time _, _) -> true;
          default -> false;
        };
  }

  private static boolean isYearly(DateFilter filter) {
    return filter instanceof DateFilter.Anniversary
        || filter instanceof DateFilter.AnniversaryMonth
        || filter instanceof DateFilter.AnniversaryInTheLast
        || filter instanceof DateFilter.AnniversaryInTheNext;
  }

  /**
   * A query of the ids ({@code profile_id}, some perhaps twice) of people who may have crossed an
   * edge that indexes find; empty when there is none. It costs as much as there are edges crossed.
   */
  Optional<Clause> crossed(Definition definition) {
    return crossed(definition, Timing.INDEXED);
  }

  /**
   * The same for all other edges: it goes through all people, their consents or predictions, and is
   * empty while no day of the account began, as long as only days matter.
   */
  Optional<Clause> swept(Definition definition) {
    return crossed(definition, Timing.SWEPT);
  }

  private Optional<Clause> crossed(Definition definition, Timing timing) {
    var binds = new Binds("t");
    var queries =
        definition
            .conditions()
            .filter(condition -> timing(condition) == timing)
            .flatMap(condition -> crossed(condition, binds).stream())
            .toList();
    return queries.isEmpty()
        ? Optional.empty()
        : Optional.of(binds.clause(String.join("\nunion all\n", queries)));
  }

  private List<String> crossed(Condition condition, Binds binds) {
    var filters = new FilterSql(binds, zone, to);
    var queries = new ArrayList<String>();
    dates(condition)
        .distinct()
        .flatMap(this::edges)
        .filter(edge -> ahead || !(isPresent(edge) && asksForEvents(condition)))
        .forEach(edge -> queries.addAll(queries(condition, edge, filters, binds)));
    return queries;
  }

  /** Whether it is what the present went through, not an end of a span before or after it. */
  private boolean isPresent(Moments edge) {
    return edge instanceof Moments.Range(var first, var last)
        && first.orElseThrow().moment().equals(from)
        && last.orElseThrow().moment().equals(to);
  }

  private static boolean asksForEvents(Condition condition) {
    return switch (condition) {
      case Condition.Activity _, Condition.Funnel _ -> true;
      case Condition.Property(ProfileProperty.Time(var name), _) -> name.equals("last_event_date");
      default -> false;
    };
  }

  private List<String> queries(Condition condition, Moments edge, FilterSql filters, Binds binds) {
    var whose = binds.bind(account);
    return switch (condition) {
      case Condition.Activity one ->
          List.of(
              "select e.profile_id from event e where e.account_id = %s and e.metric_id = %s and %s"
                  .formatted(
                      whose, binds.bind(one.events().metric()), filters.within(edge, "e.at")));
      case Condition.Funnel one ->
          List.of(
              "select e.profile_id from event e where e.account_id = %s and e.metric_id = any(%s) and %s"
                  .formatted(
                      whose,
                      binds.bind(
                          one.steps().stream()
                              .map(step -> step.events().metric())
                              .distinct()
                              .toList()),
                      filters.within(edge, "e.at")));
      case Condition.Membership one -> joined(one, edge, whose, filters, binds);
      case Condition.Property(ProfileProperty.Time(var name), _)
          when name.equals("last_event_date") ->
          List.of(
              "select e.profile_id from event e where e.account_id = %s and %s"
                  .formatted(whose, filters.within(edge, "e.at")));
      case Condition.Property one ->
          filters
              .moment(ConditionSql.operand(one.property(), binds))
              .map(moment ->
                  "select p.profile_id from profile p where p.account_id = %s and %s"
                      .formatted(whose, filters.within(edge, moment)))
              .stream()
              .toList();
      case Condition.Consent one -> consented(one.filters(), edge, whose, filters);
      case Condition.Permission one -> consented(one.filters(), edge, whose, filters);
      case Condition.PredictedDate _ ->
          List.of(
              "select x.profile_id from profile_prediction x where x.account_id = %s and %s"
                  .formatted(whose, filters.within(edge, "x.expected_date_of_next_order")));
      case Condition.InRegion _,
          Condition.Distance _,
          Condition.PredictedNumber _,
          Condition.PredictedGender _,
          Condition.ChannelPriority _,
          Condition.ChannelRank _,
          Condition.CustomObjects _ ->
          List.of();
    };
  }

  private static List<String> joined(
      Condition.Membership condition, Moments edge, String whose, FilterSql filters, Binds binds) {
    var groups = binds.bind(condition.groups());
    return List.of(
        "select l.profile_id from list_member l where l.account_id = %s and l.list_id = any(%s) and %s"
            .formatted(whose, groups, filters.within(edge, "l.joined_at")),
        """
        select s.profile_id from segment d
        join segment_member s on s.account_id = d.account_id and s.segment_id = d.id
          and s.generation = d.generation
        where d.account_id = %s and d.id = any(%s) and %s\
        """
            .formatted(whose, groups, filters.within(edge, "s.joined_at")));
  }

  private static List<String> consented(
      List<ConsentFilter> all, Moments edge, String whose, FilterSql filters) {
    var queries = new ArrayList<String>();
    if (all.stream().anyMatch(ConsentFilter.SuppressedFor.class::isInstance)) {
      queries.add(
          "select s.profile_id from suppression s where s.account_id = %s and %s"
              .formatted(whose, filters.within(edge, "s.at")));
    }
    queries.add(
        "select c.profile_id from consent c where c.account_id = %s and (%s or %s)"
            .formatted(
                whose,
                filters.within(edge, "c.consented_at"),
                filters.within(edge, "c.updated_at")));
    return queries;
  }

  /** The moments that may pass a filter at one end of the time and not at the other. */
  private Stream<Moments> edges(DateFilter filter) {
    var before = filter.moments(from, zone);
    var after = filter.moments(to, zone);
    if (before.equals(after)) {
      return Stream.empty();
    }
    if (before instanceof Moments.Range(var lower, var upper)
        && after instanceof Moments.Range(var newLower, var newUpper)) {
      return Stream.of(between(lower, newLower), between(upper, newUpper))
          .flatMap(Optional::stream);
    }
    if (before instanceof Moments.OnDays(var days)
        && after instanceof Moments.OnDays(var newDays)) {
      return Stream.of(new Moments.OnDays(difference(days, newDays)));
    }
    if (before instanceof Moments.InMonth && after instanceof Moments.InMonth) {
      return Stream.of(before, after);
    }
    return Stream.of(new Moments.All());
  }

  private static Optional<Moments> between(
      Optional<Moments.Bound> one, Optional<Moments.Bound> other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    var earlier = one.orElseThrow().moment();
    var later = other.orElseThrow().moment();
    var forward = !later.isBefore(earlier);
    return Optional.of(
        new Moments.Range(
            Optional.of(new Moments.Bound(forward ? earlier : later, true)),
            Optional.of(new Moments.Bound(forward ? later : earlier, true))));
  }

  private static Set<String> difference(Set<String> one, Set<String> other) {
    var all = new TreeSet<>(one);
    all.addAll(other);
    all.removeIf(day -> one.contains(day) && other.contains(day));
    return all;
  }
}
