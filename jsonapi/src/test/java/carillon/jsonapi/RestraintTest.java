package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key may not do although its scopes reach it. */
class RestraintTest {

  private static final String LOG = "{`data`:{`type`:`log`,`attributes`:{`text`:`calm`}}}";

  private final Desk desk = new Desk();

  @BeforeEach
  void aShip() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "P1");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/ships",
    "PATCH, /api/ships/S1",
    "DELETE, /api/ships/S1",
    "POST, /api/ship-logs",
    "POST, /api/hails"
  })
  void aKeyThatMayOnlyReadWritesNothing(String method, String target) {
    desk.key("quiet");
    var answer = desk.send(method, target, LOG).is(403);
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("permission_denied");
    assertThat(answer.at("/errors/0/detail").stringValue()).isEqualTo("This key may only read.");
    desk.counted(method, target, LOG).is(403);
    assertThat(desk.harbour.ships).hasSize(1);
    assertThat(desk.harbour.logs).isEmpty();
  }

  @Test
  void itReadsAlsoWhatTakesABody() {
    desk.key("quiet").get("/api/ships/S1").is(200);
    desk.send("POST", "/api/ship-reports", LOG).is(200);
    desk.check("POST", "/api/ship-logs", LOG).is(200);
  }

  @Test
  void aKeyWithACapReachesPeopleOnlyWhenTheyAreCounted() {
    desk.key("capped");
    var answer = desk.send("POST", "/api/hails", LOG).is(403);
    assertThat(answer.at("/errors/0/detail").stringValue()).contains("only the tools for agents");
    assertThat(desk.harbour.logs).isEmpty();
    desk.counted("POST", "/api/hails", LOG).is(202);
    desk.send("POST", "/api/ship-logs", LOG).is(202);
    assertThat(desk.harbour.logs).hasSize(2);
  }

  @Test
  void scopesAreJudgedFirst() {
    desk.key("reader");
    assertThat(desk.send("POST", "/api/hails", LOG).is(403).at("/errors/0/detail").stringValue())
        .contains("ships:write");
    assertThat(Operation.readOnly(Set.of())).isFalse();
  }
}
