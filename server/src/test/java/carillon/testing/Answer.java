package carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a server answered. */
public record Answer(int status, HttpHeaders headers, String body) {

  /** The body as JSON. */
  public JsonNode json() {
    return Json.read(body);
  }

  /** The same answer, which must have this status. */
  public Answer expect(int wanted) {
    assertThat(status).as(body).isEqualTo(wanted);
    return this;
  }

  /** What a JSON pointer leads to. */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** The text a JSON pointer leads to. */
  public String text(String pointer) {
    return at(pointer).asString();
  }

  /** The id of the resource. */
  public String id() {
    return text("/data/id");
  }

  /** The ids of the resources of a collection. */
  public List<String> ids() {
    return each("id");
  }

  /** An attribute of each resource of a collection, as text. */
  public List<String> attributes(String name) {
    var all = new ArrayList<String>();
    at("/data").forEach(resource -> all.add(resource.at("/attributes/" + name).asString()));
    return all;
  }

  /** The details of all errors. */
  public List<String> details() {
    var all = new ArrayList<String>();
    at("/errors").forEach(error -> all.add(error.get("detail").stringValue()));
    return all;
  }

  private List<String> each(String name) {
    var all = new ArrayList<String>();
    at("/data").forEach(resource -> all.add(resource.get(name).stringValue()));
    return all;
  }
}
