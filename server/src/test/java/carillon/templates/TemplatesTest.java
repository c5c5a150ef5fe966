package carillon.templates;

import static carillon.templates.Definitions.block;
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

class TemplatesTest {

  private static final String PAGE = "<html><body class='a'>Hi {{ first_name }}</body></html>";

  private final Shop shop = TestServer.shop();

  @Test
  void htmlIsKeptAsItCame() {
    var created = create("Welcome", PAGE).expect(201);

    assertThat(created.text("/data/attributes/html")).isEqualTo(PAGE);
    assertThat(created.text("/data/attributes/editor_type")).isEqualTo("CODE");
    assertThat(created.at("/data/attributes/text").isNull()).isTrue();
    assertThat(created.at("/data/attributes").has("definition")).isFalse();
    assertThat(shop.get("/api/templates/" + created.id()).expect(200).at("/data"))
        .isEqualTo(created.at("/data"));
  }

  @Test
  void draggableHtmlTemplatesAreHtmlToo() {
    var answer = post("\"name\": \"x\", \"editor_type\": \"USER_DRAGGABLE\", \"html\": \"<p>\"");
    assertThat(answer.expect(201).text("/data/attributes/html")).isEqualTo("<p>");
  }

  @Test
  void aTemplateOfBlocksHasHtmlAndTellsItsDefinitionWhenAsked() {
    var definition = Definitions.with(text("Hello"));
    var created =
        shop.post(
                "/api/templates?additional-fields[template]=definition",
                body(
                    "\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
                        + definition))
            .expect(201);

    assertThat(created.at("/data/attributes/definition")).isEqualTo(Json.read(definition));
    assertThat(created.text("/data/attributes/html")).contains(">Hello</div>");
    assertThat(shop.get("/api/templates/" + created.id()).at("/data/attributes").has("definition"))
        .isFalse();
  }

  @TestFactory
  Stream<DynamicTest> wrongBodiesAreRefusedWithTheirPlace() {
    var blocks = "\"name\": \"x\", \"editor_type\": \"SYSTEM_DRAGGABLE\"";
    var code = "\"name\": \"x\", \"editor_type\": \"CODE\"";
    var whole = Definitions.with(text("x"));
    return Map.ofEntries(
            Map.entry("\"editor_type\": \"CODE\"", "'name' is a required field"),
            Map.entry("\"name\": \"x\"", "'editor_type' is a required field"),
            Map.entry("\"name\": \"\", \"editor_type\": \"CODE\"", "'name' must not be empty."),
            Map.entry(
                "\"name\": \"x\", \"editor_type\": \"PAPER\"",
                "'PAPER' is not a valid choice for 'editor_type'."),
            Map.entry(code + ", \"html\": 7", "'html' must be a string."),
            Map.entry(code + ", \"size\": 7", "'size' is not a valid field for the resource"),
            Map.entry(
                code + ", \"html\": \"" + "a".repeat(1_000_001) + "\"",
                "'html' must have at most 1000000 characters."),
            Map.entry(code + ", \"definition\": " + whole, "is only for templates of type"),
            Map.entry(blocks, "'definition' is a required field for the resource 'template'."),
            Map.entry(
                blocks + ", \"definition\": " + whole + ", \"html\": \"<p>\"",
                "'html' is not for templates of type SYSTEM_DRAGGABLE"),
            Map.entry(
                blocks
                    + ", \"definition\": {\"body\": {\"properties\": {}, \"styles\": {}},"
                    + " \"styles\": []}",
                "Template must contain at least one section"),
            Map.entry(
                blocks + ", \"definition\": " + Definitions.with(block("sound", "\"styles\": {}")),
                "'sound' is not a valid choice for 'type'."),
            Map.entry(
                blocks
                    + ", \"definition\": "
                    + Definitions.with(block("spacer", "\"styles\": {\"color\": \"red\"}")),
                "'color' is not a valid field for the resource 'SpacerBlockStyles'."),
            Map.entry(
                blocks
                    + ", \"definition\": "
                    + Definitions.with(block("spacer", "\"styles\": {\"height\": \"tall\"}")),
                "'height' must be an integer."))
        .entrySet()
        .stream()
        .map(wrong ->
            DynamicTest.dynamicTest(
                wrong.getValue(),
                () -> {
                  var answer = post(wrong.getKey()).expect(400);
                  assertThat(answer.details())
                      .anyMatch(detail -> detail.contains(wrong.getValue()));
                  assertThat(answer.text("/errors/0/source/pointer"))
                      .startsWith("/data/attributes/");
                  assertThat(shop.get("/api/templates").ids()).isEmpty();
                }));
  }

  @Test
  void changingKeepsWhatIsAbsentAndClearsWhatIsNull() {
    var id =
        post("\"name\": \"n\", \"editor_type\": \"CODE\", \"html\": \"<p>\", \"text\": \"t\"").id();

    var changed = patch(id, "\"name\": \"new\", \"text\": null, \"amp\": \"<a>\"").expect(200);

    assertThat(changed.text("/data/attributes/name")).isEqualTo("new");
    assertThat(changed.text("/data/attributes/html")).isEqualTo("<p>");
    assertThat(changed.at("/data/attributes/text").isNull()).isTrue();
    assertThat(changed.text("/data/attributes/amp")).isEqualTo("<a>");
    assertThat(shop.get("/api/templates/" + id).at("/data")).isEqualTo(changed.at("/data"));
  }

  @Test
  void aDefinitionThatIsNullIsNoneAndAnOldOneStays() {
    var code = post("\"name\": \"c\", \"editor_type\": \"CODE\", \"definition\": null");
    var blocks =
        post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
                + Definitions.with(text("old")))
            .expect(201)
            .id();

    patch(code.expect(201).id(), "\"definition\": null").expect(200);
    assertThat(patch(blocks, "\"definition\": null").expect(200).text("/data/attributes/html"))
        .contains("old");
    assertThat(
            post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": null")
                .expect(400)
                .details())
        .containsExactly("'definition' is a required field for the resource 'template'.");
  }

  @Test
  void blocksMayHaveNullForDataAndDisplay() {
    var display = "{\"visibility\": null, \"content_repeat\": null}";
    var blocks =
        Stream.of("button", "header", "image", "product", "review", "social", "table")
            .map("{\"content_type\": \"block\", \"type\": \"%s\", \"data\": null}"::formatted)
            .toList();
    var definition =
        Definitions.columns(
            "",
            Definitions.column(blocks.toArray(String[]::new)),
            Definitions.column(
                block("text", "\"content\": \"Hello\", \"styles\": {}", display, "")));

    var made =
        post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
                + definition)
            .expect(201);

    assertThat(made.text("/data/attributes/html")).contains(">Hello</div>").doesNotContain("{%");
    post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
            + Definitions.with("{\"content_type\": \"block\", \"type\": \"text\", \"data\": null}"))
        .expect(400);
  }

  @Test
  void theEditorTypeAndTheKindOfContentCannotChange() {
    var code = create("c", "<p>").id();
    var blocks =
        post("\"name\": \"b\", \"editor_type\": \"SYSTEM_DRAGGABLE\", \"definition\": "
                + Definitions.with(text("x")))
            .id();

    assertThat(patch(code, "\"editor_type\": \"USER_DRAGGABLE\"").expect(400).details())
        .containsExactly("'editor_type' is not a valid field for the resource 'template'.");
    patch(code, "\"definition\": " + Definitions.with(text("x"))).expect(400);
    patch(blocks, "\"html\": \"<p>\"").expect(400);
    patch(blocks, "\"name\": \"renamed\"").expect(200);
    assertThat(
            patch(blocks, "\"definition\": " + Definitions.with(text("newer")))
                .expect(200)
                .text("/data/attributes/html"))
        .contains("newer");
  }

  @Test
  void templatesAreFilteredSortedAndPaged() {
    for (int i = 0; i < 12; i++) {
      create("letter %02d".formatted(i), "<p>");
    }
    create("note", "<p>");

    var first =
        shop.get("/api/templates?sort=-name&filter=" + Shop.encoded("contains(name,'letter')"));
    var second = shop.follow(first.text("/links/next"));
    var one = shop.get("/api/templates?filter=" + Shop.encoded("any(name,['note','x'])"));
    var id =
        shop.get("/api/templates?filter=" + Shop.encoded("equals(id,'" + one.ids().get(0) + "')"));

    assertThat(first.attributes("name")).hasSize(10).startsWith("letter 11");
    assertThat(second.attributes("name")).containsExactly("letter 01", "letter 00");
    assertThat(one.attributes("name")).containsExactly("note");
    assertThat(id.ids()).isEqualTo(one.ids());
    assertThat(
            shop.get("/api/templates?filter=" + Shop.encoded("less-than(created,2001-01-01)"))
                .ids())
        .isEmpty();
    assertThat(
            shop.get("/api/templates?filter=" + Shop.encoded("greater-than(updated,2001-01-01)"))
                .ids())
        .hasSize(10);
  }

  @Test
  void aCloneIsATemplateOfItsOwn() {
    var source =
        post("\"name\": \"n\", \"editor_type\": \"CODE\", \"html\": \"<p>\", \"text\": \"t\"").id();

    var named = cloned(source, "\"name\": \"other\"").expect(201);
    var unnamed = cloned(source, "").expect(201);
    patch(source, "\"html\": \"<b>\"").expect(200);

    assertThat(named.text("/data/attributes/name")).isEqualTo("other");
    assertThat(unnamed.text("/data/attributes/name")).isEqualTo("Clone of n");
    assertThat(shop.get("/api/templates/" + named.id()).text("/data/attributes/html"))
        .isEqualTo("<p>");
    assertThat(shop.get("/api/templates").ids())
        .containsExactlyInAnyOrder(source, named.id(), unnamed.id());
    cloned("NoSuch", "").expect(404);
  }

  @Test
  void aDeletedTemplateIsGone() {
    var id = create("x", "<p>").id();
    shop.delete("/api/templates/" + id).expect(204);
    assertThat(shop.get("/api/templates/" + id).expect(404).details())
        .containsExactly("A template with id " + id + " does not exist.");
    patch(id, "\"name\": \"y\"").expect(404);
    shop.delete("/api/templates/" + id).expect(404);
  }

  @Test
  void templatesOfAnotherAccountAreNotFound() {
    var id = create("mine", "<p>").id();
    var other = TestServer.shop();
    other.get("/api/templates/" + id).expect(404);
    other.delete("/api/templates/" + id).expect(404);
    assertThat(other.get("/api/templates").ids()).isEmpty();
  }

  private Answer create(String name, String html) {
    return post(
        "\"name\": \"%s\", \"editor_type\": \"CODE\", \"html\": \"%s\"".formatted(name, html));
  }

  private Answer post(String attributes) {
    return shop.post("/api/templates", body(attributes));
  }

  private static String body(String attributes) {
    return "{\"data\": {\"type\": \"template\", \"attributes\": {" + attributes + "}}}";
  }

  private Answer patch(String id, String attributes) {
    return shop.patch("/api/templates/" + id, identified(id, attributes));
  }

  private Answer cloned(String id, String attributes) {
    return shop.post("/api/template-clone", identified(id, attributes));
  }

  private static String identified(String id, String attributes) {
    return "{\"data\": {\"type\": \"template\", \"id\": \"%s\", \"attributes\": {%s}}}"
        .formatted(id, attributes);
  }
}
