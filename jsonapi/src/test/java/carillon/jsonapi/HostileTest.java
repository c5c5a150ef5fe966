package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is a refusal in the shape of the API and nothing breaks. */
class HostileTest {

  private static final String BODY =
      """
      {"data":{"type":"ship","attributes":{"name":"Argo","code":"a","email":"a@b","tonnage":5,
       "grade":1,"speed":1.5,"launched":"2026-01-01T00:00:00Z","built":"2026-01-01","flags":["x"],
       "position":{"latitude":1,"longitude":2},"cargo":{"a":[1]},"engine":{"type":"sail","masts":1}
       },"relationships":{"crew":{"data":[{"type":"sailor","id":"a"}]}}}}\
      """;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Desk desk = new Desk();

  @AfterEach
  void nothingBroke() {
    assertThat(desk.failures).as("seed %d", seed).isEmpty();
  }

  private void refusedOrDone(Answer answer, Object sent) {
    assertThat(answer.status()).as("seed %d, sent %s", seed, sent).isBetween(200, 499);
    if (answer.status() >= 400) {
      var errors = answer.at("/errors");
      assertThat(errors.isArray() && !errors.isEmpty()).as("seed %d", seed).isTrue();
      for (var error : errors) {
        assertThat(error.propertyNames())
            .as("seed %d, sent %s", seed, sent)
            .contains("id", "status", "code", "title", "detail", "source");
        assertThat(error.get("status").intValue()).isEqualTo(answer.status());
      }
    }
  }

  @Test
  void randomBytesAsABody() {
    for (int i = 0; i < 3_000; i++) {
      var body = new byte[random.nextInt(60)];
      random.nextBytes(body);
      refusedOrDone(desk.send("POST", "/api/ships", body), i);
    }
  }

  @Test
  void aGoodBodyWithSomeBytesChanged() {
    var good = BODY.getBytes(StandardCharsets.UTF_8);
    desk.send("POST", "/api/ships", good).is(201);
    for (int i = 0; i < 5_000; i++) {
      var body = good.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      refusedOrDone(
          desk.send("POST", "/api/ships", body), new String(body, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void aGoodBodyWithAValueReplaced() {
    var values =
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "1e-999",
            "1" + "0".repeat(900),
            "\"\"",
            "\"\\u0000\"",
            "\"\\udfff\"",
            "[]",
            "{}",
            "[[]]",
            "{\"data\":null}",
            "[null]",
            "0.1",
            "9223372036854775808",
            "\"" + "x".repeat(5_000) + "\"",
            "{\"type\":\"x\"}",
            "[{\"type\":\"sailor\"}]");
    var places = BODY.split("(?<=:)(?=[^:])");
    for (int i = 1; i < places.length; i++) {
      for (var value : values) {
        var changed = places.clone();
        changed[i] = changed[i].replaceFirst("\"[^\"]*\"|[0-9.]+", value.replace("\\", "\\\\"));
        refusedOrDone(desk.send("POST", "/api/ships", String.join("", changed)), value);
      }
    }
  }

  @Test
  void randomQueries() {
    var pieces =
        List.of(
            "filter=",
            "sort=",
            "include=",
            "fields[ship]=",
            "additional-fields[ship]=",
            "page[size]=",
            "page[cursor]=",
            "page[",
            "]",
            "&",
            "=",
            "%",
            "%2",
            "%zz",
            "%00",
            "%ff",
            "%ed%a0%80",
            "+",
            "name",
            "crew",
            ",",
            "-",
            "equals(",
            "any(",
            "\"",
            "[",
            ")",
            "1",
            "é",
            "🚢",
            "\ud800",
            "\0",
            "\n",
            "://",
            "?",
            ".",
            "company_id=");
    for (int i = 0; i < 20_000; i++) {
      var query = text(pieces);
      refusedOrDone(desk.send("GET", "/api/ships", query, new byte[0]), query);
    }
  }

  @Test
  void randomPathsAndMethods() {
    desk.harbour.add("S1", "{\"name\":\"Argo\"}", "", "a");
    var pieces =
        List.of(
            "/",
            "/api",
            "/ships",
            "/S1",
            "/crew",
            "/relationships",
            "/port",
            "/client",
            "/sightings",
            "%2F",
            "%",
            "%5",
            "%00",
            "%c3%a9",
            "%c3",
            "..",
            ".",
            ";a=b",
            "é",
            "🚢",
            "\ud800",
            "\udc00",
            "\0",
            "{id}",
            "+",
            "$",
            ":",
            "?",
            "#",
            "\\");
    var methods = List.of("GET", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "PUT", "", "gEt");
    for (int i = 0; i < 20_000; i++) {
      var path = (random.nextBoolean() ? "/api/ships" : "") + text(pieces);
      var method = methods.get(random.nextInt(methods.size()));
      refusedOrDone(desk.send(method, path, "", new byte[0]), method + " " + path);
    }
  }

  private String text(List<String> pieces) {
    var text = new StringBuilder();
    for (int length = random.nextInt(10); length >= 0; length--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  @Test
  void randomHeaders() {
    var pieces =
        List.of("", " ", ";", ",", "=", "application", "/", "json", "\ud800", "\0", "2026");
    for (int i = 0; i < 5_000; i++) {
      desk.with("Content-Type", text(pieces));
      desk.with("revision", random.nextBoolean() ? "2026-04-15" : text(pieces));
      refusedOrDone(desk.send("POST", "/api/ships", BODY), i);
    }
  }
}
