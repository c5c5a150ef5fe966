package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter language. */
class FilterTest {

  private final Desk desk = new Desk();

  private Answer ask(String filter) {
    return desk.get("/api/ships?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  private Filter parsed(String filter) {
    ask(filter).is(200);
    return desk.harbour.selects.getLast().filter();
  }

  private Object value(String filter) {
    return ((Filter.Compare) parsed(filter).leaves().findFirst().orElseThrow()).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "\"Argo\" | Argo",
        "'Argo' | Argo",
        "\"it's\" | it's",
        "'say \"ho\"' | say \"ho\"",
        "'it\\'s' | it's",
        "\"a\\\"b\\\\c\\/d\" | a\"b\\c/d",
        "\"caf\\u00e9\" | café",
        "\"\\ud83d\\udea2\" | 🚢",
        "\"a,b),(c[d]\" | a,b),(c[d]",
        "'a+b@c.d' | a+b@c.d",
        "Argo | Argo",
        "'' | ##"
      })
  void textIsReadInEitherQuotesWithEscapes(String written, String read) {
    assertThat(value("equals(name," + written + ")")).isEqualTo(read);
  }

  @Test
  void controlCharactersMayBeEscaped() {
    assertThat(value("equals(name,\"a\\n\\t\\r\\b\\f\")")).isEqualTo("a\n\t\r\b\f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00+02:00",
        "\"2026-01-01T00:00:00Z\"",
        "'2025-12-31T19:00:00-05:00'",
        "2026-01-01",
        "2026-01-01T00:00:00.000000+00:00"
      })
  void momentsNeedNoQuotes(String moment) {
    assertThat(value("greater-than(launched," + moment + ")"))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void valuesHaveTheKindOfTheirField() {
    assertThat(value("greater-than(tonnage,5)")).isEqualTo(5L);
    assertThat(value("greater-than(tonnage,\"5\")")).isEqualTo(5L);
    assertThat(value("equals(speed,-1.50)")).isEqualTo(new BigDecimal("-1.50"));
    assertThat(value("equals(afloat,true)")).isEqualTo(true);
    assertThat(value("equals(afloat,false)")).isEqualTo(false);
    assertThat(value("equals(rig,'brig')")).isEqualTo("brig");
    assertThat(value("equals(position.sea.name,'Black')")).isEqualTo("Black");
  }

  @Test
  void blanksAreAllowedBetweenTheParts() {
    var filter = parsed(" any( id , [ \"a\" , 'b',c ] ) , greater-than(tonnage, 5) ");
    assertThat(filter.valuesOf("id")).containsExactly("a", "b", "c");
    assertThat(filter.valuesOf("tonnage")).containsExactly(5L);
  }

  @Test
  void commasAndAndMeanTheSame() {
    var comma = "greater-or-equal(tonnage,1),less-than(tonnage,9),has(port)";
    var written = "and(greater-or-equal(tonnage,1),and(less-than(tonnage,9),has(port)))";
    assertThat(parsed(comma).leaves()).isEqualTo(parsed(written).leaves().toList());
    assertThat(parsed(comma).leaves().map(Filter::fieldOf))
        .containsExactly("tonnage", "tonnage", "port");
    assertThat(parsed(comma).only("port"::equals).leaves()).hasSize(1);
  }

  @Test
  void filtersChooseRows() {
    desk.harbour.add("1", "{\"name\":\"Argo\",\"tonnage\":5,\"rig\":\"brig\"}", "P1");
    desk.harbour.add("2", "{\"name\":\"Beagle\",\"tonnage\":7,\"afloat\":true}", "");
    desk.harbour.add("3", "{\"name\":\"Argus\",\"launched\":\"2026-01-01T00:00:00Z\"}", "P2");
    assertThat(ask("contains(name,\"Arg\")").ids()).containsExactly("1", "3");
    assertThat(ask("any(name,[\"Argo\",\"Beagle\"]),greater-than(tonnage,5)").ids())
        .containsExactly("2");
    assertThat(ask("has(port)").ids()).containsExactly("1", "3");
    assertThat(ask("greater-or-equal(launched,2026-01-01T00:00:00+00:00)").ids())
        .containsExactly("3");
    assertThat(ask("any(id,[])").ids()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "starts-with(name,\"a\") | 'starts-with' is not an allowed filter operator for name."
            + "  Allowed operators are any, contains, equals",
        "equals(id,\"a\") | 'equals' is not an allowed filter operator for id."
            + "  Allowed operators are any",
        "equals(port,\"a\") | 'equals' is not an allowed filter operator for port."
            + "  Allowed operators are has",
        "has(name) | 'has' is not an allowed filter operator for name."
            + "  Allowed operators are any, contains, equals",
        "equals(wings,2) | 'wings' is not an allowed filter field.  Allowed fields are afloat, id,"
            + " launched, name, port, position.sea.name, rig, speed, tonnage",
        "equals(rig,\"liner\") | 'liner' is not a valid value for rig",
        "greater-than(tonnage,\"x\") | 'x' is not a valid value for tonnage",
        "greater-than(tonnage,1.5) | '1.5' is not a valid value for tonnage",
        "greater-than(tonnage,99999999999999999999) |"
            + " '99999999999999999999' is not a valid value for tonnage",
        "greater-than(tonnage,1e999999999) | '1e999999999' is not a valid value for tonnage",
        "equals(speed,1e2147483647) | '1e2147483647' is not a valid value for speed",
        "equals(speed,NaN) | 'NaN' is not a valid value for speed",
        "equals(afloat,TRUE) | 'TRUE' is not a valid value for afloat",
        "less-than(launched,yesterday) | 'yesterday' is not a valid value for launched",
        "less-than(launched,2026-13-01T00:00:00Z) |"
            + " '2026-13-01T00:00:00Z' is not a valid value for launched",
        "equals(name,'\\ud800') | '?' is not a valid value for name"
      })
  void whatAFieldDoesNotTakeIsTold(String filter, String detail) {
    ask(filter).refuses(400, "?filter: " + detail);
  }

  @Test
  void nullCharactersCannotBeSmuggledInByEscapes() {
    ask("equals(name,\"a\\u0000\")").refuses(400, "?filter: 'a\0' is not a valid value for name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "or(has(port),has(port)) | 'or' is not supported for this resource",
        "not(has(port)) | 'not' is not supported for this resource",
        "near(name,\"x\") | 'near' is not a filter operator",
        "equals(name,[\"a\"]) | 'equals' takes one value, not a list",
        "any(name,\"a\") | 'any' takes a list of values",
        "any(name,[\"a\" \"b\"]) | expected ',' or ']'",
        "any(name,[\"a\" | it ends too early",
        "equals(name,\"a) | a quoted value does not end",
        "equals(name,\"a\\ | a quoted value does not end",
        "equals(name,\"\\u12g4\") | \\u needs four hexadecimal digits",
        "equals(name,\"\\u12 | \\u needs four hexadecimal digits",
        "equals(name,) | a value is missing",
        "equals(name) | expected ',' at position 11",
        "equals(name,a,b) | expected ')' at position 13",
        "equals name | expected '(' at position 7",
        "equals( | it ends too early",
        "has(port), | it ends too early",
        "has(port)) | unexpected ')'",
        "has(port) has(port) | unexpected 'h'",
        "and() | unexpected ')'",
        "🚢 | unexpected '?'"
      })
  void whatCannotBeReadIsTold(String filter, String detail) {
    ask(filter).refuses(400, "?filter: Invalid filter provided: " + detail + ".");
  }

  @Test
  void aListHoldsAtMostAHundredValues() {
    ask("any(id,[" + list(100) + "])").is(200);
    ask("any(id,[" + list(101) + "])")
        .refuses(400, "?filter: Invalid filter provided: a list may hold at most 100 values.");
  }

  private static String list(int size) {
    return IntStream.range(0, size).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
  }

  @Test
  void nestingHasAnEnd() {
    ask("and(".repeat(20) + "has(port)" + ")".repeat(20)).is(200);
    ask("and(".repeat(10_000) + "has(port)" + ")".repeat(10_000))
        .refuses(400, "?filter: Invalid filter provided: nested too deep.");
  }

  @Test
  void severalFaultsOfAFilterAreToldAtOnce() {
    assertThat(ask("equals(wings,2),equals(id,'a'),equals(afloat,7)").is(400).faults()).hasSize(3);
  }

  @Test
  void randomTextNeverBreaksTheParser() {
    var pieces =
        List.of(
            "equals",
            "any",
            "has",
            "and",
            "or",
            "(",
            ")",
            "[",
            "]",
            ",",
            "name",
            "tonnage",
            "launched",
            "speed",
            "\"",
            "'",
            "\\",
            "\\u",
            "00e9",
            "d800",
            " ",
            "1",
            "e",
            "-",
            ".",
            "2026-01-01",
            "T00:00:00Z",
            "true",
            "é",
            "🚢",
            "\0",
            "\ud800",
            "port",
            "id");
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(20); length >= 0; length--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      var faults = new ArrayList<Fault>();
      var filter = FilterParser.parse(text.toString(), fields(), faults);
      assertThat(filter).as("seed %d, %s", seed, text).isNotNull();
    }
  }

  @Test
  void whatIsPrintedIsReadBack() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var text =
          random
              .ints(random.nextInt(12), 1, 0x2fff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      var faults = new ArrayList<Fault>();
      var filter =
          FilterParser.parse(
              "equals(name," + Json.MAPPER.writeValueAsString(text) + ")", fields(), faults);
      assertThat(faults).as("seed %d", seed).isEmpty();
      assertThat(filter.valuesOf("name")).as("seed %d", seed).containsExactly(text);
    }
  }

  private List<Filterable> fields() {
    return desk.harbour.operations().getFirst().filters();
  }
}
