package carillon.mcp;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tells whom a write would reach, if it is more than the people it names. */
@FunctionalInterface
public interface Reaches {

  /**
   * What a write comes to.
   *
   * @param what it is about, for people
   * @param version another one when what it is about has changed
   */
  record Reach(long people, String what, String version) {}

  /**
   * Looks at a write that is about to be made; empty when it is known no better than by its body.
   *
   * @throws carillon.jsonapi.ApiError when the write would be refused
   */
  Optional<Reach> of(String account, String operation, ObjectNode body);
}
