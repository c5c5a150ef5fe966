package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.segments.Condition.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Conditions as SQL over {@code profile p}. Written for all people at once, what asks for events or
 * memberships becomes a set that is made once; else it becomes a look at what one person has.
 */
final class ConditionSql {

  private final Whose whose;
  private final Binds binds;
  private final FilterSql filters;
  private final EventSql events;
  private final ConsentSql consents;
  private final List<String> joins = new ArrayList<>();

  ConditionSql(Whose whose, ZoneId zone, Instant now, Binds binds) {
    this.whose = whose;
    this.binds = binds;
    this.filters = new FilterSql(binds, zone, now);
    this.events = new EventSql(whose, zone, now, binds, filters);
    this.consents = new ConsentSql(binds, filters);
  }

  /** What the query must join for its conditions, besides {@code profile p}. */
  List<String> joins() {
    return joins;
  }

  String conditions(Definition definition) {
    return definition.groups().stream().map(this::group).collect(joining("\n  and ", "(", ")"));
  }

  private String group(Definition.Group group) {
    var alone = group.conditions().size() == 1;
    return group.conditions().stream()
        .map(condition -> condition(condition, alone))
        .collect(joining("\n  or ", "(", ")"));
  }

  private String condition(Condition condition, boolean alone) {
    return switch (condition) {
      case Condition.Membership one -> membership(one, alone);
      case Condition.Activity one -> activity(one, alone);
      case Condition.Funnel one -> funnel(one, alone);
      case Condition.Property(var property, var filter) ->
          filters.of(filter, operand(property, binds));
      case Condition.Consent one -> consents.consent(one);
      case Condition.Permission one -> consents.permission(one);
      case Condition.InRegion one -> region(one);
      case Condition.Distance one -> distance(one);
      case Condition.PredictedNumber(var dimension, var op, var value) ->
          predicted("x.%s %s %s".formatted(dimension, op.sign(), binds.bind(value)));
      case Condition.PredictedDate(var filter) ->
          predicted(filters.of(filter, new Operand.Time("x.expected_date_of_next_order")));
      case Condition.PredictedGender(var equal, var value) ->
          predicted("x.predicted_gender %s %s".formatted(equal ? "=" : "<>", binds.bind(value)));
      case Condition.ChannelPriority(var channel, var priority) ->
          predicted(
              "x.channel_affinity -> %s ->> 'priority' = %s"
                  .formatted(binds.bind(channel), binds.bind(Long.toString(priority))));
      case Condition.ChannelRank(var channel, var equal, var rank) ->
          predicted(
              "x.channel_affinity -> %s ->> 'rank' %s %s"
                  .formatted(binds.bind(channel), equal ? "=" : "<>", binds.bind(rank)));
      case Condition.CustomObjects(var op, var value) ->
          Boolean.toString(op.holds(BigDecimal.ZERO, BigDecimal.valueOf(value)));
    };
  }

  /**
   * Whether a person is, or is not, in a set of ids. Alone in its group it is a semi-join; beside
   * others, where the database would go through the set for each person, a join that may miss.
   */
  private String in(boolean inside, String ids, boolean alone) {
    if (alone) {
      return inside
          ? "p.profile_id in (" + ids + ")"
          : "not exists (select from (" + ids + ") m where m.profile_id = p.profile_id)";
    }
    var alias = "m" + joins.size();
    joins.add(
        "left join (select s.profile_id from (%s) s group by s.profile_id) %s on %s.profile_id = p.profile_id"
            .formatted(ids, alias, alias));
    return alias + ".profile_id is " + (inside ? "not null" : "null");
  }

  /** Lists and segments apart where both must miss, so that each can be asked by its index. */
  private String membership(Condition.Membership condition, boolean alone) {
    var ofLists = ofLists(condition);
    var ofSegments = ofSegments(condition);
    if (whose.isOne()) {
      return "%s (%s\nunion all\n%s)"
          .formatted(condition.member() ? "exists" : "not exists", ofLists, ofSegments);
    }
    return alone && !condition.member()
        ? in(false, ofLists, true) + "\n  and " + in(false, ofSegments, true)
        : in(condition.member(), ofLists + "\nunion all\n" + ofSegments, alone);
  }

  private String ofLists(Condition.Membership condition) {
    return "select l.profile_id from list_member l where %s and l.list_id = any(%s)%s"
        .formatted(
            whose.rows("l"), binds.bind(condition.groups()), joined(condition, "l.joined_at"));
  }

  private String ofSegments(Condition.Membership condition) {
    return """
    select s.profile_id from segment d
    join segment_member s on s.account_id = d.account_id and s.segment_id = d.id
      and s.generation = d.generation
    where %s and d.id = any(%s)%s\
    """
        .formatted(
            whose.rows("s"), binds.bind(condition.groups()), joined(condition, "s.joined_at"));
  }

  private String joined(Condition.Membership condition, String moment) {
    return condition
        .joined()
        .map(filter -> " and " + filters.of(filter, new Operand.Time(moment)))
        .orElse("");
  }

  private String activity(Condition.Activity condition, boolean alone) {
    var withNone = condition.op().holds(BigDecimal.ZERO, condition.value());
    var asked = withNone ? condition.op().opposite() : condition.op();
    var matching = events.matching(condition.events(), condition.timeframe());
    if (!whose.isOne()) {
      return in(!withNone, doers(condition, asked, matching), alone);
    }
    if (isAny(condition.measure(), asked, condition.value())) {
      return "%s (select from event e where %s)"
          .formatted(withNone ? "not exists" : "exists", matching);
    }
    return "(%s) %s %s"
        .formatted(measured(condition, matching), condition.op().sign(), comparable(condition));
  }

  /** Whole counts are compared as whole numbers, which is faster. */
  private String comparable(Condition.Activity condition) {
    var value = condition.value();
    var whole =
        condition.measure() == Measure.COUNT
            && value.stripTrailingZeros().scale() <= 0
            && value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0;
    return binds.bind(whole ? (Object) value.longValue() : value);
  }

  /** Nothing of what is asked here holds for nobody's events: a sum of no values is no match. */
  private String doers(Condition.Activity condition, Comparison asked, String matching) {
    if (isAny(condition.measure(), asked, condition.value())) {
      return "select e.profile_id from event e where " + matching;
    }
    var measure =
        switch (condition.measure()) {
          case COUNT -> "count(*)";
          case SUM -> "sum(e.value)";
        };
    return "select e.profile_id from event e where %s group by e.profile_id having %s %s %s"
        .formatted(matching, measure, asked.sign(), comparable(condition));
  }

  /** Counting goes no further than what decides the comparison. */
  private String measured(Condition.Activity condition, String matching) {
    var own = "from event e where " + matching;
    return switch (condition.measure()) {
      case SUM -> "select coalesce(sum(e.value), 0) " + own;
      case COUNT -> {
        var enough = condition.value().max(BigDecimal.ZERO).setScale(0, RoundingMode.FLOOR);
        var most = enough.min(BigDecimal.valueOf(Long.MAX_VALUE - 1)).longValue() + 1;
        yield "select count(*) from (select %s limit %s) n".formatted(own, binds.bind(most));
      }
    };
  }

  /** Whether a count asks no more than that there is one. */
  private static boolean isAny(Measure measure, Comparison op, BigDecimal value) {
    return measure == Measure.COUNT
        && !op.holds(BigDecimal.ZERO, value)
        && op.holds(BigDecimal.ONE, value)
        && (op == Comparison.GREATER
            || op == Comparison.GREATER_OR_EQUAL
            || (op == Comparison.NOT_EQUALS && value.signum() == 0));
  }

  private String funnel(Condition.Funnel funnel, boolean alone) {
    var inside = funnel.steps().stream().anyMatch(Condition.Step::done);
    var ids = events.funnel(funnel);
    return whose.isOne()
        ? "%s (%s)".formatted(inside ? "exists" : "not exists", ids)
        : in(inside, ids, alone);
  }

  static Operand operand(ProfileProperty property, Binds binds) {
    return switch (property) {
      case ProfileProperty.Text(var name) -> new Operand.Text("p." + name);
      case ProfileProperty.Place(var member) ->
          new Operand.Member("p.location", binds.bind(member));
      case ProfileProperty.Custom(var key) -> new Operand.Member("p.properties", binds.bind(key));
      case ProfileProperty.Time(var name) ->
          new Operand.Time(
              switch (name) {
                case "created" -> "p.created_at";
                case "updated" -> "p.updated_at";
                default ->
                    "(select max(e.at) from event e where " + new Whose.Ones().events() + ")";
              });
    };
  }

  private String region(Condition.InRegion condition) {
    return "((lower(btrim(p.location ->> 'country')) = any(%s)) is %s)"
        .formatted(
            binds.bind(Countries.names(condition.region())),
            condition.inside() ? "true" : "not true");
  }

  private String distance(Condition.Distance condition) {
    return """
    exists (select from country_name n
      join postal_code h on h.country = n.country
      join postal_code o on o.country = %1$s and o.code = postal_key(%1$s, %2$s)
      where n.name = lower(btrim(p.location ->> 'country'))
        and h.code = postal_key(n.country, p.location ->> 'zip')
        and 2 * 6371008.8 * asin(least(1, sqrt(
          power(sin(radians(h.latitude - o.latitude) / 2), 2)
          + cos(radians(h.latitude)) * cos(radians(o.latitude))
            * power(sin(radians(h.longitude - o.longitude) / 2), 2)))) %3$s %4$s)\
    """
        .formatted(
            binds.bind(condition.country().toUpperCase(Locale.ROOT)),
            binds.bind(condition.postalCode()),
            condition.nearer() ? "<" : ">",
            binds.bind(condition.meters()));
  }

  private static String predicted(String test) {
    return """
    exists (select from profile_prediction x
      where x.account_id = p.account_id and x.profile_id = p.profile_id and %s)\
    """
        .formatted(test);
  }
}
