package carillon.reporting;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The events of a metric, counted by steps of time and by what they say. */
class MetricAggregatesTest {

  private static final Database DB = TestDatabase.create();
  private static final Carillon SERVER = TestServer.start(Map.of(), DB, new TestClock());

  private final Books books = Books.open(DB, "UTC");
  private final Shop shop = new Shop(SERVER.url(), books.account(), books.key());
  private final String ordered = books.apiMetric("Placed Order");

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String between(String from, String to) {
    return "\"greater-or-equal(datetime,%s)\",\"less-than(datetime,%s)\"".formatted(from, to);
  }

  private static final String MARCH = between("2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z");

  private Answer ask(String measurements, String filter, String rest) {
    return ask(ordered, measurements, filter, rest);
  }

  private Answer ask(String metric, String measurements, String filter, String rest) {
    return shop.post(
        "/api/metric-aggregates",
        """
        {"data":{"type":"metric-aggregate","attributes":{"metric_id":"%s","measurements":[%s],
          "filter":[%s]%s}}}
        """
            .formatted(
                metric,
                Stream.of(measurements.split(" "))
                    .map(one -> '"' + one + '"')
                    .collect(joining(",")),
                filter,
                rest));
  }

  private void order(String person, String at, String value, String properties) {
    books.event(person, ordered, at, Optional.of(new BigDecimal(value)), properties);
  }

  private static String data(Answer answer) {
    return answer.expect(200).at("/data/attributes/data").toString();
  }

  private static List<String> dates(Answer answer) {
    return answer
        .expect(200)
        .at("/data/attributes/dates")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  @Test
  void everyStepHasItsNumbersAsFloats() {
    var ada = books.person();
    order(ada, "2026-03-01T00:00:00Z", "10", "{}");
    order(ada, "2026-03-01T23:59:59Z", "2.5", "{}");
    order(books.person(), "2026-03-03T12:00:00Z", "1", "{}");
    order(ada, "2026-02-28T23:59:59Z", "99", "{}");
    order(ada, "2026-03-04T00:00:00Z", "99", "{}");
    books.event(ada, books.apiMetric("Other"), "2026-03-02T00:00:00Z", "{}");
    var answer = ask("count sum_value unique", MARCH, "");
    assertThat(dates(answer))
        .containsExactly(
            "2026-03-01T00:00:00+00:00", "2026-03-02T00:00:00+00:00", "2026-03-03T00:00:00+00:00");
    assertThat(data(answer))
        .isEqualTo(
            "[{\"dimensions\":[],\"measurements\":{\"count\":[2.0,0.0,1.0],"
                + "\"sum_value\":[12.5,0.0,1.0],\"unique\":[1.0,0.0,1.0]}}]");
    assertThat(Long.parseLong(answer.id())).isNotZero();
    assertThat(answer.text("/data/links/self")).contains("/api/metric-aggregates/");
    assertThat(answer.at("/links/next").isNull()).isTrue();
    assertThat(answer.at("/links/prev").isNull()).isTrue();
  }

  @Test
  void withoutEventsThereAreZerosAndWithGroupsThereIsNothing() {
    assertThat(data(ask("count", MARCH, "")))
        .isEqualTo("[{\"dimensions\":[],\"measurements\":{\"count\":[0.0,0.0,0.0]}}]");
    assertThat(data(ask("count", MARCH, ",\"by\":[\"URL\"]"))).isEqualTo("[]");
  }

  @Test
  void stepsBeginByTheClocksOfThePlaceAndArePrintedInUtc() {
    order(books.person(), "2026-03-28T22:59:59Z", "1", "{}");
    order(books.person(), "2026-03-28T23:00:00Z", "1", "{}");
    order(books.person(), "2026-03-29T21:59:59Z", "1", "{}");
    order(books.person(), "2026-03-29T22:00:00Z", "1", "{}");
    var here = ",\"timezone\":\"Europe/Copenhagen\"";
    var answer = ask("count", between("2026-03-28T00:00:00", "2026-03-31"), here);
    assertThat(dates(answer))
        .containsExactly(
            "2026-03-27T23:00:00+00:00", "2026-03-28T23:00:00+00:00", "2026-03-29T22:00:00+00:00");
    assertThat(data(answer)).contains("\"count\":[1.0,2.0,1.0]");
    var utc = between("2026-03-28T00:00:00Z", "2026-03-30T00:00:00+00:00");
    assertThat(dates(ask("count", utc, here)))
        .containsExactly(
            "2026-03-27T23:00:00+00:00", "2026-03-28T23:00:00+00:00", "2026-03-29T22:00:00+00:00");
  }

  @ParameterizedTest
  @CsvSource({
    "hour,2026-03-04T10:30:00Z,2026-03-04T13:00:00Z,2026-03-04T10:00 2026-03-04T11:00"
        + " 2026-03-04T12:00",
    "day,2026-03-04T10:30:00Z,2026-03-06T00:00:00Z,2026-03-04T00:00 2026-03-05T00:00",
    "week,2026-03-04T10:30:00Z,2026-03-16T00:00:00Z,2026-03-02T00:00 2026-03-09T00:00",
    "month,2026-01-31T10:30:00Z,2026-03-01T00:00:01Z,2026-01-01T00:00 2026-02-01T00:00"
        + " 2026-03-01T00:00"
  })
  void theFirstStepHoldsTheStartAndTheLastTheMomentBeforeTheEnd(
      String interval, String from, String to, String starts) {
    order(books.person(), "2026-01-31T10:29:59Z", "1", "{}");
    order(books.person(), "2026-03-04T10:29:59Z", "1", "{}");
    order(books.person(), from, "1", "{}");
    var answer = ask("count", between(from, to), ",\"interval\":\"%s\"".formatted(interval));
    assertThat(dates(answer).stream().map(date -> date.substring(0, 16)).collect(joining(" ")))
        .isEqualTo(starts);
    assertThat(answer.at("/data/attributes/data/0/measurements/count/0").doubleValue())
        .isEqualTo(1.0);
  }

  @Test
  void rowsAreToldApartByWhatEventsSayAndByNothingWhereTheySayNothing() {
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/a\",\"List\":\"L\"}");
    order(books.person(), "2026-03-02T10:00:00Z", "2", "{\"URL\":\"/a\"}");
    order(books.person(), "2026-03-03T10:00:00Z", "4", "{\"List\":null}");
    assertThat(data(ask("count", MARCH, ",\"by\":[\"URL\",\"List\"]")))
        .isEqualTo(
            "[{\"dimensions\":[\"\",\"\"],\"measurements\":{\"count\":[0.0,0.0,1.0]}},"
                + "{\"dimensions\":[\"/a\",\"\"],\"measurements\":{\"count\":[0.0,1.0,0.0]}},"
                + "{\"dimensions\":[\"/a\",\"L\"],\"measurements\":{\"count\":[1.0,0.0,0.0]}}]");
    assertThat(order(ask("sum_value", MARCH, ",\"by\":[\"URL\",\"List\"],\"sort\":\"-sum_value\"")))
        .containsExactly("[\"\",\"\"]", "[\"/a\",\"\"]", "[\"/a\",\"L\"]");
    assertThat(order(ask("count", MARCH, ",\"by\":[\"URL\",\"List\"],\"sort\":\"-List\"")))
        .containsExactly("[\"/a\",\"L\"]", "[\"/a\",\"\"]", "[\"\",\"\"]");
  }

  private static List<String> order(Answer answer) {
    return answer
        .expect(200)
        .at("/data/attributes/data")
        .valueStream()
        .map(row -> row.get("dimensions").toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "equals(URL,'/a') | 2",
        "equals(URL,'') | 1",
        "not(equals(URL,'')) | 3",
        "any(URL,['/a','/b']) | 3",
        "not(any(URL,['/a','/b'])) | 1",
        "equals(Campaign Name,'Spring') | 1",
        "equals($message,'M1') | 1",
        "equals($message,'nobody') | 0",
        "equals($attributed_flow,'') | 4",
        "and(equals(URL,'/a'),equals($message,'M1')) | 1"
      })
  void eventsAreChosenByWhatTheySay(String condition, double count) {
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/a\",\"$message\":\"M1\"}");
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/a\"}");
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/b\"}");
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"Campaign Name\":\"Spring\"}");
    var answer = ask("count", MARCH + ",\"" + condition + "\"", "").expect(200);
    assertThat(answer.at("/data/attributes/data/0/measurements/count/0").doubleValue())
        .isEqualTo(count);
  }

  @Test
  void ordersAreToldByTheMailTheyAreOwedTo() {
    var spring = books.campaign("Spring");
    books.conversion(spring, books.person(), ordered, "2026-03-02T10:00:00Z", "20");
    order(books.person(), "2026-03-02T10:00:00Z", "5", "{\"$campaign\":\"" + spring.id() + "\"}");
    order(books.person(), "2026-03-02T10:00:00Z", "7", "{\"$campaign_channel\":\"sms\"}");
    var by = ",\"by\":[\"$attributed_message\",\"$attributed_channel\"],\"sort\":\"-sum_value\"";
    assertThat(data(ask("sum_value", MARCH, by)))
        .isEqualTo(
            "[{\"dimensions\":[\"%s\",\"email\"],\"measurements\":{\"sum_value\":[0.0,20.0,0.0]}},"
                    .formatted(spring.message())
                + "{\"dimensions\":[\"\",\"\"],\"measurements\":{\"sum_value\":[0.0,12.0,0.0]}}]");
    assertThat(order(ask("count", MARCH, ",\"by\":[\"$campaign_channel\"]")))
        .containsExactly("[\"\"]", "[\"email\"]", "[\"sms\"]");
    var owed = ",\"equals($attributed_message,'" + spring.message() + "')\"";
    assertThat(data(ask("sum_value", MARCH + owed, ""))).contains("[0.0,20.0,0.0]");
  }

  @Test
  void onlyWhatIsAskedForIsReturned() {
    order(books.person(), "2026-03-01T10:00:00Z", "1", "{}");
    assertThat(returned("dates,data", "\"dates\"")).containsExactly("dates");
    assertThat(returned("data", "")).containsExactly("data");
    assertThat(returned("dates,data,id", "\"data\",\"dates\"")).containsExactly("dates", "data");
  }

  /** Sent past the check against the published schema, which wants all there is. */
  private Collection<String> returned(String fields, String returnFields) {
    var address = SERVER.url() + "/api/metric-aggregates?fields%5Bmetric-aggregate%5D=" + fields;
    var body =
        """
        {"data":{"type":"metric-aggregate","attributes":{"metric_id":"%s",
          "measurements":["count"],"filter":[%s],"by":[],"return_fields":[%s],"page_cursor":""}}}
        """
            .formatted(ordered, MARCH, returnFields);
    return Shop.send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Klaviyo-API-Key " + shop.key())
                .header("revision", "2026-04-15")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build())
        .expect(200)
        .at("/data/attributes")
        .propertyNames();
  }

  @Test
  void pagesFollowEachOtherInWhateverOrder() {
    for (int i = 0; i < 23; i++) {
      for (int j = 0; j <= i % 5; j++) {
        order(
            books.person(),
            "2026-03-0%dT10:00:00Z".formatted(1 + j % 3),
            Integer.toString(i % 4),
            "{\"URL\":\"/%02d\"}".formatted(i));
      }
    }
    for (var sort : List.of("", "URL", "-URL", "count", "-count", "-sum_value", "unique")) {
      var seen = new ArrayList<String>();
      var cursor = "";
      do {
        var page =
            ask(
                    "count sum_value unique",
                    MARCH,
                    ",\"by\":[\"URL\"],\"page_size\":4,\"page_cursor\":\"%s\"%s"
                        .formatted(cursor, sort.isEmpty() ? "" : ",\"sort\":\"" + sort + "\""))
                .expect(200);
        assertThat(page.at("/data/attributes/data").size()).isBetween(1, 4);
        seen.addAll(order(page));
        cursor = page.at("/links/next").asString("");
      } while (!cursor.isEmpty());
      assertThat(seen).as(sort).hasSize(23).doesNotHaveDuplicates();
      assertThat(seen)
          .as(sort)
          .isEqualTo(
              order(
                  ask(
                      "count sum_value unique",
                      MARCH,
                      ",\"by\":[\"URL\"]" + (sort.isEmpty() ? "" : ",\"sort\":\"" + sort + "\""))));
    }
  }

  @Test
  void aPageOfManyStepsHoldsFewerRows() {
    for (int i = 0; i < 40; i++) {
      order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/%02d\"}".formatted(i));
    }
    var year = between("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    var answer = ask("count sum_value unique", year, ",\"by\":[\"URL\"],\"interval\":\"hour\"");
    assertThat(answer.expect(200).at("/data/attributes/data").size()).isEqualTo(19);
    assertThat(dates(answer)).hasSize(8760);
    assertThat(answer.at("/links/next").stringValue()).contains("page_cursor=");
  }

  @Test
  void aCursorIsGoodForItsOwnQueryOnly() {
    for (int i = 0; i < 3; i++) {
      order(books.person(), "2026-03-01T10:00:00Z", "1", "{\"URL\":\"/%d\"}".formatted(i));
    }
    var next =
        ask("count", MARCH, ",\"by\":[\"URL\"],\"page_size\":1").expect(200).text("/links/next");
    var cursor = ",\"page_cursor\":\"" + next + "\"";
    ask("count", MARCH, ",\"by\":[\"URL\"]" + cursor).expect(200);
    ask("count", MARCH, cursor).expect(400);
    ask("count", MARCH, ",\"by\":[\"URL\"],\"sort\":\"count\"" + cursor).expect(400);
    ask("count", MARCH, ",\"by\":[\"URL\"],\"page_cursor\":\"nonsense\"").expect(400);
    var other = Books.open(DB, "UTC");
    var elsewhere = new Shop(SERVER.url(), other.account(), other.key());
    elsewhere
        .post(
            "/api/metric-aggregates",
            """
            {"data":{"type":"metric-aggregate","attributes":{"metric_id":"%s",
              "measurements":["count"],"filter":[%s],"by":["URL"]%s}}}
            """
                .formatted(other.apiMetric("Placed Order"), MARCH, cursor))
        .expect(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      nullValues = "none",
      value = {
        "'less-than(datetime,2026-03-01T00:00:00Z)' | none | one greater-or-equal and one"
            + " less-than",
        "'greater-or-equal(datetime,2026-03-01)','less-than(datetime,2026-03-01)' | none | after"
            + " its start",
        "'greater-or-equal(datetime,2026-03-01)','less-than(datetime,2027-03-02)' | none | longer"
            + " than one year",
        "'greater-or-equal(datetime,soon)','less-than(datetime,2026-03-02)' | none | not a valid"
            + " value",
        "'greater-than(datetime,2026-03-01)' | none | not an allowed filter operator",
        "'equals(colour,1)' | none | not an allowed filter field",
        "'not(greater-or-equal(datetime,2026-03-01))' | none | cannot be negated",
        "'not(equals(URL,1),equals(List,1))' | none | Only one condition can be negated",
        "none | 'timezone':'europe/london' | not the IANA name",
        "none | 'timezone':'Europe/Kyiv' | not the IANA name",
        "none | 'page_size':0 | between 1 and 1000",
        "none | 'page_size':1001 | between 1 and 1000",
        "none | 'sort':'unique' | neither measured nor grouped by",
        "none | 'sort':'URL' | neither measured nor grouped by",
        "none | 'return_fields':['name'] | not a valid field",
        "none | 'by':['URL','List','Subject','Method','form_id','Client Name'] | No more than 5",
        "none | 'by':['Colour'] | Colour"
      })
  void whatCannotBeMeantIsRefused(String filter, String rest, String detail) {
    var answer =
        ask(
            "count",
            filter == null ? MARCH : filter.replace("','", "\",\"").replace('\'', '"'),
            rest == null ? "" : "," + rest.replace('\'', '"'));
    assertThat(answer.expect(400).details().toString()).contains(detail);
    assertThat(answer.text("/errors/0/source/pointer")).startsWith("/data/attributes/");
  }

  @Test
  void everyFaultIsToldAtOnce() {
    var answer = ask("count", "\"equals(a,1)\"", ",\"timezone\":\"x\",\"page_size\":0");
    assertThat(answer.expect(400).details()).hasSize(3);
  }

  @Test
  void anUnknownMetricDoesNotExist() {
    ask("ZZZZZZ", "count", MARCH, "").expect(404);
    var other = Books.open(DB, "UTC").apiMetric("Not ours");
    ask(other, "count", MARCH, "").expect(404);
  }

  /** Random events and queries, beside a count by hand. */
  @Test
  void numbersAreThoseOfACountByHand() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    record Told(String person, Instant at, int value, String url, String list) {}
    var people = IntStream.range(0, 6).mapToObj(_ -> books.person()).toList();
    var told = new ArrayList<Told>();
    for (int i = 0; i < 300; i++) {
      var one =
          new Told(
              people.get(random.nextInt(people.size())),
              Instant.parse("2026-03-20T00:00:00Z")
                  .plusSeconds(random.nextLong(Duration.ofDays(20).toSeconds())),
              random.nextInt(10),
              List.of("", "/a", "/b", "/ä").get(random.nextInt(4)),
              List.of("", "L").get(random.nextInt(2)));
      told.add(one);
      var properties = Json.object();
      if (!one.url().isEmpty()) {
        properties.put("URL", one.url());
      }
      if (!one.list().isEmpty()) {
        properties.put("List", one.list());
      }
      order(
          one.person(), one.at().toString(), Integer.toString(one.value()), properties.toString());
    }
    for (var zone : List.of("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu")) {
      for (var interval : Interval.values()) {
        var from = Instant.parse("2026-03-22T00:00:00Z").plusSeconds(random.nextInt(100_000));
        var to = from.plusSeconds(random.nextInt(200_000, 1_200_000));
        var starts = interval.starts(new Span(from, to), ZoneId.of(zone));
        var expected = new TreeMap<String, double[][]>();
        var seen = new HashSet<String>();
        for (var one : told) {
          if (!one.at().isBefore(from) && one.at().isBefore(to) && !one.list().equals("L")) {
            var cells = expected.computeIfAbsent(one.url(), _ -> new double[3][starts.size()]);
            var step = (int) starts.stream().filter(start -> !start.isAfter(one.at())).count() - 1;
            cells[0][step]++;
            cells[1][step] += one.value();
            if (seen.add(one.url() + " " + step + " " + one.person())) {
              cells[2][step]++;
            }
          }
        }
        var answer =
            ask(
                "count sum_value unique",
                between(from.toString(), to.toString()) + ",\"not(equals(List,'L'))\"",
                ",\"by\":[\"URL\"],\"timezone\":\"%s\",\"interval\":\"%s\""
                    .formatted(zone, interval.word()));
        var got = new TreeMap<String, double[][]>();
        answer
            .expect(200)
            .at("/data/attributes/data")
            .forEach(row -> {
              var numbers = row.get("measurements");
              got.put(
                  row.at("/dimensions/0").stringValue(),
                  Stream.of("count", "sum_value", "unique")
                      .map(word ->
                          numbers
                              .get(word)
                              .valueStream()
                              .mapToDouble(JsonNode::doubleValue)
                              .toArray())
                      .toArray(double[][]::new));
            });
        assertThat(new TreeSet<>(got.keySet())).as("seed " + seed).isEqualTo(expected.keySet());
        expected.forEach((url, cells) ->
            assertThat(got.get(url))
                .as("seed %d %s %s", seed, zone, interval)
                .isDeepEqualTo(cells));
      }
    }
  }
}
