package carillon.segments;

import carillon.platform.db.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** A query of those among some people who belong in. */
  Clause among(String account, ZoneId zone, Instant now, Collection<String> profiles) {
    return matching(
        new Compiler(account, zone, now),
        "p.profile_id = any(:profiles)",
        Map.of("profiles", List.copyOf(profiles)));
  }

  /** A query of those between two people who belong in. */
  Clause within(String account, ZoneId zone, Instant now, Membership.Range range) {
    return matching(
        new Compiler(account, zone, now),
        "p.profile_id > :after and p.profile_id <= :last",
        Map.of("after", range.after(), "last", range.last()));
  }

  private Clause matching(Compiler compiler, String whom, Map<String, Object> named) {
    var clause = compiler.clause(definition);
    var values = new HashMap<>(clause.values());
    values.putAll(named);
    return new Clause(
        """
        select p.profile_id from profile p
        where p.account_id = :account and %s and (%s)
        """
            .formatted(whom, clause.sql()),
        values);
  }
}
