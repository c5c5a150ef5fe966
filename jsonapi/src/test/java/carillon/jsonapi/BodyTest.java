package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are wrong in one way each, and the sentence each is answered with. */
class BodyTest {

  private final Desk desk = new Desk();

  private Answer create(String attributes) {
    return desk.send(
        "POST", "/api/ships", "{`data`:{`type`:`ship`,`attributes`:" + attributes + "}}");
  }

  private Answer post(String body) {
    return desk.send("POST", "/api/ships", body);
  }

  @Test
  void everyKindOfAttributeIsTaken() {
    var answer =
        create(
                """
                {`name`:`Argo`,`code`:`a_1`,`email`:`a@b.c`,`rig`:`brig`,`tonnage`:7,`grade`:2,
                 `speed`:1.5,`afloat`:true,`insured`:true,`launched`:`2026-01-01T02:00:00+02:00`,
                 `built`:`2025-12-31`,`flags`:[`x`],`cargo`:{`a`:{`b`:[1,null]}},`note`:[null,1],
                 `position`:{`latitude`:1,`longitude`:-1.25,`sea`:{`name`:`Black`}},
                 `engine`:{`type`:`sail`,`masts`:3}}\
                """)
            .is(201);
    assertThat(answer.at("/data/attributes"))
        .isEqualTo(
            Json.read(
                """
                {"name":"Argo","code":"a_1","email":"a@b.c","rig":"brig","tonnage":7,"grade":2,
                 "speed":1.5,"afloat":true,"insured":true,"built":"2025-12-31","flags":["x"],
                 "position":{"latitude":1,"longitude":-1.25,"sea":{"name":"Black"}},
                 "cargo":{"a":{"b":[1,null]}},"note":[null,1],"engine":{"type":"sail","masts":3},
                 "launched":"2026-01-01T00:00:00+00:00"}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "`code`:`a-b` | code: 'code' must match regex '^[0-9_A-z]+$' ('a-b' doesn't)",
        "`email`:`nobody` | email: Invalid email address",
        "`rig`:`raft` | rig: 'raft' is not a valid choice for 'rig'.",
        "`rig`:7 | rig: '7' is not a valid choice for 'rig'.",
        "`rig`:null | rig: 'rig' may not be null.",
        "`code`:7 | code: 'code' must be a string.",
        "`tonnage`:1001 | tonnage: 'tonnage' must be between 0 and 1000.",
        "`tonnage`:-1 | tonnage: 'tonnage' must be between 0 and 1000.",
        "`tonnage`:1.5 | tonnage: 'tonnage' must be an integer.",
        "`tonnage`:`7` | tonnage: 'tonnage' must be an integer.",
        "`tonnage`:99999999999999999999 | tonnage: 'tonnage' must be an integer.",
        "`grade`:4 | grade: '4' is not a valid choice for 'grade'.",
        "`grade`:4294967297 | grade: '4294967297' is not a valid choice for 'grade'.",
        "`grade`:`1` | grade: '1' is not a valid choice for 'grade'.",
        "`speed`:`fast` | speed: 'speed' must be a number.",
        "`afloat`:1 | afloat: 'afloat' must be a boolean.",
        "`insured`:false | insured: 'false' is not a valid choice for 'insured'.",
        "`launched`:`soon` | launched: 'launched' must be a datetime (ISO 8601).",
        "`launched`:1700000000 | launched: 'launched' must be a datetime (ISO 8601).",
        "`built`:`2026-02-30` | built: 'built' must be a date (YYYY-MM-DD).",
        "`built`:`2026-02-03T00:00:00Z` | built: 'built' must be a date (YYYY-MM-DD).",
        "`built`:` 2026-02-3` | built: 'built' must be a date (YYYY-MM-DD).",
        "`flags`:`x` | flags: 'flags' must be an array.",
        "`flags`:[] | flags: 'flags' must have at least 1 item.",
        "`flags`:[`1`,`2`,`3`,`4`] | flags: 'flags' must have at most 3 items.",
        "`flags`:[`1`,2] | flags/1: 'flags' must be a string.",
        "`flags`:[null] | flags/0: 'flags' must be a string.",
        "`cargo`:[] | cargo: 'cargo' must be an object.",
        "`position`:7 | position: 'position' must be an object.",
        "`position`:{`latitude`:1,`longitude`:1,`sea`:{`salt`:1}} |"
            + " position/sea/salt: 'salt' is not a valid field for the resource 'Sea'.",
        "`position`:{`latitude`:1} |"
            + " position/longitude: 'longitude' is a required field for the resource"
            + " 'ShipPosition'.",
        "`engine`:{`type`:`steam`,`boilers`:`x`} | engine/boilers: 'boilers' must be an integer.",
        "`engine`:{`type`:`steam`,`masts`:`x`,`boilers`:1} |"
            + " engine/masts: 'masts' is not a valid field for the resource 'SteamEngine'.",
        "`engine`:{`type`:`oars`,`masts`:1} | engine/type: 'oars' is not a valid choice for"
            + " 'type'.",
        "`colour`:1 | colour: 'colour' is not a valid field for the resource 'ship'.",
        "`a/b~c`:1 | a~1b~0c: 'a/b~c' is not a valid field for the resource 'ship'.",
        "`id`:`x` | id: 'id' is not a valid field for the resource 'ship'."
      })
  void aFaultyAttributeIsToldWithItsPointer(String member, String fault) {
    create("{`name`:`Argo`," + member + "}").refuses(400, "/data/attributes/" + fault);
    assertThat(desk.harbour.ships).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{} | /data/attributes/name: 'name' is a required field for the resource 'ship'.",
        "{`name`:null} | /data/attributes/name: 'name' is a required field for the resource"
            + " 'ship'.",
        "{`name`:``} | /data/attributes/name: 'name' must not be empty.",
        "[] | /data/attributes: 'attributes' must be an object.",
        "null | /data/attributes: 'attributes' is a required field for the resource 'ship'."
      })
  void theRequiredMustBeThere(String attributes, String fault) {
    create(attributes).refuses(400, fault);
  }

  @Test
  void tooLongATextIsRefused() {
    create("{`name`:`" + "x".repeat(50) + "`}").is(201);
    create("{`name`:`" + "x".repeat(51) + "`}")
        .refuses(400, "/data/attributes/name: 'name' must have at most 50 characters.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{} | /data: 'data' is a required field for the resource 'ship'.",
        "{`data`:null} | /data: 'data' is a required field for the resource 'ship'.",
        "{`data`:[]} | /data: 'data' must be an object.",
        "{`data`:{`attributes`:{`name`:`A`}}} |"
            + " /data/type: 'type' is a required field for the resource 'ship'.",
        "{`data`:{`type`:`boat`,`attributes`:{`name`:`A`}}} |"
            + " /data/type: 'boat' is not a valid choice for 'type'.",
        "{`data`:{`type`:`ship`,`attributes`:{`name`:`A`}},`meta`:{}} |"
            + " /meta: 'meta' is not a valid field for the resource 'ship'.",
        "{`data`:{`type`:`ship`,`id`:7,`attributes`:{`name`:`A`}}} |"
            + " /data/id: 'id' must be a string.",
        "{`data`:{`type`:`ship`,`attributes`:{`name`:`A`},`relationships`:{`port`:{}}}} |"
            + " /data/relationships/port/data: 'data' is a required field for the resource 'port'.",
        "{`data`:{`type`:`ship`,`attributes`:{`name`:`A`},`relationships`:{`port`:{`data`:"
            + "{`type`:`ship`,`id`:`1`}}}}} |"
            + " /data/relationships/port/data/type: 'ship' is not a valid choice for 'type'.",
        "{`data`:{`type`:`ship`,`attributes`:{`name`:`A`},`relationships`:{`crew`:{`data`:"
            + "[{`type`:`sailor`}]}}}} |"
            + " /data/relationships/crew/data/0/id: 'id' is a required field for the resource"
            + " 'sailor'.",
        "{`data`:{`type`:`ship`,`attributes`:{`name`:`A`},`relationships`:{`mates`:{}}}} |"
            + " /data/relationships/mates: 'mates' is not a valid field for the resource 'ship'."
      })
  void theDocumentItselfIsCheckedToo(String body, String fault) {
    post(body).refuses(400, fault);
  }

  @Test
  void aFaultIsWrittenInFull() {
    assertThat(create("{`name`:`Argo`,`email`:`x`}").is(400).json())
        .isEqualTo(
            Json.read(
                """
                {"errors":[{"id":"req-1","status":400,"code":"invalid","title":"Invalid input.",
                 "detail":"Invalid email address","source":{"pointer":"/data/attributes/email"},
                 "links":{},"meta":{}}]}\
                """));
  }

  @Test
  void allFaultsOfBodyAndQueryAreToldAtOnce() {
    desk.send(
            "POST",
            "/api/ships?include=x&fields[ship]=y",
            "{`data`:{`type`:`boat`,`attributes`:{`rig`:`raft`,`oar`:1}}}")
        .refuses(
            400,
            "?include: 'x' is not an allowed include parameter for this resource.",
            "?fields[ship]: 'y' is not a valid field for the resource 'ship'.",
            "/data/type: 'boat' is not a valid choice for 'type'.",
            "/data/attributes/oar: 'oar' is not a valid field for the resource 'ship'.",
            "/data/attributes/name: 'name' is a required field for the resource 'ship'.",
            "/data/attributes/rig: 'raft' is not a valid choice for 'rig'.");
  }

  @Test
  void atMostAHundredFaultsOfABodyAreTold() {
    var members = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      members.add("`x" + i + "`:1");
    }
    assertThat(create("{" + String.join(",", members) + "}").is(400).faults()).hasSize(100);
  }

  @Test
  void longValuesAreEchoedInPart() {
    var fault = create("{`name`:`A`,`rig`:`" + "🚢".repeat(500) + "`}").is(400).faults().getFirst();
    assertThat(fault).endsWith("🚢…' is not a valid choice for 'rig'.").hasSizeLessThan(300);
    create("{`name`:`A`,`rig`:`x" + "🚢".repeat(500) + "`}").is(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{`a`:}", "nope", "{`data`:1e}", "{`data`:NaN}", "{`data`:{}}}"})
  void whatIsNoJsonIsRefusedWithThePlace(String body) {
    var faults = post(body).is(400).faults();
    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst())
        .matches(
            "/data/: There was an error parsing the request body as JSON at line 1, column"
                + " \\d+\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "null", "7", "`x`", "true"})
  void whatIsNoObjectIsRefused(String body) {
    post(body).refuses(400, "/data/: The request body must be a JSON object.");
  }

  @Test
  void aRepeatedNameIsRefused() {
    var fault = create("{`name`:`A`,`name`:`B`}").is(400).faults().getFirst();
    assertThat(fault).startsWith("/data/: There was an error parsing the request body as JSON");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    var body = "{\"data\":{\"type\":\"ship\",\"attributes\":{\"name\":\"\u00ff\"}}}";
    desk.send("POST", "/api/ships", body.getBytes(StandardCharsets.ISO_8859_1)).is(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{`name`:`a\\u0000b`} | name: Text must be valid Unicode without null characters.",
        "{`name`:`\\ud800`} | name: Text must be valid Unicode without null characters.",
        "{`name`:`\\udc00\\ud800`} | name: Text must be valid Unicode without null characters.",
        "{`name`:`A`,`cargo`:{`a/b`:[0,`\\ud800x`]}} |"
            + " cargo/a~1b/1: Text must be valid Unicode without null characters.",
        "{`name`:`A`,`cargo`:{`x\\u0000`:1}} |"
            + " cargo: Names must be valid Unicode without null characters.",
        "{`name`:`A`,`cargo`:{`x`:1e999}} | cargo/x: Number is out of range.",
        "{`name`:`A`,`speed`:-1e999} | speed: Number is out of range."
      })
  void whatNoStoreCouldKeepIsRefusedWhereverItStands(String attributes, String fault) {
    create(attributes).refuses(400, "/data/attributes/" + fault);
  }

  @Test
  void endlessNumbersAreRefused() {
    create("{`name`:`A`,`cargo`:{`x`:1" + "0".repeat(400) + "}}")
        .refuses(400, "/data/attributes/cargo/x: Number is out of range.");
    create("{`name`:`A`,`cargo`:{`x`:1" + "0".repeat(4000) + "}}").is(400);
  }

  @Test
  void pairsOfSurrogatesAreOrdinaryText() {
    assertThat(
            create("{`name`:`\\ud83d\\udea2`}").is(201).at("/data/attributes/name").stringValue())
        .isEqualTo("🚢");
  }

  @Test
  void deepNestingIsRefused() {
    create("{`name`:`A`,`note`:" + "[".repeat(10_000) + "]".repeat(10_000) + "}").is(400);
    create("{`name`:`A`,`cargo`:" + "{`a`:".repeat(10_000) + "1" + "}".repeat(10_000) + "}")
        .is(400);
    create("{`name`:`A`,`rig`:" + "[".repeat(490) + "]".repeat(490) + "}").is(400);
    create("{`name`:`A`,`note`:" + "[".repeat(490) + "]".repeat(490) + "}").is(201);
    assertThat(desk.failures).isEmpty();
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nestedChoicesAreCheckedInReasonableTime() {
    var plan = new Schema.Struct[2];
    Schema<?> child =
        new Schema.OneOf(
            java.util.List.of(
                new Schema.Lazy("left", () -> plan[0]), new Schema.Lazy("right", () -> plan[1])));
    plan[0] = Schema.struct("Left", Schema.choice("left").as("type"), child.as("child"));
    plan[1] = Schema.struct("Right", Schema.choice("right").as("type"), child.as("child"));
    var body = "{\"type\":\"left\",\"child\":".repeat(60) + "7" + "}".repeat(60);
    assertThat(
            BodyReader.faults(Json.read(body), Schema.oneOf(plan[0], plan[1])).getFirst().detail())
        .isEqualTo("'child' must be an object.");
  }

  @Test
  void nullClearsAndAbsentKeeps() {
    desk.harbour.add("S1", "{\"name\":\"Argo\",\"tonnage\":7,\"rig\":\"brig\"}", "");
    var answer =
        desk.send(
                "PATCH",
                "/api/ships/S1",
                "{`data`:{`type`:`ship`,`id`:`S1`,`attributes`:{`tonnage`:null}}}")
            .is(200);
    var attributes = answer.at("/data/attributes");
    assertThat(attributes.get("tonnage").isNull()).isTrue();
    assertThat(attributes.get("rig").stringValue()).isEqualTo("brig");
    assertThat(attributes.get("name").stringValue()).isEqualTo("Argo");
  }

  @Test
  void theIdInABodyMustBeThatOfThePath() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "");
    desk.send("PATCH", "/api/ships/S1", "{`data`:{`type`:`ship`,`id`:`S2`,`attributes`:{}}}")
        .refuses(400, "/data/id: The id in the body does not match the id in the URL.");
    desk.send("PATCH", "/api/ships/S1", "{`data`:{`type`:`ship`,`attributes`:{}}}")
        .refuses(400, "/data/id: 'id' is a required field for the resource 'ship'.");
    desk.send("PATCH", "/api/ships/%53%31", "{`data`:{`type`:`ship`,`id`:`S1`,`attributes`:{}}}")
        .is(200);
  }
}
