package carillon.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that has passed the gate: who asks, for what, with which body.
 *
 * @param variables decoded path variables by name
 * @param select what the query string asks for
 * @param document the whole checked body; an empty object when the operation takes none
 * @param raw the request as it came, for multipart bodies and client addresses
 */
public record Request(
    Caller caller,
    Map<String, String> variables,
    Select select,
    ObjectNode document,
    HttpRequest raw) {

  /** The account asked about. */
  public String account() {
    return caller.account();
  }

  /** The path's variable, of which there is one at most: {@code {id}} in most, else job_id. */
  public String id() {
    return variables.values().iterator().next();
  }

  /** The value of a parameter that only this operation has; empty when it is not there. */
  public Optional<String> parameter(Parameter parameter) {
    return switch (parameter.place()) {
      case QUERY -> QueryString.parse(raw.query()).first(parameter.name());
      case HEADER -> raw.header(parameter.name());
    };
  }

  /** The resource object of the body. */
  public Values data() {
    return new Values(document).in("data");
  }

  /** The attributes of the body. */
  public Values attributes() {
    return data().in("attributes");
  }

  /** An attribute of the body that must be there. */
  public <V> V get(Field<V> attribute) {
    return attributes().get(attribute);
  }

  /** An attribute of the body; empty when absent or null. */
  public <V> Optional<V> find(Field<V> attribute) {
    return attributes().find(attribute);
  }

  /** Whether an attribute is there, null included. */
  public boolean has(Field<?> attribute) {
    return attributes().has(attribute);
  }

  /** The resource id in the body. */
  public Optional<String> bodyId() {
    return data().find(Body.ID);
  }

  /** The ids in a body that is a list of identifiers. */
  public List<String> linkages() {
    return Body.ids(document.get("data"));
  }

  /** The id in a body that is one identifier or null. */
  public Optional<String> linkage() {
    return data().find(Body.ID);
  }

  /** The id of a to-one relation in the body. */
  public Optional<String> related(String relation) {
    return data().in("relationships").in(relation).in("data").find(Body.ID);
  }

  /** The ids of a to-many relation in the body; empty when the relation is absent. */
  public Optional<List<String>> relatedMany(String relation) {
    return Optional.ofNullable(data().in("relationships").in(relation).node().get("data"))
        .filter(node -> node.isArray())
        .map(Body::ids);
  }
}
