package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {

  private final List<Operation> operations = new Harbour().operations();
  private final ObjectNode document = OpenApi.document(operations, "Harbour", Desk.BASE);

  private JsonNode operation(String path, String method) {
    return document.get("paths").get(path).get(method);
  }

  private static JsonNode parameter(JsonNode operation, String name) {
    return operation
        .get("parameters")
        .valueStream()
        .filter(one -> one.get("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyOperationIsThereOnce() {
    var ids = new ArrayList<String>();
    for (var path : document.get("paths")) {
      path.forEach(operation -> ids.add(operation.get("operationId").stringValue()));
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(operations.stream().map(Operation::id).toList());
    assertThat(document.get("openapi").stringValue()).startsWith("3.0");
    assertThat(document.at("/info/version").stringValue()).isEqualTo("2026-04-15");
    assertThat(document.at("/servers/0/url").stringValue()).isEqualTo(Desk.BASE);
  }

  @Test
  void parametersAreDescribed() {
    var list = operation("/api/ships", "get");
    assertThat(parameter(list, "page[size]").get("schema"))
        .isEqualTo(Json.read("{\"type\":\"integer\",\"default\":3,\"maximum\":10,\"minimum\":1}"));
    assertThat(parameter(list, "sort").at("/schema/enum"))
        .isEqualTo(Json.read("[\"name\",\"-name\",\"launched\",\"-launched\"]"));
    assertThat(parameter(list, "include").at("/schema/items/enum"))
        .isEqualTo(Json.read("[\"crew\",\"port\"]"));
    assertThat(parameter(list, "additional-fields[ship]").at("/schema/items/enum"))
        .isEqualTo(Json.read("[\"valuation\"]"));
    assertThat(parameter(list, "fields[ship]").at("/schema/items/enum").toString())
        .contains("\"position.sea.name\"");
    assertThat(parameter(list, "filter").get("required").booleanValue()).isFalse();
    assertThat(parameter(operation("/api/sailors", "get"), "filter").get("required").booleanValue())
        .isTrue();
    assertThat(
            parameter(operation("/client/sightings", "post"), "company_id")
                .get("required")
                .booleanValue())
        .isTrue();
    assertThat(parameter(operation("/api/ships/{id}", "get"), "id").get("in").stringValue())
        .isEqualTo("path");
  }

  @Test
  void thePublishedFactsAreThere() {
    var list = operation("/api/ships", "get");
    assertThat(list.get("x-klaviyo-ratelimit"))
        .isEqualTo(Json.read("{\"burst\":\"75/s\",\"steady\":\"750/m\"}"));
    assertThat(
            operation("/api/ship-reports", "post").at("/x-klaviyo-ratelimit/daily").stringValue())
        .isEqualTo("225/d");
    assertThat(list.get("x-klaviyo-scopes")).isEqualTo(Json.read("[\"ships:read\"]"));
    assertThat(list.at("/x-klaviyo-filters/name"))
        .isEqualTo(
            Json.read(
                """
                {"operators":{"single":["contains","equals"],"list":["any"]},
                 "value":{"type":"string"}}\
                """));
    assertThat(list.at("/x-klaviyo-filters/rig/value/enum"))
        .isEqualTo(Json.read("[\"sloop\",\"brig\"]"));
    assertThat(operation("/api/ships/{id}", "get").get("x-klaviyo-operation-aliases"))
        .isEqualTo(Json.read("[\"read_ship\"]"));
  }

  @Test
  void bodiesAndAnswersAreDescribed() {
    var create = operation("/api/ships", "post");
    var attributes =
        create.at(
            "/requestBody/content/application~1vnd.api+json/schema/properties/data/properties"
                + "/attributes");
    assertThat(attributes.get("required")).isEqualTo(Json.read("[\"name\"]"));
    assertThat(attributes.at("/properties/rig/enum"))
        .isEqualTo(Json.read("[\"sloop\",\"brig\",\"liner\"]"));
    assertThat(attributes.at("/properties/engine/oneOf")).hasSize(2);
    assertThat(create.get("responses").propertyNames()).containsExactly("201", "4XX", "5XX");
    assertThat(
            create
                .at(
                    "/responses/201/content/application~1vnd.api+json/schema/properties/data/properties"
                        + "/attributes/properties/launched/format")
                .stringValue())
        .isEqualTo("date-time");
    assertThat(operation("/api/ship-import", "post").get("responses").propertyNames())
        .contains("200", "201");
    assertThat(operation("/api/ship-logs", "post").at("/responses/202").has("content")).isFalse();
    assertThat(operation("/api/ship-photos", "post").at("/requestBody/content").propertyNames())
        .containsExactly("multipart/form-data");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (var reference : document.findValuesAsString("$ref")) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void clientOperationsNeedNoPrivateKey() {
    assertThat(operation("/client/sightings", "post").get("security")).isEqualTo(Json.read("[]"));
    assertThat(operation("/api/ships", "get").has("security")).isFalse();
  }

  @Test
  void aPathDeclaredTwiceStopsTheStart() {
    var twice = new ArrayList<>(operations);
    twice.add(operations.getFirst());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Router(twice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("declared twice: GET /api/ships");
  }
}
