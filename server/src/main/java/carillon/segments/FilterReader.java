package carillon.segments;

import static carillon.segments.DefinitionReader.each;
import static carillon.segments.DefinitionReader.present;
import static carillon.segments.DefinitionReader.text;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.segments.DateFilter.Span;
import carillon.segments.ValueFilter.TextTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the filters of conditions. */
final class FilterReader {

  /** A century, so that no date leaves the years that can be written. */
  private static final long MOST_HOURS = 100 * 366 * 24L;

  private static final int MOST_DIGITS = 100;

  private final List<Fault> faults;

  FilterReader(List<Fault> faults) {
    this.faults = faults;
  }

  ValueFilter value(JsonNode json, String place) {
    return switch (text(json, "type")) {
      case "string" -> string(json, place);
      case "numeric" ->
          new ValueFilter.Number(operator(json), number(json.get("value"), place + "/value"));
      case "boolean" -> new ValueFilter.Bool(json.get("value").booleanValue());
      case "existence" -> new ValueFilter.Existence(text(json, "operator").equals("is-set"));
      case "list" -> list(json, place);
      default -> date(json, place);
    };
  }

  private ValueFilter string(JsonNode json, String place) {
    var word = text(json, "operator");
    return switch (word) {
      case "in", "not-in" -> new ValueFilter.TextIn(word.equals("in"), texts(json));
      case "phone-country-code-in", "phone-country-code-not-in" ->
          phone(json, word.equals("phone-country-code-in"), place);
      case "regex" -> matching(json, true, place);
      case "nregex" -> matching(json, false, place);
      default -> {
        var positive = !word.startsWith("not-");
        yield comparing(json, test(positive ? word : word.substring(4)), positive, place);
      }
    };
  }

  private static TextTest test(String word) {
    return switch (word) {
      case "equals" -> TextTest.EQUALS;
      case "contains" -> TextTest.CONTAINS;
      case "starts-with" -> TextTest.STARTS_WITH;
      case "ends-with" -> TextTest.ENDS_WITH;
      default -> throw new IllegalStateException("not admitted by the schema: " + word);
    };
  }

  private ValueFilter comparing(JsonNode json, TextTest test, boolean positive, String place) {
    var value = present(json, "value").map(JsonNode::stringValue);
    refuseIf(
        value.isEmpty() && test != TextTest.EQUALS,
        place + "/value",
        "Only 'equals' and 'not-equals' can compare with null.");
    return new ValueFilter.Text(test, positive, value);
  }

  private ValueFilter matching(JsonNode json, boolean positive, String place) {
    var pattern = present(json, "value").map(JsonNode::stringValue);
    pattern
        .map(Regex::fault)
        .orElseGet(() -> Optional.of("A regular expression is needed."))
        .ifPresent(detail -> faults.add(Fault.at(place + "/value", detail)));
    return new ValueFilter.Text(TextTest.MATCHES, positive, pattern);
  }

  private ValueFilter phone(JsonNode json, boolean positive, String place) {
    var countries =
        each(
            json.get("value"),
            place + "/value",
            (country, at) -> {
              refuseIf(
                  !PhonePrefixes.isCountry(country.stringValue()),
                  at,
                  "'" + country.stringValue() + "' is no code of a country, such as US.");
              return country.stringValue();
            });
    return new ValueFilter.PhoneCountry(positive, countries);
  }

  private ValueFilter list(JsonNode json, String place) {
    var word = text(json, "operator");
    var positive = !word.startsWith("not-");
    return switch (positive ? word : word.substring(4)) {
      case "contains" -> new ValueFilter.ListHas(positive, json.get("value"));
      case "contains-all" -> new ValueFilter.ListHasTexts(positive, true, texts(json));
      case "contains-any" -> new ValueFilter.ListHasTexts(positive, false, texts(json));
      case "contains-substring" -> part(json, positive, place);
      default ->
          new ValueFilter.ListLength(
              Comparison.of(word.substring("length-".length())), json.get("value").longValue());
    };
  }

  private ValueFilter part(JsonNode json, boolean positive, String place) {
    var part = present(json, "value").map(JsonNode::stringValue);
    refuseIf(part.isEmpty(), place + "/value", "A text is needed.");
    return new ValueFilter.ListHasPart(positive, part.orElse(""));
  }

  DateFilter date(JsonNode json, String place) {
    return switch (text(json, "operator")) {
      case "alltime" -> new DateFilter.AllTime();
      case "after" -> new DateFilter.After(moment(json, "date"));
      case "before" -> new DateFilter.Before(moment(json, "date"));
      case "between-static" -> between(json, place);
      case "in-the-last" -> new DateFilter.InTheLast(span(json, "quantity", place));
      case "at-least" -> new DateFilter.AtLeast(span(json, "quantity", place));
      case "in-the-next" -> new DateFilter.InTheNext(span(json, "quantity", place));
      case "between" -> ago(span(json, "start", place), span(json, "end", place));
      case "calendar-month" -> month(json, place);
      case "anniversary" -> new DateFilter.Anniversary();
      case "anniversary-month" -> new DateFilter.AnniversaryMonth();
      case "anniversary-last" -> new DateFilter.AnniversaryInTheLast(span(json, "quantity", place));
      case "anniversary-next" -> new DateFilter.AnniversaryInTheNext(span(json, "quantity", place));
      default -> throw new IllegalStateException("not admitted by the schema: " + json);
    };
  }

  private DateFilter between(JsonNode json, String place) {
    var start = moment(json, "start");
    var end = moment(json, "end");
    refuseIf(end.isBefore(start), place + "/end", "'end' must not be before 'start'.");
    return new DateFilter.Between(start, end);
  }

  private static DateFilter ago(Span start, Span end) {
    return start.quantity() <= end.quantity()
        ? new DateFilter.Ago(start, end)
        : new DateFilter.Ago(end, start);
  }

  private DateFilter month(JsonNode json, String place) {
    var month = json.get("value").longValue();
    refuseIf(month < 1 || month > 12, place + "/value", "A month is 1 to 12.");
    return new DateFilter.InMonth(Math.clamp(month, 1, 12));
  }

  private Span span(JsonNode json, String field, String place) {
    var unit =
        switch (text(json, "unit")) {
          case "hour" -> ChronoUnit.HOURS;
          case "day" -> ChronoUnit.DAYS;
          default -> ChronoUnit.WEEKS;
        };
    var most = MOST_HOURS / unit.getDuration().toHours();
    var quantity = json.get(field).longValue();
    refuseIf(
        quantity < 0 || quantity > most,
        place + "/" + field,
        "'" + field + "' must be between 0 and " + most + ".");
    return new Span(Math.clamp(quantity, 0, most), unit);
  }

  BigDecimal number(JsonNode json, String place) {
    var fits = fits(json);
    refuseIf(!fits, place, "A number can have at most " + MOST_DIGITS + " digits.");
    return fits ? json.decimalValue() : BigDecimal.ZERO;
  }

  private static boolean fits(JsonNode json) {
    return Double.isFinite(json.doubleValue())
        && Math.abs(json.decimalValue().scale()) <= MOST_DIGITS
        && json.decimalValue().precision() <= MOST_DIGITS;
  }

  private static Comparison operator(JsonNode json) {
    return Comparison.of(text(json, "operator"));
  }

  private static Instant moment(JsonNode json, String field) {
    return Json.moment(text(json, field)).orElseThrow();
  }

  static List<String> texts(JsonNode json) {
    return json.get("value").valueStream().map(JsonNode::stringValue).toList();
  }

  private void refuseIf(boolean wrong, String place, String detail) {
    if (wrong) {
      faults.add(Fault.at(place, detail));
    }
  }
}
