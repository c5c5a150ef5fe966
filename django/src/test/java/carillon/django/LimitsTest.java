package carillon.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import carillon.django.TemplateLimitExceeded.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

  private static final RenderOptions OPTIONS = RenderOptions.html(Clock.systemUTC());
  private static final Limits LONG_LIMITS =
      Limits.STANDARD.withTime(Duration.ofSeconds(30)).withIterations(1_000_000);
  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  @Test
  void nestedLoopsStopAfterSoManyRounds() {
    var source =
        "{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}"
            + "{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    assertThat(exceeded(source, OPTIONS)).isEqualTo(Kind.ITERATIONS);
  }

  @Test
  void timeIsLimitedAlsoWhenFewRoundsAreGone() {
    var limits = Limits.STANDARD.withTime(Duration.ofMillis(5)).withText(Long.MAX_VALUE);
    var source =
        "{% for a in l %}{% for b in l %}{% if text|upper|lower|upper == text %}{% endif %}"
            + "{% endfor %}{% endfor %}";
    assertThat(exceeded(source, OPTIONS.withLimits(limits))).isEqualTo(Kind.TIME);
  }

  @Test
  void outputIsLimited() {
    var limits = Limits.STANDARD.withOutput(100);
    assertThat(exceeded("{% for a in l %}ab{% endfor %}", OPTIONS.withLimits(limits)))
        .isEqualTo(Kind.OUTPUT);
  }

  @Test
  void outputOfExactlyTheLimitPasses() {
    var limits = Limits.STANDARD.withOutput(200);
    var text = render("{% for a in l %}ab{% endfor %}", OPTIONS.withLimits(limits));
    assertThat(text).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'x'|center:'999999999' }}",
        "{{ 'x'|ljust:999999999 }}",
        "{{ 'x'|rjust:1999999999 }}",
        "{{ 5|stringformat:'9999999d' }}",
        "{{ text|replace:'e,eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'"
            + "|replace:'e,eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'"
            + "|replace:'e,eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' }}"
      })
  void filtersCannotMakeTextLongerThanTheOutputMayBe(String source) {
    assertThat(exceeded(source, OPTIONS)).isEqualTo(Kind.OUTPUT);
  }

  @Test
  void doublingTextAgainAndAgainStops() {
    var source = new StringBuilder("{% with a='xxxxxxxxxx' %}");
    source.append("{% with a=a|add:a %}".repeat(40)).append("{{ a }}");
    source.append("{% endwith %}".repeat(41));
    assertThat(exceeded(source.toString(), OPTIONS)).isEqualTo(Kind.OUTPUT);
  }

  @Test
  void textThatIsThrownAwayCountsToo() {
    var source = "{% for a in l %}{% if text|ljust:1000000 == 'x' %}{% endif %}{% endfor %}";
    assertThat(exceeded(source, OPTIONS)).isEqualTo(Kind.TEXT);
  }

  @Test
  void deeplyNestedValuesAreNotPrintedToTheEnd() {
    List<Object> deep = new ArrayList<>();
    for (var i = 0; i < 10_000; i++) {
      deep = List.of(deep);
    }
    for (var filter : List.of("pprint", "json_script", "unordered_list", "join:','", "uniq")) {
      var template = Template.parse("{{ deep|" + filter + " }}", Language.marketing());
      var values = Map.of("deep", List.of(deep, deep));
      assertThatThrownBy(() -> template.render(values, OPTIONS))
          .as(filter)
          .isInstanceOfSatisfying(
              TemplateLimitExceeded.class, e -> assertThat(e.kind()).isEqualTo(Kind.DEPTH));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x == y", "x|uniq == 1", "x in y", "x < y", "x|pprint == 1"})
  void valuesThatLoopsNestDeeplyAreNotFollowedToTheEnd(String condition) {
    var source =
        "{% for a in many %}{% regroup x by a as x %}{% regroup y by a as y %}"
            + "{% if forloop.last and (C) %}{% endif %}{% endfor %}";
    var values =
        Map.of(
            "many", IntStream.range(0, 40_000).boxed().toList(), "x", List.of(1), "y", List.of(1));
    var template = Template.parse(source.replace("(C)", condition), Language.marketing());
    var error =
        catchThrowableOfType(
            TemplateLimitExceeded.class,
            () -> template.render(values, OPTIONS.withLimits(LONG_LIMITS)));
    assertThat(error == null ? Kind.DEPTH : error.kind()).isEqualTo(Kind.DEPTH);
  }

  @Test
  void nothingOfAFailedRenderingIsAppended() {
    var template = Template.parse("abc{{ 'x'|center:'999999999' }}", Language.django());
    var out = new StringBuilder();
    assertThatThrownBy(() -> template.render(Map.of(), OPTIONS, out))
        .isInstanceOf(TemplateLimitExceeded.class);
    assertThat(out).isEmpty();
  }

  /** Each of these would take seconds to hours if its cost were not counted or bounded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% with a=' '|ljust:1900000 b='x'|rjust:900000 %}{% if b in a %}{% endif %}"
            + "{{ a|cut:b|length }}{% endwith %}",
        "{% for a in l %}{% for b in l %}{% for c in l %}{{ text|title|slugify }}"
            + "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% if many == many2 %}{% endif %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% if 'x' in many %}{% endif %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ many|dictsort:0|length }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ many|join:text|length }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ many|uniq|length }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% regroup many by x as g %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% for c in l %}{{ many|slice:'::-1'|length }}"
            + "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ markup|truncatechars_html:9|length }}"
            + "{{ markup|striptags|length }}{{ text|urlize|length }}{% endfor %}{% endfor %}",
        "{% with a='&'|ljust:1900000 %}{{ a|truncatechars_html:1000000|length }}{% endwith %}",
        "{% for a in l %}{% for b in l %}{% for k, v in wide.items %}{% endfor %}"
            + "{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% for c in l %}{{ wide.items.0 }}{{ wide.values.0 }}"
            + "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ many|sort|first }}{{ many|compact|map:'x'|length }}"
            + "{{ many|where:'x'|length }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ many|reverse|missing_element:many }}"
            + "{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{{ text|split:'e'|length }}{{ text|wordcount }}"
            + "{{ text|wordwrap:3|length }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% for c in l %}{% if n|times:n %}{% endif %}"
            + "{{ n|divisibleby:n }}{% endfor %}{% endfor %}{% endfor %}"
      })
  void costlyTemplatesEndSoon(String source) {
    var wide = new TreeMap<String, Object>();
    IntStream.range(0, 20_000).forEach(i -> wide.put("key" + i, i));
    var values = new HashMap<>(values());
    values.put("many", IntStream.range(0, 20_000).boxed().toList());
    values.put("many2", IntStream.range(0, 20_000).boxed().toList());
    values.put("wide", wide);
    values.put("markup", "<b>x &amp;".repeat(20_000));
    values.put("n", "9".repeat(300));
    var template = Template.parse(source, Language.marketing());
    var start = System.nanoTime();
    try {
      assertThat(template.render(values, OPTIONS)).hasSizeLessThanOrEqualTo(2_000_000);
    } catch (TemplateLimitExceeded expected) {
      assertThat(expected.kind()).isNotNull();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private static Kind exceeded(String source, RenderOptions options) {
    return catchThrowableOfType(TemplateLimitExceeded.class, () -> render(source, options)).kind();
  }

  private static String render(String source, RenderOptions options) {
    return Template.parse(source, Language.marketing()).render(values(), options);
  }

  private static Map<String, Object> values() {
    return Map.of("l", HUNDRED, "text", "The quick brown fox. ".repeat(1_000));
  }
}
