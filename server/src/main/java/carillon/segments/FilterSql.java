package carillon.segments;

import carillon.jsonapi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Filters as SQL. A filter that does not hold may be null instead of false. */
final class FilterSql {

  private static final String NEVER = "false";
  private static final Pattern LIKE_ANOTHER_TYPE = Pattern.compile("[-0-9{\\[]|true|false");

  private final Binds binds;
  private final ZoneId zone;
  private final Instant now;

  FilterSql(Binds binds, ZoneId zone, Instant now) {
    this.binds = binds;
    this.zone = zone;
    this.now = now;
  }

  String of(ValueFilter filter, Operand operand) {
    return switch (filter) {
      case ValueFilter.Text text -> signed(text.positive(), text(text, operand));
      case ValueFilter.TextIn(var positive, var values) ->
          signed(positive, whenText(operand, text -> text + " = any(" + binds.bind(values) + ")"));
      case ValueFilter.PhoneCountry(var positive, var countries) ->
          signed(positive, whenText(operand, text -> phone(text, countries)));
      case ValueFilter.Number(var op, var value) ->
          op == Comparison.NOT_EQUALS
              ? signed(false, number(operand, Comparison.EQUALS.sign(), value))
              : number(operand, op.sign(), value);
      case ValueFilter.Bool(var value) ->
          operand instanceof Operand.Member member
              ? member.json() + " = " + binds.bind(Json.MAPPER.getNodeFactory().booleanNode(value))
              : NEVER;
      case ValueFilter.Existence(var set) -> signed(set, isSet(operand));
      case ValueFilter.ListHas(var positive, var element) ->
          signed(positive, whenList(operand, list -> list + " @> " + binds.bind(single(element))));
      case ValueFilter.ListHasTexts(var positive, var all, var values) ->
          signed(
              positive,
              whenList(operand, list -> list + (all ? " ??& " : " ??| ") + binds.bind(values)));
      case ValueFilter.ListHasPart(var positive, var part) ->
          signed(positive, whenList(operand, list -> hasPart(list, part)));
      case ValueFilter.ListLength(var op, var length) ->
          whenList(
              operand,
              list ->
                  "jsonb_array_length(%s) %s %s".formatted(list, op.sign(), binds.bind(length)));
      case DateFilter date -> date(date, operand);
    };
  }

  private static String signed(boolean positive, String condition) {
    return positive ? "(" + condition + ")" : "((" + condition + ") is not true)";
  }

  private String text(ValueFilter.Text filter, Operand operand) {
    if (filter.value().isEmpty()) {
      return signed(false, isSet(operand));
    }
    var value = filter.value().get();
    if (filter.test() == ValueFilter.TextTest.EQUALS && operand instanceof Operand.Member member) {
      return equal(member, value);
    }
    return whenText(operand, text -> compare(text, filter.test(), value));
  }

  /** The text of a value is compared, unless it could as well be that of a number, say. */
  private String equal(Operand.Member member, String value) {
    return LIKE_ANOTHER_TYPE.matcher(value).lookingAt()
        ? member.json() + " = " + binds.bind(Json.MAPPER.getNodeFactory().stringNode(value))
        : member.text() + " = " + binds.bind(value);
  }

  private String compare(String text, ValueFilter.TextTest test, String value) {
    return switch (test) {
      case EQUALS -> text + " = " + binds.bind(value);
      case CONTAINS -> "strpos(%s, %s) > 0".formatted(text, binds.bind(value));
      case STARTS_WITH -> "starts_with(%s, %s)".formatted(text, binds.bind(value));
      case ENDS_WITH ->
          "right(%s, %d) = %s"
              .formatted(text, value.codePointCount(0, value.length()), binds.bind(value));
      case MATCHES -> text + " ~ " + binds.bind(Regex.postgres(value));
    };
  }

  private String phone(String text, List<String> countries) {
    return "(substr(%s, 1, %d) = any(%s) or %s like any(%s))"
        .formatted(
            text,
            PhonePrefixes.AREA_LENGTH,
            binds.bind(PhonePrefixes.areas(countries)),
            text,
            binds.bind(PhonePrefixes.patterns(countries)));
  }

  private String number(Operand operand, String sign, BigDecimal value) {
    return switch (operand) {
      case Operand.Number(var sql) -> sql + " " + sign + " " + binds.bind(value);
      case Operand.Member member ->
          "case when %s = 'number' then cast(%s as numeric) %s %s end"
              .formatted(member.type(), member.json(), sign, binds.bind(value));
      case Operand.Text _, Operand.Time _ -> NEVER;
    };
  }

  private static String isSet(Operand operand) {
    return switch (operand) {
      case Operand.Text(var sql) -> sql + " is not null";
      case Operand.Number(var sql) -> sql + " is not null";
      case Operand.Time(var sql) -> sql + " is not null";
      case Operand.Member member -> member.type() + " <> 'null'";
    };
  }

  private String hasPart(String list, String part) {
    return """
    exists (select from jsonb_array_elements(%s) part
      where jsonb_typeof(part) = 'string' and strpos(part #>> '{}', %s) > 0)\
    """
        .formatted(list, binds.bind(part));
  }

  private static JsonNode single(JsonNode element) {
    return Json.MAPPER.createArrayNode().add(element);
  }

  @FunctionalInterface
  private interface Test {
    String of(String sql);
  }

  private static String whenText(Operand operand, Test test) {
    return switch (operand) {
      case Operand.Text(var sql) -> test.of(sql);
      case Operand.Member member ->
          "case when %s = 'string' then %s end".formatted(member.type(), test.of(member.text()));
      case Operand.Number _, Operand.Time _ -> NEVER;
    };
  }

  private static String whenList(Operand operand, Test test) {
    return operand instanceof Operand.Member member
        ? "case when %s = 'array' then %s end".formatted(member.type(), test.of(member.json()))
        : NEVER;
  }

  private String date(DateFilter filter, Operand operand) {
    return moment(operand).map(sql -> within(filter.moments(now, zone), sql)).orElse(NEVER);
  }

  /** The moment an operand tells, as SQL; empty when it never tells one. */
  Optional<String> moment(Operand operand) {
    return switch (operand) {
      case Operand.Time(var sql) -> Optional.of(sql);
      case Operand.Text(var sql) -> Optional.of(told(sql));
      case Operand.Member member ->
          Optional.of(
              "case when %s = 'string' then %s end".formatted(member.type(), told(member.text())));
      case Operand.Number _ -> Optional.empty();
    };
  }

  private String told(String text) {
    return "segment_moment(%s, %s)".formatted(text, binds.bind(zone.getId()));
  }

  /** Whether a moment is one of those. */
  String within(Moments moments, String moment) {
    return switch (moments) {
      case Moments.All _ -> moment + " is not null";
      case Moments.InMonth(var month) ->
          "to_char(%s at time zone %s, 'MM') = %s"
              .formatted(moment, binds.bind(zone.getId()), binds.bind("%02d".formatted(month)));
      case Moments.OnDays(var days) ->
          "to_char(%s at time zone %s, 'MMDD') = any(%s)"
              .formatted(
                  moment, binds.bind(zone.getId()), binds.bind(List.copyOf(new TreeSet<>(days))));
      case Moments.Range(var from, var to) ->
          Stream.concat(
                  from.map(bound -> bounded(moment, ">", bound)).stream(),
                  to.map(bound -> bounded(moment, "<", bound)).stream())
              .collect(Collectors.joining(" and ", "(", ")"));
    };
  }

  private String bounded(String moment, String sign, Moments.Bound bound) {
    return "%s %s%s %s"
        .formatted(moment, sign, bound.included() ? "=" : "", binds.bind(bound.moment()));
  }
}
