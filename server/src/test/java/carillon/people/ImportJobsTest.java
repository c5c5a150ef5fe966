package carillon.people;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportJobsTest {

  private static final String JOBS = "/api/profile-bulk-import-jobs";

  private final Shop shop = TestServer.shop();

  @Test
  void manyPeopleAreMadeInTheBackground() {
    var job =
        shop.post(
                JOBS, job(IntStream.range(0, 1_234).mapToObj(i -> person("p" + i + "@a.example"))))
            .expect(202);
    assertThat(job.text("/data/attributes/status")).isEqualTo("queued");
    assertThat(job.at("/data/attributes/total_count").intValue()).isEqualTo(1_234);
    assertThat(job.at("/data/attributes/completed_count").intValue()).isZero();
    assertThat(job.at("/data/attributes/started_at").isNull()).isTrue();
    assertThat(job.text("/data/attributes/created_at")).matches("\\S{19}\\+00:00");

    var done = done(job.id());
    assertThat(counts(done)).containsExactly(1_234, 0);
    assertThat(done.text("/data/attributes/completed_at")).isNotEmpty();
    assertThat(shop.get(JOBS + "/" + job.id() + "/import-errors").expect(200).ids()).isEmpty();
    assertThat(shop.get(JOBS + "/" + job.id() + "/profiles?page[size]=100").expect(200).ids())
        .hasSize(100);
    assertThat(
            shop.get("/api/profiles?filter=equals(email,%22p1233@a.example%22)").expect(200).ids())
        .hasSize(1);
  }

  @Test
  void rowsUpdateWhoIsThereAndComeOneAfterTheOther() {
    var known = made("{'email':'ada@a.example','first_name':'Ada','properties':{'tags':['x']}}");
    var job =
        imported(
            "{'type':'profile','attributes':{'email':'ADA@a.example','properties':{'plan':'gold'}},"
                + "'meta':{'patch_properties':{'append':{'tags':'y'}}}}",
            person("new@a.example"),
            "{'type':'profile','attributes':{'email':'new@a.example','phone_number':'+4915123456789'}}",
            "{'type':'profile','id':'" + known + "','attributes':{'last_name':'Lovelace'}}");
    assertThat(counts(job)).containsExactly(4, 0);

    var ada = shop.get("/api/profiles/" + known).expect(200);
    assertThat(ada.text("/data/attributes/first_name")).isEqualTo("Ada");
    assertThat(ada.text("/data/attributes/last_name")).isEqualTo("Lovelace");
    assertThat(ada.at("/data/attributes/properties").toString())
        .isEqualTo("{\"plan\":\"gold\",\"tags\":[\"x\",\"y\"]}");
    var people = shop.get(JOBS + "/" + job.id() + "/relationships/profiles").expect(200).ids();
    assertThat(people).hasSize(2).contains(known);
  }

  @Test
  void rowsThatContradictWhatIsThereAreToldAndHoldUpNothing() {
    var one = made("{'email':'one@a.example'}");
    var two = made("{'email':'two@a.example','phone_number':'+4915123456780'}");
    var clash =
        "{'type':'profile','attributes':{'email':'one@a.example','phone_number':'+4915123456780',"
            + "'first_name':'Nobody'}}";
    var job =
        imported(
            person("fine@a.example"),
            clash,
            "{'type':'profile','id':'01ARZ3NDEKTSV4RRFFQ69G5FAV','attributes':{}}",
            "{'type':'profile','id':'" + one + "','attributes':{'email':'two@a.example'}}",
            "{'type':'profile','attributes':{'_kx':'made-up'}}");
    assertThat(counts(job)).containsExactly(1, 4);

    var errors = shop.get(JOBS + "/" + job.id() + "/import-errors").expect(200);
    assertThat(errors.attributes("code"))
        .containsExactly("duplicate_profile", "not_found", "not_found", "invalid");
    assertThat(errors.attributes("source/pointer"))
        .containsExactly(
            "/data/attributes/profiles/data/1/attributes",
            "/data/attributes/profiles/data/2",
            "/data/attributes/profiles/data/3",
            "/data/attributes/profiles/data/4/attributes/_kx");
    assertThat(errors.at("/data/0/attributes/original_payload")).isEqualTo(Json.read(json(clash)));
    for (var id : List.of(one, two)) {
      assertThat(shop.get("/api/profiles/" + id).at("/data/attributes/first_name").isNull())
          .isTrue();
    }
  }

  @Test
  void bothOfTwoRowsForOnePersonCountAndTheLaterWins() {
    var job =
        imported(
            "{'type':'profile','attributes':{'email':'twice@a.example','first_name':'A'}}",
            "{'type':'profile','attributes':{'email':'twice@a.example','first_name':'B'}}");
    assertThat(counts(job)).containsExactly(2, 0);
    var found = shop.get("/api/profiles?filter=equals(email,%22twice@a.example%22)").expect(200);
    assertThat(found.attributes("first_name")).containsExactly("B");
  }

  @Test
  void anythingWrongWithARowRefusesAllOfThemWithEveryPointer() {
    var refused =
        shop.post(
                JOBS,
                job(
                    Stream.of(
                        person("good@a.example"),
                        person("not an address"),
                        "{'type':'profile','attributes':{'phone_number':'12','frist_name':'x'}}")))
            .expect(400);
    var pointers =
        IntStream.range(0, refused.at("/errors").size())
            .mapToObj(i -> refused.text("/errors/" + i + "/source/pointer"));
    assertThat(pointers)
        .containsExactlyInAnyOrder(
            "/data/attributes/profiles/data/1/attributes/email",
            "/data/attributes/profiles/data/2/attributes/phone_number",
            "/data/attributes/profiles/data/2/attributes/frist_name");
    assertThat(shop.get(JOBS).expect(200).ids()).isEmpty();
    assertThat(shop.get("/api/profiles").expect(200).ids()).isEmpty();

    var nobody = shop.post(JOBS, job(Stream.of("{'type':'profile','attributes':{}}")));
    assertThat(nobody.expect(400).text("/errors/0/source/pointer"))
        .isEqualTo("/data/attributes/profiles/data/0/attributes");
    shop.post(JOBS, job(IntStream.range(0, 10_001).mapToObj(i -> person(i + "@a.example"))))
        .expect(400);
    var large = "x".repeat(100_001);
    shop.post(
            JOBS,
            job(
                Stream.of(
                    "{'type':'profile','attributes':{'email':'l@a.example','title':'"
                        + large
                        + "'}}")))
        .expect(400);
  }

  @Test
  void aListIsJoinedWithoutConsent() {
    var list = newList();
    var member = made("{'email':'old@a.example'}");
    shop.post(
            "/api/lists/" + list + "/relationships/profiles",
            "{\"data\":[{\"type\":\"profile\",\"id\":\"" + member + "\"}]}")
        .expect(204);
    var job =
        shop.post(
                JOBS,
                json(
                    "{'data':{'type':'profile-bulk-import-job','attributes':{'profiles':{'data':["
                        + person("old@a.example")
                        + ","
                        + person("young@a.example")
                        + "]}},'relationships':{'lists':{'data':[{'type':'list','id':'"
                        + list
                        + "'}]}}}}"))
            .expect(202);
    done(job.id());

    assertThat(shop.get("/api/lists/" + list + "/profiles").expect(200).attributes("email"))
        .containsExactlyInAnyOrder("old@a.example", "young@a.example");
    var young =
        shop.get(
                "/api/profiles?filter=equals(email,%22young@a.example%22)"
                    + "&additional-fields[profile]=subscriptions")
            .expect(200);
    assertThat(young.text("/data/0/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    var path = JOBS + "/" + job.id();
    assertThat(shop.get(path + "/lists").expect(200).ids()).containsExactly(list);
    assertThat(shop.get(path + "/relationships/lists").expect(200).ids()).containsExactly(list);
    assertThat(shop.get(path + "?include=lists").expect(200).text("/included/0/id"))
        .isEqualTo(list);
    shop.delete("/api/lists/" + list).expect(204);
    assertThat(shop.get(path + "/lists").expect(200).ids()).isEmpty();
  }

  @Test
  void aListThatIsNotThereOrTwoOfThemAreRefused() {
    var body =
        "{'data':{'type':'profile-bulk-import-job','attributes':{'profiles':{'data':["
            + person("a@a.example")
            + "]}},'relationships':{'lists':{'data':[%s]}}}}";
    shop.post(JOBS, json(body.formatted("{'type':'list','id':'nolist'}"))).expect(404);
    var list = "{'type':'list','id':'" + newList() + "'}";
    shop.post(JOBS, json(body.formatted(list + "," + list))).expect(400);
  }

  @Test
  void jobsAreListedNewestFirstAndByStatus() {
    var first = imported(person("a@a.example")).id();
    var second = imported(person("b@a.example")).id();
    assertThat(shop.get(JOBS).expect(200).ids()).containsExactly(second, first);
    assertThat(shop.get(JOBS + "?sort=created_at&page[size]=1").expect(200).ids())
        .containsExactly(first);
    assertThat(shop.get(JOBS + "?filter=equals(status,%22complete%22)").expect(200).ids())
        .hasSize(2);
    assertThat(
            shop.get(JOBS + "?filter=any(status,[%22queued%22,%22processing%22])")
                .expect(200)
                .ids())
        .isEmpty();
    shop.get(JOBS + "/nothing").expect(404);
    shop.get(JOBS + "/nothing/import-errors").expect(404);
    assertThat(TestServer.shop().get(JOBS + "/" + first).status()).isEqualTo(404);
  }

  @Test
  void anExpiredJobIsDeletedWithAllThatBelongsToIt() {
    var clock = new TestClock();
    var db = TestDatabase.create();
    try (var server = TestServer.start(Map.of(), db, clock)) {
      var own = TestServer.shop(server);
      var job =
          own.post(
                  JOBS,
                  job(
                      Stream.of(
                          person("a@a.example"),
                          "{'type':'profile','id':'01ARZ3NDEKTSV4RRFFQ69G5FAV','attributes':{}}")))
              .expect(202)
              .id();
      own.eventually(() -> own.get(JOBS + "/" + job), ImportJobsTest::isDone);
      clock.tick(Duration.ofDays(6));
      own.get(JOBS + "/" + job).expect(200);
      clock.tick(Duration.ofDays(2));
      own.eventually(() -> own.get(JOBS + "/" + job), answer -> answer.status() == 404);
      for (var table : List.of("import_chunk", "import_error", "import_profile")) {
        assertThat(db.sql("select * from " + table).list(_ -> true)).as(table).isEmpty();
      }
    }
  }

  private Answer imported(String... rows) {
    return done(shop.post(JOBS, job(Stream.of(rows))).expect(202).id());
  }

  private Answer done(String job) {
    return shop.eventually(() -> shop.get(JOBS + "/" + job), ImportJobsTest::isDone);
  }

  private static boolean isDone(Answer job) {
    return job.text("/data/attributes/status").equals("complete");
  }

  private static List<Integer> counts(Answer job) {
    return List.of(
        job.at("/data/attributes/completed_count").intValue(),
        job.at("/data/attributes/failed_count").intValue());
  }

  private String made(String attributes) {
    return shop.post(
            "/api/profiles", json("{'data':{'type':'profile','attributes':" + attributes + "}}"))
        .expect(201)
        .id();
  }

  private String newList() {
    return shop.post(
            "/api/lists",
            json(
                "{'data':{'type':'list','attributes':{'name':'L','opt_in_process':'single_opt_in'}}}"))
        .expect(201)
        .id();
  }

  private static String person(String email) {
    return "{'type':'profile','attributes':{'email':'" + email + "'}}";
  }

  private static String job(Stream<String> rows) {
    return json(
        "{'data':{'type':'profile-bulk-import-job','attributes':{'profiles':{'data':["
            + rows.collect(joining(","))
            + "]}}}}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
