package carillon.django;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T23:30:00Z"), ZoneOffset.UTC);
  private static final RenderOptions HTML = RenderOptions.html(CLOCK);
  private static final RenderOptions TEXT = RenderOptions.text(CLOCK);

  /** What a tag of the server needs at run time. */
  private record Shelf(Map<String, Map<String, Object>> items) {}

  @Test
  void textIsNotEscaped() {
    assertThat(render("{{ x }} {{ x|join:'&' }}", Map.of("x", "a<b"), TEXT)).isEqualTo("a<b a&<&b");
  }

  @Test
  void linksInTextAreAddresses() {
    var values = Map.of("links", Map.of("unsubscribe", "https://s.example/?a=1&b=2"));
    assertThat(render("{% unsubscribe %}|{% unsubscribe_link %}", values, TEXT))
        .isEqualTo("Unsubscribe: https://s.example/?a=1&b=2|https://s.example/?a=1&b=2");
  }

  @Test
  void timesAreShownInTheZone() {
    var berlin = HTML.withZone(ZoneId.of("Europe/Berlin"));
    var values = Map.of("t", Instant.parse("2026-07-01T22:30:00Z"), "l", LocalDateTime.MIN);
    assertThat(render("{{ t|date:'j M H:i T O I' }} {% now 'j H' %}", values, berlin))
        .isEqualTo("2 Jul 00:30 CEST +0200 1 22 00");
  }

  @Test
  void aNullPrintsNoneAndAMissingKeyNothing() {
    var values = new HashMap<String, Object>();
    values.put("x", null);
    assertThat(render("[{{ x }}][{{ y }}]", values, HTML)).isEqualTo("[None][]");
  }

  @Test
  void valuesOfOtherKindsAreMissing() {
    var values = Map.of("o", new Object(), "c", String.class, "e", Optional.of(1));
    assertThat(render("{{ o }}{{ c }}{{ c.name }}{{ e }}{{ o|default:'x' }}", values, HTML))
        .isEqualTo("x");
  }

  @Test
  void safeTextIsMarkup() {
    assertThat(render("{{ x }}", Map.of("x", new SafeText("<b>")), HTML)).isEqualTo("<b>");
  }

  @Test
  void tagsInUseAreKnown() {
    var template =
        Template.parse(
            "{% if a %}{% unsubscribe %}{% endif %}{% comment %}{% web_view %}{% endcomment %}",
            Language.marketing());
    assertThat(template.uses("unsubscribe")).isTrue();
    assertThat(template.uses("web_view")).isFalse();
    assertThat(template.uses("unsubscribe_link")).isFalse();
  }

  @Test
  void randomIsTheSameForTheSameSeed() {
    var values = Map.of("l", IntStream.range(0, 1000).boxed().toList());
    var source = "{{ l|random }} {{ l|random }}";
    assertThat(render(source, values, HTML.withSeed(7)))
        .isEqualTo(render(source, values, HTML.withSeed(7)))
        .isNotEqualTo(render(source, values, HTML.withSeed(8)));
  }

  @Test
  void aTemplateIsRenderedByManyThreadsAtOnce() {
    var template =
        Template.parse(
            "{% for x in l %}{% cycle 'a' 'b' %}{% ifchanged x %}{{ x }}{% endifchanged %}"
                + "{% endfor %}",
            Language.django());
    var values = Map.of("l", List.of(1, 1, 2));
    var texts =
        IntStream.range(0, 2_000)
            .parallel()
            .mapToObj(i -> template.render(values, HTML))
            .distinct();
    assertThat(texts).containsExactly("a1ba2");
  }

  @Test
  void renderingAppends() throws IOException {
    var out = new StringBuilder("> ");
    Template.parse("{{ x }}", Language.django()).render(Map.of("x", 1), HTML, out);
    assertThat(out).hasToString("> 1");
  }

  @Test
  void theServerAddsFilters() {
    var language =
        Language.django().withFilter("shout", (value, mark, context) -> value + "<" + mark);
    assertThat(render("{{ 'a'|shout:'!' }}{{ 'b'|shout }}", Map.of(), HTML, language))
        .isEqualTo("a&lt;!b&lt;null");
  }

  @Test
  void theServerAddsTagsWithArgumentsAndNames() {
    var language =
        Language.django()
            .withTag(
                "greet",
                call -> call.text("with").orElse("Hi") + " " + call.text(0).orElse("you") + "<");
    assertThat(
            render(
                "{% greet %} {% greet name with='Dear' %} {% greet 'x' as g %}[{{ g|upper }}]",
                Map.of("name", "Ada"), HTML, language))
        .isEqualTo("Hi you&lt; Dear Ada&lt; [HI X&lt;]");
  }

  @Test
  void theServerAddsBlocksThatUseItsServices() {
    var shelf = new Shelf(Map.of("T1", Map.of("title", "Tea")));
    var language =
        Language.marketing()
            .withBlockTag(
                "catalog",
                (call, body) -> {
                  var items = call.context().service(Shelf.class).orElseThrow().items();
                  var item = Optional.ofNullable(items.get(call.text(0).orElse("")));
                  item.ifPresent(found -> body.render(Map.of("catalog_item", found)));
                });
    var source =
        "{% catalog id integration='api' %}{{ catalog_item.title }}{% endcatalog %}"
            + "{% catalog 'none' %}x{% endcatalog %}{{ catalog_item }}";
    var options = HTML.withService(Shelf.class, shelf);
    assertThat(render(source, Map.of("id", "T1"), options, language)).isEqualTo("Tea");
    assertThat(Template.parse(source, language).uses("catalog")).isTrue();
  }

  private static String render(String source, Map<String, ?> values, RenderOptions options) {
    return render(source, values, options, Language.marketing());
  }

  private static String render(
      String source, Map<String, ?> values, RenderOptions options, Language language) {
    return Template.parse(source, language).render(values, options);
  }
}
