package carillon.people;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.work.Lanes;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

  private static final String JOBS = "/api/data-privacy-deletion-jobs";
  private static final String PHONE = "+4915123456789";

  /** What nothing may be left of; all of it is given to Zebedee below. */
  private static final List<String> PERSONAL =
      List.of("zebedee", "quagmire", PHONE, "customer-77-z", "marzipan");

  private final TestClock clock = new TestClock();
  private final Database db = TestDatabase.create();
  private final Carillon server = TestServer.start(Map.of(), db, clock);
  private Shop shop;

  @BeforeEach
  void open() {
    shop = TestServer.shop(server);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void nothingIsLeftOfThePersonInAnyTable() {
    var zebedee = zebedee();
    var other = made("{'email':'other@b.example','first_name':'Other'}");
    event("other@b.example", "Ordered", "{'what':'tea'}");
    fillEveryTable(zebedee);
    assertThat(tablesTellingOf(zebedee))
        .containsAll(tablesOfPeople())
        .contains("kept_mail", "pending_subscription", "import_error", "suppression_job")
        .contains("agent_call", "metric_property");
    var events = countOfEvents();

    shop.post(JOBS, job("'attributes':{'email':'Zebedee@b.example'}")).expect(202);

    gone(zebedee);
    untilForgotten();
    assertThat(tablesTellingOf(zebedee)).isEmpty();
    assertThat(countOfEvents()).as("events stay countable").isEqualTo(events);
    shop.get("/api/profiles/" + other).expect(200);
    assertThat(
            db.sql("select properties from event where account_id = :account and value = 12.5")
                .bind("account", shop.account())
                .one(row -> row.json("properties"))
                .toString())
        .isEqualTo("{}");
    assertThat(
            db.sql(
                    """
                    select state || ' ' || recipient as row from message
                    where account_id = :account order by 1
                    """)
                .bind("account", shop.account())
                .list(row -> row.text("row")))
        .containsExactly("cancelled ", "sent ");
  }

  @Test
  void aMailUnderWayIsForgottenWhenItHasArrived() {
    var person = made("{'email':'late@b.example'}");
    message(person, "m1", "queued", "late@b.example");
    db.sql("update message set leased_by = 'node' where profile_id = :id").bind("id", person).run();
    shop.post(JOBS, job("'id':'" + person + "','attributes':{}")).expect(202);
    gone(person);
    Eventually.check(() -> assertThat(dueLater()).isTrue());
    db.sql("update message set state = 'sent' where profile_id = :id").bind("id", person).run();
    db.sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, properties)
            values (:account, :id, now(), 7, 'M', 'u', '{"To": "late@b.example"}')
            """)
        .bind("account", shop.account())
        .bind("id", person)
        .run();
    clock.tick(Duration.ofMinutes(2));
    Eventually.check(() -> {
      assertThat(rows("message", person)).isZero();
      assertThat(rows("event", person)).isZero();
    });
    untilForgotten();
  }

  @Test
  void whoWasForgottenCanComeBackAsSomebodyNew() {
    var before = made("{'phone_number':'" + PHONE + "','first_name':'Ann'}");
    shop.post(JOBS, job("'attributes':{'phone_number':'" + PHONE + "'}")).expect(202);
    gone(before);
    var after = made("{'phone_number':'" + PHONE + "'}");
    assertThat(after).isNotEqualTo(before);
    untilForgotten();
    var read = shop.get("/api/profiles/" + after).expect(200);
    assertThat(read.at("/data/attributes/first_name").isNull()).isTrue();
  }

  @Test
  void nobodyIsToldInThePublishedWords() {
    assertThat(shop.post(JOBS, job("'attributes':{'email':'no@b.example'}")).expect(404).details())
        .containsExactly(
            "No profile with email \"no@b.example\" found.  The profile may have already been"
                + " deleted.");
    var person = made("{'email':'once@b.example'}");
    var stranger = TestServer.shop(server);
    stranger.post(JOBS, job("'id':'" + person + "','attributes':{}")).expect(404);
    shop.post(JOBS, job("'id':'" + person + "','attributes':{}")).expect(202);
    gone(person);
    shop.post(JOBS, job("'id':'" + person + "','attributes':{}")).expect(404);
  }

  @Test
  void exactlyOneIdentifierIsTaken() {
    var person = made("{'email':'one@b.example'}");
    for (var who :
        List.of(
            "'attributes':{}",
            "'attributes':{'email':null}",
            "'id':'" + person + "','attributes':{'email':'one@b.example'}",
            "'attributes':{'email':'one@b.example','phone_number':'" + PHONE + "'}",
            "'attributes':{'email':'not an address'}")) {
      shop.post(JOBS, job(who)).expect(400);
    }
    shop.get("/api/profiles/" + person).expect(200);
  }

  /** Somebody with something in as many places as the API can fill. */
  private String zebedee() {
    var old = made("{'email':'zebedee.old@b.example'}");
    var id =
        made(
            ("{'email':'zebedee@b.example','phone_number':'%s','external_id':'customer-77-z',"
                 + "'first_name':'Zebedee','last_name':'Quagmire','properties':{'cake':'marzipan'}}")
                .formatted(PHONE));
    shop.post(
            "/api/profile-merge",
            json(
                "{'data':{'type':'profile-merge','id':'"
                    + id
                    + "','relationships':{'profiles':{'data':[{'type':'profile','id':'"
                    + old
                    + "'}]}}}}"))
        .expect(201);
    event("zebedee@b.example", "Ordered", "{'name':'Quagmire','$value':12.5}");
    event("zebedee@b.example", "Said", "{'who':'zebedee@b.example'}");
    subscribe("single_opt_in");
    subscribe("double_opt_in");
    shop.post(
            "/api/profile-bulk-import-jobs",
            json(
                "{'data':{'type':'profile-bulk-import-job','attributes':{'profiles':{'data':["
                    + "{'type':'profile','attributes':{'email':'zebedee@b.example'}},"
                    + "{'type':'profile','id':'01ARZ3NDEKTSV4RRFFQ69G5FAV','attributes':"
                    + "{'email':'zebedee@b.example'}}]}}}}"))
        .expect(202);
    Eventually.check(() -> {
      assertThat(mailsKept()).isPositive();
      assertThat(rowsOfAccount("import_error")).isEqualTo(1);
      assertThat(rowsOfAccount("outbox")).isZero();
    });
    db.sql(
            """
            insert into suppression_job (account_id, id, action, emails, status, total, created_at)
            values (:account, 'J', 'suppress', '{zebedee@b.example,other@b.example}', 'complete',
              2, now())
            """)
        .bind("account", shop.account())
        .run();
    db.sql(
            """
            insert into agent_call (account_id, id, key_id, key_last4, tool, arguments, outcome,
              called_at)
            values (:account, 'C', 'K', 'last', 'get_profiles',
              '{"filter": "equals(email,\\"Zebedee@b.example\\")"}', 'ok', now())
            """)
        .bind("account", shop.account())
        .run();
    message(id, "m1", "sent", "zebedee@b.example");
    message(id, "m2", "queued", "zebedee@b.example");
    return id;
  }

  private void subscribe(String optIn) {
    var list =
        shop.post(
                "/api/lists",
                json(
                    "{'data':{'type':'list','attributes':{'name':'L','opt_in_process':'"
                        + optIn
                        + "'}}}"))
            .expect(201)
            .id();
    shop.post(
            "/api/profile-subscription-bulk-create-jobs",
            json(
                "{'data':{'type':'profile-subscription-bulk-create-job','attributes':{'profiles':"
                    + "{'data':[{'type':'profile','attributes':{'email':'zebedee@b.example',"
                    + "'subscriptions':{'email':{'marketing':{'consent':'SUBSCRIBED'}}}}}]}},"
                    + "'relationships':{'list':{'data':{'type':'list','id':'"
                    + list
                    + "'}}}}}"))
        .expect(202);
  }

  /** Gives the person a row in each table of people that has none of theirs yet. */
  private void fillEveryTable(String person) {
    for (var table : tablesOfPeople()) {
      if (rows(table, person) == 0) {
        var row = row(table, person);
        db.transact(tx -> {
          tx.sql("set local session_replication_role = replica").run();
          tx.sql(
                  """
                  insert into %1$s overriding system value
                  select * from jsonb_populate_record(null::%1$s, :row)
                  """
                      .formatted(table))
              .bind("row", row)
              .run();
        });
      }
    }
  }

  private JsonNode row(String table, String person) {
    var row = Json.object();
    db.sql(
            """
            select column_name as name, data_type as type from information_schema.columns
            where table_schema = 'public' and table_name = :table
            """)
        .bind("table", table)
        .list(column -> Map.entry(column.text("name"), column.text("type")))
        .forEach(column -> {
          switch (column.getValue()) {
            case "text" ->
                row.put(column.getKey(), column.getKey().endsWith("_id") ? "X" : "marzipan");
            case "jsonb" -> row.putObject(column.getKey()).put("said", "marzipan");
            case "timestamp with time zone" -> row.put(column.getKey(), "2099-01-01T00:00:00Z");
            case "date" -> row.put(column.getKey(), "2099-01-01");
            case "boolean" -> row.put(column.getKey(), false);
            case "uuid" -> row.put(column.getKey(), "00000000-0000-4000-8000-000000000001");
            case "ARRAY" -> row.putArray(column.getKey());
            default -> row.put(column.getKey(), 1);
          }
        });
    row.put("account_id", shop.account()).put("profile_id", person);
    if (row.has("lane")) {
      row.put("lane", table.startsWith("outbox") ? Lanes.ofNews(person) : Lanes.of(person));
    }
    return row;
  }

  private Set<String> tablesOfPeople() {
    return new TreeSet<>(
        db.sql(
                """
                select table_name as name from information_schema.columns
                where table_schema = 'public' and column_name = 'profile_id'
                  and table_name <> 'erasure'
                """)
            .list(row -> row.text("name")));
  }

  /** All tables in which the person's id or anything personal stands, in whatever column. */
  private Set<String> tablesTellingOf(String person) {
    var found = new TreeSet<String>();
    for (var table :
        db.sql("select tablename as name from pg_tables where schemaname = 'public'")
            .list(row -> row.text("name"))) {
      var words = new ArrayList<>(PERSONAL);
      words.add(person);
      var patterns = words.stream().map(word -> "%" + word + "%").toList();
      var telling =
          db.sql("select count(*) as n from %s t where t::text ilike any(:words)".formatted(table))
              .array("words", "text", patterns)
              .one(row -> row.number("n"));
      if (telling > 0) {
        found.add(table);
      }
    }
    return found;
  }

  private void message(String person, String source, String state, String recipient) {
    db.sql(
            """
            insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
              recipient, subject, state, due_at, created_at)
            values (:lane, :person, :source, :account, 'C', 'email', :recipient,
              'Dear Zebedee', :state, '2099-01-01', now())
            """)
        .bind("lane", Lanes.of(person))
        .bind("person", person)
        .bind("source", source)
        .bind("account", shop.account())
        .bind("recipient", recipient)
        .bind("state", state)
        .run();
  }

  private void gone(String person) {
    shop.eventually(() -> shop.get("/api/profiles/" + person), answer -> answer.status() == 404);
  }

  private boolean dueLater() {
    return db.sql("select count(*) as n from erasure where sweeps > 0").one(row -> row.number("n"))
        > 0;
  }

  private void untilForgotten() {
    Eventually.check(() -> {
      clock.tick(Duration.ofMinutes(1));
      assertThat(rowsOfAccount("erasure")).isZero();
    });
    Eventually.check(() -> assertThat(rowsOfAccount("outbox")).isZero());
  }

  private long countOfEvents() {
    return rowsOfAccount("event");
  }

  private long mailsKept() {
    return rowsOfAccount("kept_mail");
  }

  private long rowsOfAccount(String table) {
    return db.sql("select count(*) as n from %s where account_id = :account".formatted(table))
        .bind("account", shop.account())
        .one(row -> row.number("n"));
  }

  private long rows(String table, String person) {
    return db.sql("select count(*) as n from %s where profile_id = :person".formatted(table))
        .bind("person", person)
        .one(row -> row.number("n"));
  }

  private void event(String email, String metric, String properties) {
    shop.post(
            "/api/events",
            json(
                "{'data':{'type':'event','attributes':{'properties':"
                    + properties
                    + ",'metric':{'data':{'type':'metric','attributes':{'name':'"
                    + metric
                    + "'}}},'profile':{'data':{'type':'profile','attributes':{'email':'"
                    + email
                    + "'}}}}}}"))
        .expect(202);
  }

  private String made(String attributes) {
    return posted(attributes).expect(201).id();
  }

  private Answer posted(String attributes) {
    return shop.post(
        "/api/profiles", json("{'data':{'type':'profile','attributes':" + attributes + "}}"));
  }

  private static String job(String person) {
    return json(
        "{'data':{'type':'data-privacy-deletion-job','attributes':{'profile':{'data':{"
            + "'type':'profile',"
            + person
            + "}}}}}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
