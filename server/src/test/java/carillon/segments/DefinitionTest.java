package carillon.segments;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.jsonapi.Source;
import carillon.segments.Dependencies.Timing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DefinitionTest {

  private static final String ORDERED =
      """
      {"type": "profile-metric", "metric_id": "ORDERS", "measurement": "count",
       "measurement_filter": {"type": "numeric", "operator": "greater-than", "value": 2},
       "timeframe_filter": {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 30}}
      """;

  /** The account has the metric ORDERS, the list LISTAA and the segments given. */
  private record Words(Optional<Definition> segment) implements Vocabulary {
    @Override
    public boolean hasMetric(String id) {
      return id.equals("ORDERS");
    }

    @Override
    public boolean hasList(String id) {
      return id.equals("LISTAA");
    }

    @Override
    public Optional<Definition> segment(String id) {
      return id.equals("SEGMNT") ? segment : Optional.empty();
    }
  }

  @Test
  void optionalFieldsLeftOutAreEchoedAsNull() {
    var definition =
        definition(
            ORDERED,
            """
            {"type": "profile-group-membership", "is_member": true, "group_ids": ["LISTAA"]}
            """,
            """
            {"type": "profile-marketing-consent", "consent": {"channel": "email",
             "can_receive_marketing": true, "consent_status": {"subscription": "any"}}}
            """,
            """
            {"type": "profile-metric-funnel",
             "timeframe_filter": {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 3},
             "steps": [{"metric_exists": true, "metric_id": "ORDERS"}]}
            """);
    var conditions = Definition.normalised(definition).at("/condition_groups/0/conditions");

    assertThat(conditions.at("/0/metric_filters").isNull()).isTrue();
    assertThat(conditions.at("/0/measurement_filter"))
        .isEqualTo(definition.at("/condition_groups/0/conditions/0/measurement_filter"));
    assertThat(conditions.at("/1/timeframe_filter").isNull()).isTrue();
    assertThat(conditions.at("/2/consent/consent_status/filters").isNull()).isTrue();
    assertThat(conditions.at("/3/completion_window_seconds").isNull()).isTrue();
    assertThat(conditions.at("/3/steps/0/metric_filters").isNull()).isTrue();
  }

  @Test
  void whatADefinitionNamesMustBeThere() {
    var definition =
        definition(
            ORDERED.replace("ORDERS", "NOTONE"),
            """
            {"type": "profile-group-membership", "is_member": false, "group_ids": ["LISTAA", "NOPE"]}
            """);

    assertThat(faults(definition))
        .extracting(DefinitionTest::place)
        .containsExactly(
            "/d/condition_groups/0/conditions/0/metric_id",
            "/d/condition_groups/0/conditions/1/group_ids/1");
  }

  @Test
  void groupsAndConditionsMustNotBeMissing() {
    assertThat(faults((ObjectNode) Json.read("{\"condition_groups\": []}")))
        .extracting(DefinitionTest::place)
        .containsExactly("/d/condition_groups");
    assertThat(faults((ObjectNode) Json.read("{\"condition_groups\": [{\"conditions\": []}]}")))
        .extracting(DefinitionTest::place)
        .containsExactly("/d/condition_groups/0/conditions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "string; regex; \"(a+)+\\\\1\"; the escape",
        "string; regex; \"(?=a)\"; a group of a special kind",
        "string; regex; \"(a{1,100}){1,100}\"; repeats too much",
        "string; regex; \"a{1,1000}\"; without bounds",
        "string; regex; \"a)\"; an unmatched",
        "string; regex; \"[b-a]\"; runs backwards",
        "string; regex; \"*a\"; nothing to repeat",
        "string; regex; null; is needed",
        "string; contains; null; can compare with null",
        "string; phone-country-code-in; [\"XX\"]; no code of a country",
        "numeric; equals; 1e500; at most 100 digits",
        "date; calendar-month; 13; A month is 1 to 12",
        "list; contains-substring; null; A text is needed",
      })
  void valuesMustMakeSense(String type, String operator, String value, String detail) {
    var definition =
        definition(
            """
            {"type": "profile-property", "property": "properties['X']",
             "filter": {"type": "%s", "operator": "%s", "value": %s}}
            """
                .formatted(type, operator, value));

    assertThat(faults(definition))
        .singleElement()
        .matches(fault -> fault.detail().contains(detail));
  }

  @Test
  void spansAreNeitherNegativeNorLongerThanACentury() {
    for (var quantity : List.of("-1", "36601", "9223372036854775807")) {
      assertThat(faults(definition(ORDERED.replace("30}", quantity + "}"))))
          .extracting(DefinitionTest::place)
          .containsExactly("/d/condition_groups/0/conditions/0/timeframe_filter/quantity");
    }
    assertThat(faults(definition(ORDERED.replace("30}", "36600}")))).isEmpty();
  }

  @Test
  void attributesAreKnownByName() {
    var condition =
        """
        {"type": "profile-property", "property": "%s", "filter": {"type": "existence", "operator": "is-set"}}
        """;
    for (var good : List.of("first_name", "location['city']", "properties['a b']", "created")) {
      assertThat(faults(definition(condition.formatted(good)))).as(good).isEmpty();
    }
    for (var bad : List.of("Favorite plant", "location['moon']", "properties[]", "")) {
      assertThat(faults(definition(condition.formatted(bad)))).as(bad).hasSize(1);
    }
  }

  @Test
  void aSegmentDoesNotLeadBackToItself() {
    var member =
        definition(
            """
            {"type": "profile-group-membership", "is_member": true, "group_ids": ["SEGMNT"]}
            """);
    var words = new Words(Optional.of(Definition.parse(definition(ORDERED))));
    var circle = new Words(Optional.of(Definition.parse(member)));

    assertThat(Definition.faults(member, "/d", words, Optional.of("OTHERS"))).isEmpty();
    assertThat(Definition.faults(member, "/d", circle, Optional.of("SEGMNT"))).hasSize(1);
    assertThat(Definition.faults(member, "/d", circle, Optional.of("OTHERS"))).isEmpty();
  }

  @Test
  void dependenciesTellWhatMustBeWatched() {
    var definition =
        Definition.parse(
            definition(
                ORDERED,
                """
                {"type": "profile-group-membership", "is_member": false, "group_ids": ["LISTAA"]}
                """,
                """
                {"type": "profile-property", "property": "properties['Born']",
                 "filter": {"type": "date", "operator": "anniversary"}}
                """,
                """
                {"type": "profile-region", "in_region": true, "region": "united_states"}
                """));

    var found = definition.dependencies();

    assertThat(found.metrics()).containsExactly("ORDERS");
    assertThat(found.groups()).containsExactly("LISTAA");
    assertThat(found.properties()).containsExactly("Born");
    assertThat(found.attributes()).containsExactly("location");
    assertThat(found.timing()).isEqualTo(Timing.SWEPT);
    assertThat(Definition.parse(definition(ORDERED)).dependencies().timing())
        .isEqualTo(Timing.INDEXED);
    assertThat(found.channels()).isEqualTo(Set.of());
  }

  private static List<Fault> faults(ObjectNode definition) {
    return Definition.faults(definition, "/d", new Words(Optional.empty()), Optional.empty());
  }

  private static String place(Fault fault) {
    return ((Source.Pointer) fault.source()).path();
  }

  private static ObjectNode definition(String... conditions) {
    return (ObjectNode)
        Json.read(
            "{\"condition_groups\": [{\"conditions\": [" + String.join(",", conditions) + "]}]}");
  }
}
