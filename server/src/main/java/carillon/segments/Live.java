package carillon.segments;

import carillon.platform.db.Row;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A segment that is kept up to date.
 *
 * @param generation the rows of members that count
 * @param computing the generation that is being computed
 * @param replaced the generation before, while it is told what the last computation changed
 */
record Live(
    String id,
    Definition definition,
    Dependencies dependencies,
    int generation,
    Optional<Integer> computing,
    Optional<Integer> replaced) {

  static Live read(Row row) {
    var definition = Definition.parse((ObjectNode) row.json("definition"));
    return new Live(
        row.text("id"),
        definition,
        definition.dependencies(),
        row.integer("generation"),
        row.maybeInteger("computing"),
        row.maybeInteger("replaced"));
  }
}
