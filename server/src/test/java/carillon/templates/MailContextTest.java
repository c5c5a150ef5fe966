package carillon.templates;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Account;
import carillon.django.Language;
import carillon.django.RenderOptions;
import carillon.jsonapi.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

class MailContextTest {

  private static final Instant NOW = Instant.parse("2026-03-04T23:30:00Z");

  private static final Account ACCOUNT =
      new Account(
          "SHOP01",
          "Tea & Co",
          ZoneOffset.UTC,
          "EUR",
          "en-US",
          "",
          true,
          new Account.Sender("Ada", "ada@tea.test", "https://tea.test"),
          new Account.Address("1 High St", "", "Leeds", "", "GB", "LS1"),
          Account.Rules.USUAL,
          NOW);

  private final Renderer renderer =
      new Renderer(Language.marketing(), Clock.fixed(NOW, ZoneOffset.UTC));

  private final Map<String, Object> values =
      MailContext.of(ACCOUNT)
          .person(
              "01P",
              object(
                  """
                  {"email": "g@tea.test", "first_name": "Grace", "last_name": null,
                   "organization": "Navy", "location": {"city": "York"},
                   "properties": {"Likes": ["tea"], "email": "other", "none": null}}
                  """))
          .event(object("{\"$value\": 3, \"$extra\": {\"sku\": \"c1\"}}"))
          .message("01M", "Spring", "Hello")
          .campaign("01C", "Sale")
          .links("https://u.test/?a=1&b=2", "https://m.test", "https://w.test")
          .values();

  @TestFactory
  Stream<DynamicTest> authorsFindTheNamesTheyKnow() {
    return Map.ofEntries(
            Map.entry("{{ first_name }} {{ email }}", "Grace g@tea.test"),
            Map.entry("[{{ last_name }}{{ person.last_name }}]", "[]"),
            Map.entry("{{ person.location.city }} {{ person.id }}", "York 01P"),
            Map.entry("{{ person.Likes.0 }} {{ person.email }}", "tea g@tea.test"),
            Map.entry("{{ person.organization }} at {{ organization.name }}", "Navy at Tea & Co"),
            Map.entry("{{ organization.full_address }}", "1 High St, Leeds, LS1, GB"),
            Map.entry("{{ organization.url }}", "https://tea.test"),
            Map.entry("{{ event|lookup:'$value' }} {{ event.extra.sku }}", "3 c1"),
            Map.entry("{% message_name %} {% campaign_name %}", "Spring Sale"),
            Map.entry("{% unsubscribe_link %}", "https://u.test/?a=1&b=2"),
            Map.entry("{% web_view_link %}", "https://w.test"))
        .entrySet()
        .stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.getKey(), () -> assertThat(line(one.getKey())).isEqualTo(one.getValue())));
  }

  @Test
  void datesAreThoseOfTheZoneAskedFor() {
    var options = renderer.options(ZoneId.of("Asia/Tokyo"));
    assertThat(renderer.line("subject", "{% today '%Y-%m-%d' %}", values, options))
        .isEqualTo("2026-03-05");
  }

  @Test
  void aPreparedTemplateTellsItsTagsAndIsKept() {
    var template =
        new Template(
            "ABC123",
            "n",
            EditorType.CODE,
            new Template.Content(
                "{% unsubscribe %}", Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            NOW,
            NOW);
    var prepared = renderer.prepare("SHOP01", template);
    assertThat(prepared.usesAny("unsubscribe", "unsubscribe_link")).isTrue();
    assertThat(prepared.usesAny("web_view")).isFalse();
    assertThat(renderer.prepare("SHOP01", template)).isSameAs(prepared);
    assertThat(renderer.prepare("OTHER1", template)).isNotSameAs(prepared);
    assertThat(List.of(prepared.render(values, renderer.options(ZoneOffset.UTC)).html()))
        .containsExactly("<a href=\"https://u.test/?a=1&amp;b=2\">Unsubscribe</a>");
  }

  private String line(String source) {
    RenderOptions options = renderer.options(ZoneOffset.UTC);
    return renderer.line("subject", source, values, options);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.read(json);
  }
}
