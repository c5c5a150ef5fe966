package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters: sorts, pages, cursors and what is said about wrong ones. */
class QueryTest {

  private final Desk desk = new Desk();

  @BeforeEach
  void aFleet() {
    for (int i = 1; i <= 8; i++) {
      var launched = i % 3 == 0 ? "null" : "\"202" + (i % 4) + "-01-01T00:00:00Z\"";
      desk.harbour.add(
          "S" + i, "{\"name\":\"Ship " + (9 - i) / 2 + "\",\"launched\":" + launched + "}", "P1");
    }
    desk.harbour.add("T1", "{\"name\":\"Titan\"}", "", "a", "b", "c", "d", "e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "include=profiless |"
            + " ?include: 'profiless' is not an allowed include parameter for this resource.",
        "include=topics | ?include: 'topics' is not an allowed include parameter for this"
            + " resource.",
        "include=crew.ship |"
            + " ?include: 'crew.ship' is not an allowed include parameter for this resource.",
        "sort=tonnage | ?sort: 'tonnage' is not an allowed sort parameter for this resource.",
        "sort=-tonnage | ?sort: '-tonnage' is not an allowed sort parameter for this resource.",
        "sort=name,launched |"
            + " ?sort: 'name,launched' is not an allowed sort parameter for this resource.",
        "fields[ship]=wings |"
            + " ?fields[ship]: 'wings' is not a valid field for the resource 'ship'.",
        "fields[ship]=position.x |"
            + " ?fields[ship]: 'position.x' is not a valid field for the resource 'ship'.",
        "fields[plane]=name |"
            + " ?fields[plane]: 'fields[plane]' is not a valid field for the resource 'ship'.",
        "additional-fields[ship]=name |"
            + " ?additional-fields[ship]: 'name' is not a valid field for the resource 'ship'.",
        "additional-fields[port]=name | ?additional-fields[port]: 'additional-fields[port]' is not"
            + " a valid field for the resource 'ship'.",
        "page[number]=2 |"
            + " ?page[number]: 'page[number]' is not a valid field for the resource 'ship'.",
        "colour=red | ?colour: 'colour' is not a valid field for the resource 'ship'.",
        "sort=name&sort=name | ?sort: 'sort' may be given only once.",
        "page[size]=0 | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[size]=11 | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[size]=-1 | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[size]=1.5 | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[size]=99999999999 | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[size]= | ?page[size]: Page size must be an integer between 1 and 10.",
        "page[cursor]=abc | /data/: Invalid cursor provided.",
        "page[cursor]=%F0%9F%9A%A2 | /data/: Invalid cursor provided.",
        "page[cursor]=https://x.example/?a=b | /data/: Invalid cursor provided.",
        "sort=%zz | ?sort: Text must be valid Unicode without null characters.",
        "sort=%00 | ?sort: Text must be valid Unicode without null characters.",
        "sort=%ff | ?sort: Text must be valid Unicode without null characters.",
        "sort=%ed%a0%80 | ?sort: Text must be valid Unicode without null characters."
      })
  void aFaultyParameterIsNamed(String query, String fault) {
    desk.get("/api/ships?" + query).refuses(400, fault);
  }

  @Test
  void allFaultyParametersAreToldAtOnce() {
    desk.get(
            "/api/ships?include=a,port,b&sort=x&page[size]=0&filter=equals(name,%22a%22),any(z,[1])")
        .refuses(
            400,
            "?include: 'a' is not an allowed include parameter for this resource.",
            "?include: 'b' is not an allowed include parameter for this resource.",
            "?sort: 'x' is not an allowed sort parameter for this resource.",
            "?page[size]: Page size must be an integer between 1 and 10.",
            "?filter: 'z' is not an allowed filter field.  Allowed fields are afloat, id, launched,"
                + " name, port, position.sea.name, rig, speed, tonnage");
  }

  @Test
  void operationsWithoutAParameterRefuseIt() {
    desk.get("/api/ports?sort=name")
        .refuses(400, "?sort: 'sort' is not a valid field for the resource 'port'.");
    desk.get("/api/ports?filter=equals(name,'x')")
        .refuses(400, "?filter: 'filter' is not a valid field for the resource 'port'.");
    desk.get("/api/ports?page[size]=5")
        .refuses(400, "?page[size]: 'page_size' is not a valid field for the resource 'port'.");
    desk.get("/api/ports?page[cursor]=x")
        .refuses(
            400, "?page[cursor]: 'page[cursor]' is not a valid field for the resource 'port'.");
    desk.get("/api/ships/T1/crew?page[size]=5")
        .refuses(400, "?page[size]: 'page_size' is not a valid field for the resource 'sailor'.");
    desk.send("DELETE", "/api/ships/S1?fields[ship]=name", "").is(400);
    assertThat(desk.harbour.ships).containsKey("S1");
  }

  @Test
  void aRequiredFilterMustBeThere() {
    desk.get("/api/sailors").refuses(400, "?filter: A filter on 'ship.id' is required.");
    desk.get("/api/sailors?filter=").is(400);
    desk.get("/api/sailors?filter=equals(ship.id,'T1')").is(200);
  }

  @Test
  void withoutParametersTheDefaultsCount() {
    assertThat(desk.get("/api/ships").is(200).ids()).containsExactly("S1", "S2", "S3");
    var select = desk.harbour.selects.getLast();
    assertThat(select.size()).isEqualTo(3);
    assertThat(select.sort().name()).isEqualTo("id");
    assertThat(select.filter()).isEqualTo(Filter.NONE);
    assertThat(select.include()).isEmpty();
    assertThat(desk.get("/api/ships?").ids()).hasSize(3);
    assertThat(desk.get("/api/ships?page[cursor]=").ids()).hasSize(3);
  }

  @Test
  void nullsComeLastAndTiesGoById() {
    assertThat(desk.get("/api/ships?sort=launched&page[size]=10").is(200).ids())
        .containsExactly("S4", "S8", "S1", "S5", "S2", "S7", "S3", "S6", "T1");
    assertThat(desk.get("/api/ships?sort=-launched&page[size]=10").is(200).ids())
        .containsExactly("S7", "S2", "S1", "S5", "S4", "S8", "S3", "S6", "T1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sort=name", "sort=-name", "sort=launched", "sort=-launched"})
  void nextLinksLeadThroughAllRowsAndPrevLinksBack(String sort) {
    var answer = desk.get("/api/ships?page[size]=2&" + sort).is(200);
    assertThat(answer.at("/links/prev").isNull()).isTrue();
    var pages = new ArrayList<List<String>>();
    pages.add(answer.ids());
    while (!answer.at("/links/next").isNull()) {
      answer = follow(answer, "next");
      pages.add(answer.ids());
    }
    assertThat(pages.stream().flatMap(List::stream).toList())
        .hasSize(9)
        .doesNotHaveDuplicates()
        .isEqualTo(desk.get("/api/ships?page[size]=10&" + sort).ids());
    for (int i = pages.size() - 2; i >= 0; i--) {
      answer = follow(answer, "prev");
      assertThat(answer.ids()).isEqualTo(pages.get(i));
    }
    assertThat(answer.at("/links/prev").isNull()).isTrue();
  }

  private Answer follow(Answer answer, String link) {
    return desk.get(answer.at("/links/" + link).stringValue().substring(Desk.BASE.length()))
        .is(200);
  }

  @Test
  void nextLinksCarryTheWholeQuestion() {
    var next =
        desk.get(
                "/api/ships?filter=contains(name,%22Ship%22)&sort=-name&page%5Bsize%5D=2"
                    + "&fields[ship]=name")
            .is(200)
            .at("/links/next")
            .stringValue();
    assertThat(next)
        .startsWith(
            Desk.BASE
                + "/api/ships?filter=contains%28name%2C%22Ship%22%29&sort=-name"
                + "&page%5Bsize%5D=2&fields%5Bship%5D=name&page%5Bcursor%5D=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://harbour.example", "http://localhost:8080", "HTTP://x"})
  void theWholeNextLinkMayStandForItsCursor(String host) {
    var next = desk.get("/api/ships?page[size]=2").at("/links/next").stringValue();
    var link = host + next.substring(Desk.BASE.length());
    var answer =
        desk.get("/api/ships?page[size]=2&page%5Bcursor%5D=" + QueryString.segment(link)).is(200);
    assertThat(answer.ids()).containsExactly("S3", "S4");
    assertThat(follow(answer, "next").ids()).containsExactly("S5", "S6");
  }

  @Test
  void aCursorIsGoodOnlyWhereItWasMade() {
    var cursor = cursor("/api/ships?sort=name&page[size]=2");
    var query = "&page[size]=2&page[cursor]=" + cursor;
    desk.get("/api/ships?sort=name" + query).is(200);
    var refused = "/data/: Invalid cursor provided.";
    desk.get("/api/ships?sort=-name" + query).refuses(400, refused);
    desk.get("/api/ships?sort=launched" + query).refuses(400, refused);
    desk.get("/api/ships?" + query.substring(1)).refuses(400, refused);
    desk.get("/api/ships/T1/relationships/crew?" + query.substring(1)).refuses(400, refused);
    desk.key("other").get("/api/ships?sort=name" + query).refuses(400, refused);
  }

  @Test
  void aChangedCursorIsRefused() {
    var cursor = cursor("/api/ships");
    for (int i = 0; i < cursor.length(); i++) {
      var changed = new StringBuilder(cursor);
      changed.setCharAt(i, cursor.charAt(i) == 'A' ? 'B' : 'A');
      if (!changed.toString().equals(cursor)) {
        desk.get("/api/ships?page[cursor]=" + changed)
            .refuses(400, "/data/: Invalid cursor provided.");
      }
    }
    desk.get("/api/ships?page[cursor]=" + cursor + "A").is(400);
    desk.get("/api/ships?page[cursor]=" + cursor + "%3D").is(400);
    desk.get("/api/ships?page[cursor]=" + cursor.substring(1)).is(400);
    desk.get("/api/ships?page[cursor]=" + cursor).is(200);
  }

  private String cursor(String target) {
    var next = desk.get(target).is(200).at("/links/next").stringValue();
    return next.substring(next.indexOf("cursor%5D=") + 10);
  }

  @Test
  void pagesOfAFixedSizeHaveCursorsToo() {
    var first = desk.get("/api/ships/T1/crew").is(200);
    assertThat(first.ids()).containsExactly("a", "b");
    assertThat(follow(first, "next").ids()).containsExactly("c", "d");
    var ids = desk.get("/api/ships/T1/relationships/crew?page[size]=4").is(200);
    assertThat(ids.ids()).containsExactly("a", "b", "c", "d");
    assertThat(follow(ids, "next").ids()).containsExactly("e");
  }

  @Test
  void fieldsAndIncludesReachTheHandler() {
    desk.get("/api/ships?fields[ship]=name,position.sea.name&include=crew,port&fields[sailor]=")
        .is(200);
    var select = desk.harbour.selects.getLast();
    assertThat(select.fieldsOf("ship")).contains(Set.of("name", "position.sea.name"));
    assertThat(select.fieldsOf("sailor")).contains(Set.of());
    assertThat(select.fieldsOf("port")).isEmpty();
    assertThat(select.include()).containsExactly("crew", "port");
    assertThat(select.includes("port")).isTrue();
  }
}
