package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What answers look like. */
class DocumentTest {

  private final Desk desk = new Desk();

  @BeforeEach
  void ships() {
    desk.harbour.add(
        "S1",
        """
        {"name":"Argo","tonnage":7,"launched":"2026-01-01T00:00:00.25+01:00",
         "position":{"latitude":1,"longitude":2,"sea":{"name":"Black","depth":"9"}}}\
        """,
        "P1",
        "a",
        "b");
    desk.harbour.add("S2", "{\"name\":\"Beagle\"}", "P1");
    desk.harbour.add("S3", "{\"name\":\"Calypso\"}", "");
  }

  private static List<String> names(JsonNode node) {
    return new ArrayList<>(node.propertyNames());
  }

  private static String url(String rest) {
    return Desk.BASE + rest;
  }

  @Test
  void aResourceHasItsMembersInThePublishedOrder() {
    var document = desk.get("/api/ships/S1").is(200).json();
    assertThat(names(document)).containsExactly("data", "links");
    var data = document.get("data");
    assertThat(names(data)).containsExactly("type", "id", "attributes", "relationships", "links");
    assertThat(data.at("/links/self").stringValue()).isEqualTo(url("/api/ships/S1/"));
    assertThat(document.at("/links/self").stringValue()).isEqualTo(url("/api/ships/S1"));
  }

  @Test
  void attributesWithoutAValueAreNullAndCostlyOnesAbsent() {
    var attributes = desk.get("/api/ships/S2").is(200).at("/data/attributes");
    assertThat(attributes.get("tonnage").isNull()).isTrue();
    assertThat(attributes.get("launched").isNull()).isTrue();
    assertThat(attributes.has("valuation")).isFalse();
    assertThat(names(attributes)).hasSize(16);
  }

  @Test
  void momentsAreWrittenInUtcWithAnOffset() {
    assertThat(desk.get("/api/ships/S1").at("/data/attributes/launched").stringValue())
        .isEqualTo("2025-12-31T23:00:00.25+00:00");
  }

  @Test
  void relationshipsHaveLinksAlwaysAndDataOnlyWhenInlined() {
    assertThat(desk.get("/api/ships/S1").at("/data/relationships"))
        .isEqualTo(
            Json.read(
                """
                {"port":{"data":{"type":"port","id":"P1"},
                  "links":{"self":"B/relationships/port/","related":"B/port/"}},
                 "crew":{"links":{"self":"B/relationships/crew/","related":"B/crew/"}},
                 "errors":{"links":{"related":"B/errors/"}},
                 "topics":{"data":[{"type":"topic","id":"t1"},{"type":"topic","id":"t2"}]}}\
                """
                    .replace("B/", url("/api/ships/S1/"))));
    assertThat(desk.get("/api/ships/S3").at("/data/relationships/port/data").isNull()).isTrue();
    assertThat(desk.get("/api/ships/S1").json().has("included")).isFalse();
  }

  @Test
  void includedResourcesComeOnceAndAreNamedInTheRelationship() {
    var document = desk.get("/api/ships?include=port,crew").is(200).json();
    assertThat(document.get("included").valueStream().map(one -> one.get("id").stringValue()))
        .containsExactly("P1", "a", "b");
    assertThat(document.at("/data/0/relationships/crew/data"))
        .isEqualTo(
            Json.read("[{\"type\":\"sailor\",\"id\":\"a\"},{\"type\":\"sailor\",\"id\":\"b\"}]"));
    assertThat(document.at("/data/1/relationships/crew/data")).isEqualTo(Json.read("[]"));
    assertThat(document.at("/data/2/relationships/port/data").isNull()).isTrue();
    var sailor = document.at("/included/1");
    assertThat(sailor.at("/attributes")).isEqualTo(Json.read("{\"name\":\"Sailor a\"}"));
    assertThat(sailor.at("/relationships/ship/links/related").stringValue())
        .isEqualTo(url("/api/sailors/a/ship/"));
    assertThat(sailor.at("/relationships/ship").has("data")).isFalse();
    assertThat(names(document)).containsExactly("data", "included", "links");
  }

  @Test
  void anIncludeThatFindsNothingIsStillTold() {
    var document = desk.get("/api/ships/S3?include=port,crew").is(200).json();
    assertThat(document.get("included")).isEqualTo(Json.read("[]"));
    assertThat(document.at("/data/relationships/crew/data")).isEqualTo(Json.read("[]"));
    assertThat(document.at("/data/relationships/port/data").isNull()).isTrue();
    var empty = desk.get("/api/ships?include=crew&filter=equals(name,'x')").is(200).json();
    assertThat(empty.get("data")).isEqualTo(Json.read("[]"));
    assertThat(empty.get("included")).isEqualTo(Json.read("[]"));
  }

  @Test
  void fieldsNarrowAttributesOnly() {
    var data = desk.get("/api/ships/S1?fields[ship]=name").is(200).at("/data");
    assertThat(data.get("attributes")).isEqualTo(Json.read("{\"name\":\"Argo\"}"));
    assertThat(names(data.get("relationships"))).hasSize(4);
    assertThat(data.has("links")).isTrue();
    assertThat(desk.get("/api/ships/S1?fields[ship]=").at("/data/attributes"))
        .isEqualTo(Json.object());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "position.latitude | {'position':{'latitude':1}}",
        "position.sea.name,name | {'name':'Argo','position':{'sea':{'name':'Black'}}}",
        "position.sea | {'position':{'sea':{'name':'Black','depth':'9'}}}",
        "position.sea.name,position | {'position':{'latitude':1,'longitude':2,"
            + "'sea':{'name':'Black','depth':'9'}}}"
      })
  void fieldsMayBeNested(String fields, String attributes) {
    assertThat(desk.get("/api/ships/S1?fields[ship]=" + fields).is(200).at("/data/attributes"))
        .isEqualTo(Json.read(attributes.replace('\'', '"')));
  }

  @Test
  void aNestedFieldOfNothingIsNull() {
    assertThat(desk.get("/api/ships/S2?fields[ship]=position.latitude").at("/data/attributes"))
        .isEqualTo(Json.read("{\"position\":null}"));
  }

  @Test
  void fieldsOfIncludedTypesNarrowThoseToo() {
    var document = desk.get("/api/ships/S1?include=port&fields[port]=").is(200).json();
    assertThat(document.at("/included/0/attributes")).isEqualTo(Json.object());
    assertThat(names(document.at("/data/attributes"))).hasSize(16);
  }

  @Test
  void additionalFieldsAddUpWithFields() {
    assertThat(
            desk.get("/api/ships?fields[ship]=name&additional-fields[ship]=valuation")
                .is(200)
                .at("/data/0/attributes"))
        .isEqualTo(Json.read("{\"name\":\"Argo\",\"valuation\":4}"));
    assertThat(
            names(
                desk.get("/api/ships?additional-fields[ship]=valuation").at("/data/0/attributes")))
        .hasSize(17)
        .contains("valuation");
    assertThat(
            desk.get("/api/ships?include=crew&additional-fields[sailor]=diary")
                .at("/included/0/attributes/diary")
                .stringValue())
        .isEqualTo("wet");
  }

  @Test
  void theSelfLinkOfAnAnswerEchoesTheCall() {
    var self =
        desk.get("/api/ships/?filter=equals(name,'A b')&page[size]=10&sort=-name")
            .is(200)
            .at("/links/self")
            .stringValue();
    assertThat(self)
        .isEqualTo(
            url("/api/ships/?filter=equals%28name%2C%27A%20b%27%29&page%5Bsize%5D=10&sort=-name"));
    desk.get(self.substring(Desk.BASE.length())).is(200);
  }

  @Test
  void collectionsThatArePagedHaveNextAndPrev() {
    var links = desk.get("/api/ships").is(200).at("/links");
    assertThat(names(links)).containsExactly("self", "next", "prev");
    assertThat(links.get("next").isNull()).isTrue();
    assertThat(links.get("prev").isNull()).isTrue();
  }

  @Test
  void collectionsThatAreNotPagedHaveOnlySelf() {
    var document = desk.get("/api/ports").is(200).json();
    assertThat(document.get("links")).isEqualTo(Json.read("{\"self\":\"" + url("/api/ports\"}")));
    assertThat(document.get("data")).hasSize(2);
    assertThat(document.at("/data/0").has("relationships")).isFalse();
  }

  @Test
  void relatedResourcesAndTheirIds() {
    assertThat(desk.get("/api/ships/S1/port").is(200).at("/data/type").stringValue())
        .isEqualTo("port");
    assertThat(desk.get("/api/ships/S1/relationships/port").is(200).json())
        .isEqualTo(
            Json.read(
                "{\"data\":{\"type\":\"port\",\"id\":\"P1\"},\"links\":{\"self\":\""
                    + url("/api/ships/S1/relationships/port\"}}")));
    assertThat(desk.get("/api/ships/S1/relationships/crew").is(200).json())
        .isEqualTo(
            Json.read(
                "{\"data\":[{\"type\":\"sailor\",\"id\":\"a\"},{\"type\":\"sailor\",\"id\":\"b\"}],"
                    + "\"links\":{\"self\":\""
                    + url("/api/ships/S1/relationships/crew\",\"next\":null,\"prev\":null}}")));
  }

  @Test
  void anEmptyToOneRelationIsNullWithoutLinks() {
    assertThat(desk.get("/api/ships/S3/port").is(200).text()).isEqualTo("{\"data\":null}");
    assertThat(desk.get("/api/ships/S3/relationships/port").is(200).text())
        .isEqualTo("{\"data\":null}");
  }

  @Test
  void relationsToManyAreAddedReplacedAndRemoved() {
    var path = "/api/ships/S1/relationships/crew";
    assertNothing(desk.send("POST", path, linkages("c")), 204);
    assertThat(crew()).containsExactly("a", "b", "c");
    assertNothing(desk.send("DELETE", path, linkages("a", "c")), 204);
    assertThat(crew()).containsExactly("b");
    assertNothing(desk.send("PATCH", path, linkages("d", "e")), 204);
    assertThat(crew()).containsExactly("d", "e");
    assertNothing(desk.send("PATCH", path, linkages()), 204);
    assertThat(crew()).isEmpty();
    desk.send("POST", path, "{`data`:{`type`:`sailor`,`id`:`a`}}")
        .refuses(400, "/data: 'data' must be an array.");
    desk.send("POST", path, "{`data`:[{`type`:`port`,`id`:`a`}]}")
        .refuses(400, "/data/0/type: 'port' is not a valid choice for 'type'.");
    desk.send("DELETE", path, "").is(400);
  }

  private List<String> crew() {
    return desk.harbour.ships.get("S1").crew();
  }

  private static String linkages(String... ids) {
    var all = new ArrayList<String>();
    for (var id : ids) {
      all.add("{`type`:`sailor`,`id`:`" + id + "`}");
    }
    return "{`data`:[" + String.join(",", all) + "]}";
  }

  private static void assertNothing(Answer answer, int status) {
    answer.is(status);
    assertThat(answer.response().body()).isEmpty();
    assertThat(answer.response().headers()).doesNotContainKey("Content-Type");
  }

  @Test
  void aRelationToOneIsSetAndCleared() {
    var path = "/api/ships/S1/relationships/port";
    assertNothing(desk.send("PATCH", path, "{`data`:{`type`:`port`,`id`:`P2`}}"), 204);
    assertThat(desk.harbour.ships.get("S1").port()).isEqualTo("P2");
    assertNothing(desk.send("PATCH", path, "{`data`:null}"), 204);
    assertThat(desk.harbour.ships.get("S1").port()).isEmpty();
    desk.send("PATCH", path, "{}").is(400);
  }

  @Test
  void creatingAnswers201WithTheCollectionAsSelf() {
    var answer =
        desk.send(
                "POST",
                "/api/ships?fields[ship]=name",
                "{`data`:{`type`:`ship`,`attributes`:{`name`:`Dido`},`relationships`:"
                    + "{`port`:{`data`:{`type`:`port`,`id`:`P2`}},"
                    + "`crew`:{`data`:[{`type`:`sailor`,`id`:`a`}]}}}}")
            .is(201);
    assertThat(answer.at("/links/self").stringValue())
        .isEqualTo(url("/api/ships?fields%5Bship%5D=name"));
    assertThat(answer.at("/data/attributes")).isEqualTo(Json.read("{\"name\":\"Dido\"}"));
    assertThat(answer.at("/data/relationships/port/data/id").stringValue()).isEqualTo("P2");
    assertThat(desk.harbour.ships.get("S4").crew()).containsExactly("a");
  }

  @Test
  void anUpsertTellsNewFromKnown() {
    var body = "{`data`:{`type`:`ship`,`id`:`%s`,`attributes`:{`name`:`Dido`}}}";
    desk.send("POST", "/api/ship-import", body.formatted("S1")).is(200);
    desk.send("POST", "/api/ship-import", body.formatted("S9")).is(201);
    desk.send("POST", "/api/ship-import", body.replace("`%s`", "null")).is(201);
  }

  @Test
  void jobsAnswer202WithADocument() {
    var answer =
        desk.send("POST", "/api/ship-inspection-jobs", "{`data`:{`type`:`ship`,`id`:`S1`}}")
            .is(202);
    assertThat(answer.at("/data/id").stringValue()).isEqualTo("S1");
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.api+json");
  }

  @Test
  void whatIsOnlyTakenAnswers202WithoutABody() {
    assertNothing(
        desk.send("POST", "/api/ship-logs", "{`data`:{`type`:`log`,`attributes`:{`text`:`calm`}}}"),
        202);
  }

  @Test
  void deletingAnswers204() {
    assertNothing(desk.send("DELETE", "/api/ships/S1", ""), 204);
    desk.get("/api/ships/S1").is(404);
  }
}
