package carillon.segments;

import carillon.jsonapi.Json;
import carillon.platform.db.Queries;
import carillon.platform.db.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import tools.jackson.databind.node.ObjectNode;

/** Lets benchmarks have the SQL of a definition, which the server keeps to itself. */
public final class Compiled {

  /** A statement that begins with some words, then has the query of the ids of all members. */
  public static Statement members(
      Queries db, String account, Instant now, String definition, String before, String after) {
    var clause =
        new Compiler(account, ZoneOffset.UTC, now)
            .members(Definition.parse((ObjectNode) Json.read(definition)));
    return clause.bindTo(db.sql(before + clause.sql() + after));
  }

  private Compiled() {}
}
