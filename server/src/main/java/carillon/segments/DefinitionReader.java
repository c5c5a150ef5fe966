package carillon.segments;

import carillon.jsonapi.Fault;
import carillon.segments.Condition.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reads definitions, and notes what is wrong with them that a schema cannot say. */
final class DefinitionReader {

  private static final int MOST_CONDITIONS = 100;
  private static final int MOST_STEPS = 10;
  private static final double METERS_IN_A_MILE = 1609.344;

  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "HOURS_1", Duration.ofHours(1),
          "DAYS_1", Duration.ofDays(1),
          "DAYS_3", Duration.ofDays(3),
          "DAYS_5", Duration.ofDays(5),
          "WEEKS_1", Duration.ofDays(7),
          "DAYS_30", Duration.ofDays(30),
          "DAYS_90", Duration.ofDays(90),
          "DAYS_180", Duration.ofDays(180),
          "YEARS_1", Duration.ofDays(365));

  private final String pointer;
  private final Vocabulary vocabulary;
  private final List<Fault> faults = new ArrayList<>();
  private final FilterReader filters = new FilterReader(faults);
  private final ConsentReader consents = new ConsentReader(filters);

  DefinitionReader(String pointer, Vocabulary vocabulary) {
    this.pointer = pointer;
    this.vocabulary = vocabulary;
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  Definition read(JsonNode json) {
    var place = pointer + "/condition_groups";
    var groups = each(json.get("condition_groups"), place, this::group);
    refuseIf(groups.isEmpty(), place, "A definition needs at least one group of conditions.");
    var definition = new Definition(groups);
    refuseIf(
        definition.conditions().count() > MOST_CONDITIONS,
        place,
        "A definition can have at most " + MOST_CONDITIONS + " conditions.");
    return definition;
  }

  private Definition.Group group(JsonNode json, String place) {
    var conditions = each(json.get("conditions"), place + "/conditions", this::condition);
    refuseIf(conditions.isEmpty(), place + "/conditions", "A group needs at least one condition.");
    return new Definition.Group(conditions);
  }

  private Condition condition(JsonNode json, String place) {
    return switch (text(json, "type")) {
      case "profile-group-membership" -> membership(json, place);
      case "profile-metric" -> activity(json, place);
      case "profile-metric-funnel" -> funnel(json, place);
      case "profile-property" -> property(json, place);
      case "profile-marketing-consent" -> consents.consent(json.get("consent"), place + "/consent");
      case "profile-permissions" -> consents.permission(json, place);
      case "profile-region" ->
          new Condition.InRegion(
              json.get("in_region").booleanValue(),
              switch (text(json, "region")) {
                case "european_union" -> Condition.Region.EUROPEAN_UNION;
                default -> Condition.Region.UNITED_STATES;
              });
      case "profile-postal-code-distance" -> distance(json, place);
      case "profile-predictive-analytics" -> prediction(json, place);
      case "profile-has-custom-object" ->
          new Condition.CustomObjects(
              Comparison.of(text(json.get("filter"), "operator")),
              json.get("filter").get("value").longValue());
      default -> throw new IllegalStateException("not admitted by the schema: " + json);
    };
  }

  private Condition membership(JsonNode json, String place) {
    var groups =
        each(json.get("group_ids"), place + "/group_ids", (id, at) -> known(id.stringValue(), at));
    refuseIf(groups.isEmpty(), place + "/group_ids", "At least one list or segment is needed.");
    return new Condition.Membership(
        json.get("is_member").booleanValue(),
        groups,
        present(json, "timeframe_filter")
            .map(filter -> filters.date(filter, place + "/timeframe_filter")));
  }

  private String known(String id, String place) {
    refuseIf(
        !vocabulary.hasList(id) && vocabulary.segment(id).isEmpty(),
        place,
        "A list or segment with id " + id + " does not exist.");
    return id;
  }

  private Condition activity(JsonNode json, String place) {
    var measure = json.get("measurement_filter");
    return new Condition.Activity(
        events(json, place),
        text(json, "measurement").equals("sum") ? Condition.Measure.SUM : Condition.Measure.COUNT,
        Comparison.of(text(measure, "operator")),
        filters.number(measure.get("value"), place + "/measurement_filter/value"),
        filters.date(json.get("timeframe_filter"), place + "/timeframe_filter"));
  }

  private Events events(JsonNode json, String place) {
    var metric = text(json, "metric_id");
    refuseIf(
        !vocabulary.hasMetric(metric),
        place + "/metric_id",
        "A metric with id " + metric + " does not exist.");
    var properties =
        present(json, "metric_filters")
            .map(all -> each(all, place + "/metric_filters", this::eventFilter))
            .orElse(List.of());
    return new Events(metric, properties.stream().flatMap(Optional::stream).toList());
  }

  private Optional<Condition.EventFilter> eventFilter(JsonNode json, String place) {
    return present(json, "filter")
        .map(filter ->
            new Condition.EventFilter(
                text(json, "property"), filters.value(filter, place + "/filter")));
  }

  private Condition funnel(JsonNode json, String place) {
    var steps =
        each(
            json.get("steps"),
            place + "/steps",
            (step, at) ->
                new Condition.Step(step.get("metric_exists").booleanValue(), events(step, at)));
    refuseIf(
        steps.isEmpty() || steps.size() > MOST_STEPS,
        place + "/steps",
        "A funnel has 1 to " + MOST_STEPS + " steps.");
    return new Condition.Funnel(
        filters.date(json.get("timeframe_filter"), place + "/timeframe_filter"),
        present(json, "completion_window_seconds").map(word -> WINDOWS.get(word.stringValue())),
        steps);
  }

  private Condition property(JsonNode json, String place) {
    var name = text(json, "property");
    var property = ProfileProperty.parse(name);
    refuseIf(
        property.isEmpty(),
        place + "/property",
        "'%s' is no attribute of a profile. Custom properties are written properties['name'], parts of the location location['city']."
            .formatted(name));
    return new Condition.Property(
        property.orElseGet(() -> new ProfileProperty.Custom(name)),
        filters.value(json.get("filter"), place + "/filter"));
  }

  private Condition distance(JsonNode json, String place) {
    var filter = json.get("filter");
    var distance = filters.number(filter.get("value"), place + "/filter/value");
    refuseIf(distance.signum() < 0, place + "/filter/value", "A distance must not be negative.");
    return new Condition.Distance(
        text(json, "country_code"),
        text(json, "postal_code"),
        distance.doubleValue() * (text(json, "unit").equals("miles") ? METERS_IN_A_MILE : 1000),
        text(filter, "operator").equals("less-than"));
  }

  private Condition prediction(JsonNode json, String place) {
    var dimension = text(json, "dimension");
    var filter = json.get("filter");
    var at = place + "/filter";
    return switch (dimension) {
      case "expected_date_of_next_purchase" ->
          new Condition.PredictedDate(filters.date(filter, at));
      case "predicted_gender" ->
          new Condition.PredictedGender(isEqual(filter), text(filter, "value"));
      case "channel_affinity" ->
          text(json, "measurement").equals("priority")
              ? new Condition.ChannelPriority(
                  text(json, "predicted_channel"), filter.get("value").longValue())
              : new Condition.ChannelRank(
                  text(json, "predicted_channel"), isEqual(filter), text(filter, "value"));
      default ->
          new Condition.PredictedNumber(
              dimension,
              Comparison.of(text(filter, "operator")),
              filters.number(filter.get("value"), at + "/value"));
    };
  }

  private static boolean isEqual(JsonNode filter) {
    return text(filter, "operator").equals("equals");
  }

  /** Notes a fault if a definition leads back to the segment it belongs to. */
  void refuseCycle(Definition definition, String self) {
    refuseIf(
        leadsTo(self, definition, new HashSet<>()),
        pointer,
        "A segment cannot depend on itself, not through other segments either.");
  }

  private boolean leadsTo(String self, Definition definition, Set<String> seen) {
    for (var id : definition.dependencies().groups()) {
      if (id.equals(self)
          || (seen.add(id)
              && vocabulary.segment(id).filter(next -> leadsTo(self, next, seen)).isPresent())) {
        return true;
      }
    }
    return false;
  }

  private void refuseIf(boolean wrong, String place, String detail) {
    if (wrong) {
      faults.add(Fault.at(place, detail));
    }
  }

  static String text(JsonNode json, String field) {
    return json.get(field).stringValue();
  }

  static Optional<JsonNode> present(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).filter(value -> !value.isNull());
  }

  static <T> List<T> each(JsonNode all, String place, BiFunction<JsonNode, String, T> reader) {
    var read = new ArrayList<T>();
    for (int i = 0; i < all.size(); i++) {
      read.add(reader.apply(all.get(i), place + "/" + i));
    }
    return read;
  }
}
