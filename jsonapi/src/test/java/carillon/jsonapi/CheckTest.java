package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that is checked only is judged as any other and changes nothing. */
class CheckTest {

  private final Desk desk = new Desk();

  @BeforeEach
  void aShip() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "P1", "c1", "c2");
  }

  @Test
  void aWriteTellsWhatItWouldDo() {
    var answer = desk.check("DELETE", "/api/ships/S1", "").is(200);
    assertThat(answer.at("/meta").toString())
        .isEqualTo(
            "{\"dry_run\":true,\"operation\":\"delete_ship\",\"method\":\"DELETE\","
                + "\"path\":\"/api/ships/S1\",\"affected\":1}");
    assertThat(answer.response().operation()).isEqualTo("delete_ship");
    assertThat(desk.harbour.ships).containsKey("S1");
  }

  @Test
  void aListOfRelationsCountsItsMembers() {
    var body = "{`data`:[{`type`:`sailor`,`id`:`c7`},{`type`:`sailor`,`id`:`c8`}]}";
    var answer = desk.check("POST", "/api/ships/S1/relationships/crew", body).is(200);
    assertThat(answer.at("/meta/affected").intValue()).isEqualTo(2);
    assertThat(answer.at("/data/1/id").stringValue()).isEqualTo("c8");
    assertThat(desk.harbour.ships.get("S1").crew()).containsExactly("c1", "c2");
  }

  @Test
  void readingIsCarriedOut() {
    var answer = desk.check("GET", "/api/ships/S1", "").is(200);
    assertThat(answer.at("/data/attributes/name").stringValue()).isEqualTo("Argo");
  }

  @Test
  void faultsAreFoundAsEver() {
    desk.check("POST", "/api/ships", "{`data`:{`type`:`boat`}}").is(400);
    desk.check("POST", "/api/ships", "not json").is(400);
    desk.key("nope").check("DELETE", "/api/ships/S1", "").is(401);
    desk.key("reader").check("DELETE", "/api/ships/S1", "").is(403);
  }

  @Test
  void whatAHandlerRefusesIsRefused() {
    desk.check("DELETE", "/api/ships/S9", "").is(404);
    desk.check("POST", "/api/ship-inspection-jobs", "{`data`:{`type`:`ship`,`id`:`S9`}}").is(404);
    desk.check("POST", "/api/ship-inspection-jobs", "{`data`:{`type`:`ship`,`id`:`S1`}}").is(200);
  }

  @Test
  void whatFetchesIsNotTried() {
    var photo = "{`data`:{`type`:`ship`,`id`:`S9`}}";
    assertThat(desk.check("POST", "/api/ship-towing", photo).is(200).at("/meta/dry_run"))
        .isEqualTo(tools.jackson.databind.node.BooleanNode.TRUE);
    desk.send("POST", "/api/ship-towing", photo).is(404);
  }

  @Test
  void whatIsToBeMadeIsShownAsItWasSent() {
    var log = "{`data`:{`type`:`log`,`attributes`:{`text`:`calm`}}}";
    var answer = desk.check("POST", "/api/ship-logs", log).is(200);
    assertThat(answer.at("/data/attributes/text").stringValue()).isEqualTo("calm");
    assertThat(desk.harbour.logs).isEmpty();
  }
}
