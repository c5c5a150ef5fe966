package carillon.templates;

import static carillon.templates.Definitions.text;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TemplateRenderTest {

  private final Shop shop = TestServer.shop();

  @TestFactory
  Stream<DynamicTest> theContextIsTheRootOfAllVariables() {
    var context =
        """
        {"first_name": "Ada", "event": {"items": [{"name": "Cup"}, {"name": "Jug"}], "$value": 12.5},
         "person": {"Favorite color": "<red>"}, "source": "{{ first_name }}"}
        """;
    return Map.ofEntries(
            Map.entry("Hi {{ first_name }}", "Hi Ada"),
            Map.entry("{{ event.items.1.name }}", "Jug"),
            Map.entry("{{ event|lookup:'$value' }}", "12.5"),
            Map.entry("{{ person|lookup:'Favorite color' }}", "&lt;red&gt;"),
            Map.entry("{{ person|lookup:'Favorite color'|safe }}", "<red>"),
            Map.entry("[{{ last_name }}]", "[]"),
            Map.entry("{{ person|lookup:'x' }} {{ person|lookup:'x'|default:'y' }}", "None y"),
            Map.entry("{{ last_name|default:'friend' }}", "friend"),
            Map.entry("{% if last_name %}a{% else %}b{% endif %}", "b"),
            Map.entry("{% for i in event.items %}{{ i.name }} {% endfor %}", "Cup Jug "),
            Map.entry("{{ organization.name }}", "Test shop " + shop.account()),
            Map.entry("{% unsubscribe 'leave' %}", "<a href=\"#\">leave</a>"),
            Map.entry("{{ source }}", "{{ first_name }}"))
        .entrySet()
        .stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.getKey(),
                () ->
                    assertThat(
                            render(create(one.getKey()), context)
                                .expect(201)
                                .text("/data/attributes/html"))
                        .isEqualTo(one.getValue())));
  }

  @Test
  void textIsMadeFromTheHtmlWhenThereIsNone() {
    var id = create("<h1>Hi {{ name }}</h1><p>a &amp; b</p>");
    var answer = render(id, "{\"name\": \"Ada\"}").expect(201);
    assertThat(answer.text("/data/attributes/text")).contains("Ada").contains("a & b");
    assertThat(answer.id()).isEqualTo(id);
  }

  @Test
  void textAndAmpAreRenderedAndTextIsNotEscaped() {
    var id =
        post("""
        "name": "n", "editor_type": "CODE", "html": "<p>{{ a }}</p>", "text": "T {{ a }}",
        "amp": "A {{ a }}"
        """)
            .id();
    var answer = render(id, "{\"a\": \"<x>\"}").expect(201);
    assertThat(answer.text("/data/attributes/html")).isEqualTo("<p>&lt;x&gt;</p>");
    assertThat(answer.text("/data/attributes/text")).isEqualTo("T <x>");
    assertThat(answer.text("/data/attributes/amp")).isEqualTo("A &lt;x&gt;");
  }

  @Test
  void renderingSavesNothing() {
    var id = create("Hi {{ name }}");
    render(id, "{\"name\": \"Ada\"}").expect(201);
    var after = shop.get("/api/templates/" + id);
    assertThat(after.text("/data/attributes/html")).isEqualTo("Hi {{ name }}");
    assertThat(after.at("/data/attributes/text").isNull()).isTrue();
    assertThat(shop.get("/api/templates").ids()).containsExactly(id);
  }

  @Test
  void aChangedTemplateIsRenderedAsChanged() {
    var id = create("old");
    render(id, "{}").expect(201);
    shop.patch("/api/templates/" + id, identified(id, "\"html\": \"new\"")).expect(200);
    assertThat(render(id, "{}").text("/data/attributes/html")).isEqualTo("new");
  }

  @Test
  void blocksAreRenderedWithTheirVariables() {
    var id =
        post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
                + Definitions.with(text("Hello {{ first_name }}")))
            .id();
    var answer = render(id, "{\"first_name\": \"Ada\"}").expect(201);
    assertThat(answer.text("/data/attributes/html")).contains(">Hello Ada</div>");
    assertThat(answer.text("/data/attributes/text")).isEqualTo("Hello Ada");
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeRenderedIsRefused() {
    var nested = "{% for a in x %}".repeat(6) + "y" + "{% endfor %}".repeat(6);
    return Map.of(
            "{{ event.$value }}",
            "The html cannot be rendered: line 1, column",
            "a\n{% if %}",
            "line 2, column 6",
            "{% include 'x' %}",
            "tag 'include' is not available in messages",
            "{% nonsense %}",
            "unknown tag 'nonsense'",
            nested,
            "The html cannot be rendered: the loops go round too often.",
            "{{ a|ljust:'9000000' }}{{ a|ljust:'9000000' }}",
            "The html cannot be rendered: the")
        .entrySet()
        .stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.getKey(),
                () -> {
                  var numbers = "[" + "1,".repeat(60) + "1]";
                  var answer =
                      render(create(one.getKey()), "{\"x\": " + numbers + ", \"a\": \"b\"}")
                          .expect(400);
                  assertThat(answer.details()).singleElement().asString().contains(one.getValue());
                }));
  }

  @Test
  void aFaultInTheTextIsToldToBeThere() {
    var id = post("\"name\": \"n\", \"editor_type\": \"CODE\", \"text\": \"{% if %}\"").id();
    assertThat(render(id, "{}").expect(400).details())
        .singleElement()
        .asString()
        .startsWith("The text cannot be rendered: line 1");
  }

  @Test
  void aTemplateAndAContextAreNeeded() {
    render("NoSuch", "{}").expect(404);
    var id = create("x");
    assertThat(shop.post("/api/template-render", identified(id, "")).expect(400).details())
        .containsExactly("'context' is a required field for the resource 'template'.");
    render(id, "[]").expect(400);
    shop.post(
            "/api/template-render",
            "{\"data\": {\"type\": \"template\", \"attributes\": {\"context\": {}}}}")
        .expect(400);
  }

  private String create(String html) {
    var quoted = Json.MAPPER.writeValueAsString(html);
    return post("\"name\": \"n\", \"editor_type\": \"CODE\", \"html\": " + quoted).expect(201).id();
  }

  private Answer post(String attributes) {
    return shop.post(
        "/api/templates",
        "{\"data\": {\"type\": \"template\", \"attributes\": {" + attributes + "}}}");
  }

  private Answer render(String id, String context) {
    return shop.post("/api/template-render", identified(id, "\"context\": " + context));
  }

  private static String identified(String id, String attributes) {
    return "{\"data\": {\"type\": \"template\", \"id\": \"%s\", \"attributes\": {%s}}}"
        .formatted(id, attributes);
  }
}
