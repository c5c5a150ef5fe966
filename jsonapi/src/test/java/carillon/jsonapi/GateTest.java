package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request must bring before its operation is asked: route, key, revision, scope, type. */
class GateTest {

  private static final String LOG =
      "{`data`:{`type`:`log`,`attributes`:{`text`:`calm`}}}".replace('`', '"');

  private final Desk desk = new Desk();

  @BeforeEach
  void aShip() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "P1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/ships, ''",
    "GET, /api/nowhere, ''",
    "PUT, /api/ships, ''",
    "POST, /api/ships, not json",
    "GET, /api/ships?filter=((, ''",
    "OPTIONS, /api/ships, ''",
    "GET, '', ''",
    "GET, /api/%zz, ''"
  })
  void withoutAKeyNothingElseIsLookedAt(String method, String target, String body) {
    var answer = desk.without("Authorization").without("revision").send(method, target, body);
    answer.refuses(401, "/data/: Missing or invalid private key.");
    var error = answer.at("/errors/0");
    assertThat(error.get("code").stringValue()).isEqualTo("not_authenticated");
    assertThat(error.get("title").stringValue())
        .isEqualTo("Authentication credentials were not provided.");
    assertThat(error.get("status").intValue()).isEqualTo(401);
    assertThat(error.has("links")).isFalse();
    assertThat(error.has("meta")).isFalse();
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer, Klaviyo-API-Key");
    assertThat(answer.response().headers())
        .doesNotContainKeys("Cid", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "full",
        "Bearer full",
        "Klaviyo-API-Key",
        "Klaviyo-API-Key ",
        "Klaviyo-API-Key nope"
      })
  void otherCredentialsAreNone(String credentials) {
    desk.with("Authorization", credentials).get("/api/ships").is(401);
  }

  @Test
  void theSchemeOfAKeyMayBeWrittenInAnyCase() {
    desk.with("Authorization", "klaviyo-api-key  full ").get("/api/ships").is(200);
  }

  @Test
  void aNormalAnswerCarriesThePublishedHeaders() {
    var answer = desk.get("/api/ships").is(200);
    assertThat(answer.response().headers())
        .containsEntry("Content-Type", "application/vnd.api+json")
        .containsEntry("X-Klaviyo-Req-Id", "req-1")
        .containsEntry("X-Klaviyo-Api-Revision", "2026-04-15")
        .containsEntry("Cid", "HARBR1")
        .containsEntry("Content-Language", "en-us")
        .containsEntry("Vary", "Accept, Accept-Language, Cookie, Origin")
        .containsEntry("Allow", "GET, POST, HEAD, OPTIONS");
    assertThat(answer.response().operation()).isEqualTo("get_ships");
  }

  @Test
  void theFirstErrorHasTheIdOfTheRequest() {
    var answer = desk.get("/api/ships?sort=x&include=y").is(400);
    assertThat(answer.at("/errors/0/id").stringValue())
        .isEqualTo(answer.header("X-Klaviyo-Req-Id"))
        .isEqualTo(answer.response().requestId());
    assertThat(answer.at("/errors/1/id").stringValue()).isEqualTo("req-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/",
        "",
        "*",
        "api/ships",
        "xapi/ships",
        "/api/ship",
        "/api//ships",
        "/api/ships//",
        "/api/ships/S1/hold",
        "/api/ships/S1/crew/x",
        "//",
        "/api/ships/%00",
        "/api/ships/%ff",
        "/api/ships/%zz",
        "/api/ships/%4",
        "/api/ships/\ud800",
        "/api/ships/\ud800%41"
      })
  void unknownPathsAreNotFound(String path) {
    var answer = desk.get(path).is(404);
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("not_found");
    assertThat(answer.at("/errors/0").has("meta")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/ships/S1", "/api/ships/S1/", "/api/ships/%53%31", "/%61pi/ships/S1"})
  void aPathMayEndWithASlashAndBeEncoded(String path) {
    assertThat(desk.get(path).is(200).at("/data/id").stringValue()).isEqualTo("S1");
  }

  @Test
  void writesMayEndWithASlashToo() {
    desk.send("POST", "/api/ship-logs/", LOG).is(202);
  }

  @Test
  void anEncodedSlashBelongsToTheId() {
    desk.harbour.add("a/b", "{\"name\":\"Argo\"}", "");
    var answer = desk.get("/api/ships/a%2Fb").is(200);
    assertThat(answer.at("/data/id").stringValue()).isEqualTo("a/b");
    assertThat(answer.at("/data/links/self").stringValue())
        .isEqualTo(Desk.BASE + "/api/ships/a%2Fb/");
  }

  @Test
  void idsThatUrlsAllowAreWrittenIntoLinksAsTheyAre() {
    var id = "$custom:::$default:::item-1";
    desk.harbour.add(id, "{\"name\":\"Argo\"}", "");
    assertThat(desk.get("/api/ships/" + id).is(200).at("/data/links/self").stringValue())
        .isEqualTo(Desk.BASE + "/api/ships/" + id + "/");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/ships/S1, 'GET, PATCH, DELETE, HEAD, OPTIONS'",
    "DELETE, /api/ships, 'GET, POST, HEAD, OPTIONS'",
    "GET, /api/ship-logs, 'POST, OPTIONS'",
    "HEAD, /api/ship-logs, 'POST, OPTIONS'",
    "TRACE, /api/ports, 'GET, HEAD, OPTIONS'"
  })
  void aMethodThatIsNotThereIsRefusedWithThoseThatAre(String method, String path, String allow) {
    var answer =
        desk.send(method, path, "").refuses(405, "/data/: Method \"" + method + "\" not allowed.");
    assertThat(answer.header("Allow")).isEqualTo(allow);
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("method_not_allowed");
  }

  @Test
  void headIsAnsweredAsGet() {
    var head = desk.send("HEAD", "/api/ships", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.response().operation()).isEqualTo("get_ships");
  }

  @Test
  void optionsTellTheMethods() {
    var answer = desk.send("OPTIONS", "/api/ships/S1", "").is(200);
    assertThat(answer.header("Allow")).isEqualTo("GET, PATCH, DELETE, HEAD, OPTIONS");
    assertThat(answer.response().body()).isEmpty();
    desk.send("OPTIONS", "/api/nowhere", "").is(404);
  }

  @Test
  void browsersMayCallClientEndpointsWithoutAKey() {
    desk.without("Authorization");
    var preflight = desk.send("OPTIONS", "/client/sightings", "").is(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("POST, OPTIONS");
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("revision");
    var answer = desk.send("POST", "/client/sightings?company_id=HARBR1", LOG).is(202);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Cid")).isEqualTo("HARBR1");
    assertThat(desk.harbour.logs).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?company_id=", "?company_id=NOPE01", "?company_id=%00"})
  void clientEndpointsNeedAKnownCompany(String query) {
    var answer =
        desk.send("POST", "/client/sightings" + query, LOG)
            .refuses(400, "?company_id: The company_id is missing or unknown.");
    assertThat(answer.response().headers()).doesNotContainKey("Cid");
  }

  @Test
  void aCompanyIdDoesNotOpenTheRestOfTheApi() {
    desk.get("/api/ships?company_id=HARBR1")
        .refuses(400, "?company_id: 'company_id' is not a valid field for the resource 'ship'.");
    desk.without("Authorization").get("/api/ships?company_id=HARBR1").is(401);
    desk.send("POST", "/%63lient/sightings?company_id=HARBR1", LOG).is(401);
  }

  @Test
  void missingScopesAreNamed() {
    desk.key("reader");
    var answer =
        desk.send("POST", "/api/ships", "not json")
            .refuses(403, "/data/: Your API key is missing required scopes: ships:write");
    var error = answer.at("/errors/0");
    assertThat(error.get("code").stringValue()).isEqualTo("permission_denied");
    assertThat(error.get("title").stringValue())
        .isEqualTo("You do not have permission to perform this action.");
    assertThat(error.has("links")).isFalse();
    desk.get("/api/ports").is(403);
    desk.get("/api/ships").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-15",
        "2026-11-21",
        "2026-07-15",
        "2022-10-17",
        "2025-01-15",
        "2026-04-15.pre",
        " 2026-04-15 "
      })
  void revisionsInTheKnownRangeAreServedByOurs(String revision) {
    assertThat(
            desk.with("revision", revision)
                .get("/api/ships")
                .is(200)
                .header("X-Klaviyo-Api-Revision"))
        .isEqualTo("2026-04-15");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22 | unable to specify a future revision date",
        "9999-12-31 | unable to specify a future revision date",
        "2022-10-16 | The earliest revision that can be asked for is 2022-10-17.",
        "0001-01-01 | The earliest revision that can be asked for is 2022-10-17.",
        "2026-02-30 | The revision must be a date in the form YYYY-MM-DD.",
        "2026-4-15 | The revision must be a date in the form YYYY-MM-DD.",
        "latest | The revision must be a date in the form YYYY-MM-DD.",
        "'' | The revision must be a date in the form YYYY-MM-DD.",
        "2026-04-15T00:00:00Z | The revision must be a date in the form YYYY-MM-DD."
      })
  void otherRevisionsAreRefused(String revision, String detail) {
    desk.with("revision", revision).get("/api/ships").refuses(400, "?revision: " + detail);
  }

  @Test
  void aRevisionMustBeNamed() {
    var answer =
        desk.without("revision")
            .get("/api/ships")
            .refuses(
                400, "?revision: A revision header is required, such as 'revision: 2026-04-15'.");
    assertThat(answer.response().headers()).doesNotContainKey("X-Klaviyo-Api-Revision");
  }

  @Test
  void whoOptsOutOfFallingForwardIsToldThatTheRevisionIsGone() {
    desk.with("X-Klaviyo-Revision-Fall-Forward-Opt-Out", "1");
    desk.get("/api/ships").is(200);
    var answer = desk.with("revision", "2025-01-15").get("/api/ships").is(410);
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("gone");
    desk.with("X-Klaviyo-Revision-Fall-Forward-Opt-Out", "0").get("/api/ships").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.api+json",
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;"
      })
  void bothJsonTypesAreTaken(String type) {
    desk.with("Content-Type", type).send("POST", "/api/ship-logs", LOG).is(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "",
        ";",
        "; ;",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded"
      })
  void otherTypesAreRefusedBeforeTheBodyIsRead(String type) {
    var answer = desk.with("Content-Type", type).send("POST", "/api/ship-logs", "?").is(415);
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("unsupported_media_type");
    assertThat(answer.at("/errors/0/detail").stringValue()).startsWith("Unsupported media type \"");
  }

  @Test
  void aBodyNeedsAType() {
    desk.without("Content-Type").send("POST", "/api/ship-logs", LOG).is(415);
  }

  @Test
  void readsNeedNoType() {
    desk.without("Content-Type").get("/api/ships").is(200);
    desk.with("Content-Type", "text/plain").get("/api/ships").is(200);
  }

  @Test
  void multipartBodiesGoToTheHandlerAsTheyCame() {
    desk.send("POST", "/api/ship-photos", "12345").is(415);
    var answer =
        desk.with("Content-Type", "multipart/form-data; boundary=x")
            .send("POST", "/api/ship-photos", "12345")
            .is(201);
    assertThat(answer.at("/data/attributes/name").stringValue()).isEqualTo("5");
  }

  @Test
  void whatTheWebServerRefusesIsToldInTheSameShapeAndOnlyToThoseWithAKey() {
    var fault = Fault.of(Fault.Code.TOO_LARGE, "The body is too large.");
    var answer = desk.refuse("POST", "/api/ships", fault);
    answer.refuses(413, "/data/: The body is too large.");
    assertThat(answer.header("Cid")).isEqualTo("HARBR1");
    desk.without("Authorization").refuse("POST", "/api/ships", fault).is(401);
  }

  @Test
  void aBreakingHandlerAnswers500WithoutTellingWhy() {
    var answer = desk.get("/api/wrecks").refuses(500, "/data/: Something broke.");
    assertThat(answer.at("/errors/0/code").stringValue()).isEqualTo("error");
    assertThat(answer.text()).doesNotContain("secret");
    assertThat(desk.failures).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusalsOfHandlersAreWrittenTheSameWay() {
    desk.get("/api/ships/S9").refuses(404, "/data/: A ship with id S9 does not exist.");
  }
}
