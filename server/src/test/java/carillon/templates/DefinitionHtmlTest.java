package carillon.templates;

import static carillon.templates.Definitions.block;
import static carillon.templates.Definitions.column;
import static carillon.templates.Definitions.columns;
import static carillon.templates.Definitions.text;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DefinitionHtmlTest {

  private record Case(String name, String block, String selector, String wanted) {}

  @TestFactory
  Stream<DynamicTest> everyKindOfBlockBecomesHtml() {
    return Stream.of(
            new Case("text", text("<b>Hi</b>"), "div.text > b", "<b>Hi</b>"),
            new Case(
                "text with styles",
                block(
                    "text",
                    """
                    "content": "x", "styles": {"color": "red", "text_align": "right",
                      "extra_css_class": "big", "inner_padding_top": 7}
                    """),
                "div.text.big[style*=color:red][style*=text-align:right][style*=padding-top:7px]",
                ">x</div>"),
            new Case("html", block("html", "\"content\": \"<hr id='mine'>\""), "hr#mine", "mine"),
            new Case(
                "button",
                block(
                    "button",
                    """
                    "content": "Buy", "properties": {"href": "https://x.test/{{ id|default:\\"7\\" }}"},
                    "styles": {"background_color": "#111111", "border_radius": 4, "border_width": 2,
                      "border_style": "solid", "border_color": "#333333"}
                    """),
                "a[style*=border-radius:4px][style*=border:2px solid #333333]",
                "href=\"https://x.test/{{ id|default:\"7\" }}\""),
            new Case(
                "button without address",
                block("button", "\"content\": \"Soon\", \"properties\": {}, \"styles\": {}"),
                "span:contains(Soon)",
                "Soon"),
            new Case(
                "coupon",
                block("coupon", "\"content\": \"SAVE10\", \"properties\": {}, \"styles\": {}"),
                "span:contains(SAVE10)",
                "SAVE10"),
            new Case(
                "image",
                block(
                    "image",
                    """
                    "properties": {"dynamic": false, "src": "https://x.test/a.png", "alt_text": "A \\"b\\"",
                      "href": "https://x.test"}, "styles": {"width": 300, "full_width_mobile": true}
                    """),
                "a[href=https://x.test] > img.wide[width=300][alt='A \"b\"']",
                "https://x.test/a.png"),
            new Case(
                "cropped image",
                block(
                    "image",
                    """
                    "properties": {"dynamic": null, "src": "https://x.test/a.png",
                      "cropping_properties": {"src": "https://x.test/cut.png"}}, "styles": {}
                    """),
                "img[src=https://x.test/cut.png]",
                "cut.png"),
            new Case(
                "video",
                block(
                    "video",
                    """
                    "properties": {"href": "https://x.test/v", "src": "https://x.test/v.gif"},
                    "styles": {}
                    """),
                "a[href=https://x.test/v] > img",
                "v.gif"),
            new Case(
                "spacer",
                block("spacer", "\"styles\": {\"height\": 33}"),
                "td[style*=height:33px]",
                "33px"),
            new Case(
                "horizontal rule",
                block(
                    "horizontal_rule",
                    "\"styles\": {\"border_width\": 3, \"border_style\": \"dashed\"}"),
                "div[style*=border-top:3px dashed #000000]",
                "dashed"),
            new Case(
                "drop shadow",
                block("drop_shadow", "\"styles\": {\"shadow_color\": \"dark\"}"),
                "div[style*=linear-gradient]",
                "0.4"),
            new Case(
                "split",
                block(
                    "split",
                    "\"styles\": {\"column_widths\": \"25%-75%\"}",
                    "{}",
                    """
                    {"type": "table_image", "src": "https://x.test/s.png"},
                    {"type": "table_text", "content": "beside"}
                    """),
                "td[width=75%]:contains(beside)",
                "s.png"),
            new Case(
                "table",
                block(
                    "table",
                    """
                    "properties": {"dynamic": false, "num_columns": 2, "show_headers": true},
                    "styles": {"header_background_color": "#abcdef"}
                    """,
                    "{}",
                    """
                    {"type": "table_header", "content": "Item"},
                    {"type": "table_header", "content": "Price"},
                    {"type": "table_text", "content": "Cup"},
                    {"type": "table_html", "content": "<i>4</i>"}
                    """),
                "td[style*=#abcdef]:contains(Item) + td:contains(Price)",
                "<i>4</i>"),
            new Case(
                "table of a list",
                block(
                    "table",
                    """
                    "properties": {"dynamic": true, "num_columns": 1, "show_fallback_content": true,
                      "row_content_repeat": {"repeat_for": "event.items", "item_alias": "item"}},
                    "styles": {}
                    """,
                    "{}",
                    """
                    {"type": "table_text", "content": "{{ item.name }}"},
                    {"type": "table_fallback_text", "content": "nothing"}
                    """),
                "div:containsOwn(item.name)",
                "{% for item in event.items %}"),
            new Case(
                "header",
                block(
                    "header",
                    "\"styles\": {}",
                    "{}",
                    """
                    {"type": "header_link_bar_logo", "src": "https://x.test/logo.png", "width": 90},
                    {"type": "header_link_bar_button", "content": "Shop", "href": "https://x.test/s"}
                    """),
                "a[href=https://x.test/s]:contains(Shop)",
                "logo.png"),
            new Case(
                "social",
                block(
                    "social",
                    "\"properties\": {}, \"styles\": {\"icon_size\": \"large\"}",
                    "{}",
                    """
                    {"type": "social_link_icon", "link_type": "instagram", "link_url": "https://i.test"},
                    {"type": "social_link_spacer", "width": 9},
                    {"type": "social_link_icon", "link_type": "custom", "custom_src":
                      "https://x.test/i.png", "link_url": "https://c.test", "label": "Club"}
                    """),
                "a[href=https://c.test] > img[alt=Club][width=48]",
                ">Instagram</a>"),
            new Case(
                "products",
                block(
                    "product",
                    """
                    "properties": {"dynamic": false, "show_button": true}, "styles": {"num_columns": 2}
                    """,
                    "{}",
                    """
                    {"type": "product", "title": "Cup", "price": "€4", "image_url":
                      "https://x.test/cup.png", "link": "https://x.test/cup", "button_text": "Get it"}
                    """),
                "a[href=https://x.test/cup]:contains(Get it)",
                "€4"),
            new Case(
                "review",
                block(
                    "review",
                    """
                    "properties": {"dynamic": false, "stars": 4, "quote": "Good", "author": "Ada"},
                    "styles": {"star_color": "#ffaa00"}
                    """),
                "div[style*=#ffaa00]:contains(★★★★☆)",
                "Good"))
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(),
                () -> {
                  var html = html(Definitions.with(one.block()));
                  assertThat(html).contains(one.wanted());
                  assertThat(parsed(html).select(one.selector())).as(html).hasSize(1);
                }));
  }

  @Test
  void blocksChosenForEachRecipientAreLeftOut() {
    var product = block("product", "\"properties\": {\"dynamic\": true}, \"styles\": {}");
    var review = block("review", "\"properties\": {\"dynamic\": true}, \"styles\": {}");
    assertThat(parsed(html(Definitions.with(product, review))).text()).isBlank();
  }

  @Test
  void columnsHaveTheWidthsOfTheirLayout() {
    var html = html(columns("2-columns-33%-67%", column(text("a")), column(text("b"))));
    assertThat(parsed(html).select("td.stack").eachAttr("width")).containsExactly("33%", "67%");
  }

  @Test
  void columnsWithoutLayoutAreAlike() {
    var html = html(columns("", column(text("a")), column(text("b")), column(text("c"))));
    assertThat(parsed(html).select("td.stack").eachAttr("width"))
        .containsExactly("33%", "33%", "33%");
  }

  @Test
  void columnsStayBesideEachOtherWhenTheSectionSaysSo() {
    var row = "{\"data\": {\"styles\": {}}, \"columns\": [%s]}".formatted(column(text("a")));
    var html = html(Definitions.section("{\"column_direction\": \"no-stack\"}", row));
    assertThat(parsed(html).select("td.stack")).isEmpty();
  }

  @Test
  void thePageCarriesTheStylesOfTheTemplate() {
    var page = parsed(html(Definitions.with(text("a"))));
    assertThat(page.body().attr("style")).contains("background-color:#eeeeee");
    assertThat(page.body().className()).isEqualTo("mail");
    assertThat(page.select("table[style*=max-width:640px]")).hasSize(1);
    assertThat(page.select("div.text").attr("style")).contains("font-family:Georgia");
    assertThat(page.selectFirst("style").data())
        .contains("h1 { font-size:30px;margin-top:0;margin-bottom:10px; }")
        .contains("a { color:#0000cc; }")
        .contains("font-size:17px !important;");
  }

  @Test
  void displayOptionsBecomeConditionsLoopsAndClasses() {
    var html =
        html(
            Definitions.with(
                block(
                    "text",
                    "\"content\": \"x\", \"styles\": {}",
                    """
                    {"show_on": "mobile", "visibility": {"check": "person.vip"},
                     "content_repeat": {"repeat_for": "event.items", "item_alias": "item"}}
                    """,
                    "")));
    assertThat(html)
        .containsSubsequence(
            "{% if person.vip %}",
            "{% for item in event.items %}",
            "class=\"mobile-only\"",
            "{% endfor %}",
            "{% endif %}");
  }

  @Test
  void styleValuesCannotBreakOutOfTheirAttribute() {
    var html =
        html(
            Definitions.with(
                block(
                    "text",
                    """
                    "content": "x", "styles": {"color": "red\\"><script>bad()</script>;position:fixed"}
                    """)));
    assertThat(parsed(html).select("script")).isEmpty();
    assertThat(parsed(html).select("div.text").attr("style")).doesNotContain(";position");
  }

  @Test
  void addressesCannotBreakOutOfTheirAttribute() {
    var html =
        html(
            Definitions.with(
                block(
                    "button",
                    """
                    "content": "x", "properties": {"href": "\\"><script>bad()</script>"}, "styles": {}
                    """)));
    assertThat(parsed(html).select("script")).isEmpty();
  }

  private static String html(String definition) {
    return DefinitionHtml.of(Json.read(definition));
  }

  private static Document parsed(String html) {
    return Jsoup.parse(html);
  }
}
