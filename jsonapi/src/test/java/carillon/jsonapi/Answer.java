package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came back, with ways to look at it. */
record Answer(HttpResponse response) {

  int status() {
    return response.status();
  }

  String header(String name) {
    return response.headers().get(name);
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return Json.read(text());
  }

  /** The value at a JSON pointer. */
  JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** Every error as {@code source: detail}. */
  List<String> faults() {
    var all = new ArrayList<String>();
    for (var error : json().get("errors")) {
      all.add(source(error.get("source")) + ": " + error.get("detail").stringValue());
    }
    return all;
  }

  private static String source(JsonNode source) {
    var kind = source.propertyNames().iterator().next();
    return (kind.equals("parameter") ? "?" : "") + source.get(kind).stringValue();
  }

  List<String> ids() {
    var all = new ArrayList<String>();
    json().get("data").forEach(one -> all.add(one.get("id").stringValue()));
    return all;
  }

  Answer is(int status) {
    assertThat(status()).as(text()).isEqualTo(status);
    return this;
  }

  Answer refuses(int status, String... faults) {
    is(status);
    assertThat(faults()).containsExactly(faults);
    return this;
  }
}
