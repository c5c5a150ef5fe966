package carillon.segments;

import carillon.platform.db.Queries;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the definitions of an account can speak of is what is there. */
record AccountVocabulary(Queries queries, String account, Map<String, Optional<Definition>> known)
    implements Vocabulary {

  AccountVocabulary(Queries queries, String account) {
    this(queries, account, new HashMap<>());
  }

  @Override
  public boolean hasMetric(String id) {
    return isIn("metric", id);
  }

  @Override
  public boolean hasList(String id) {
    return isIn("list", id);
  }

  private boolean isIn(String table, String id) {
    return queries
        .sql(
            "select true as found from %s where account_id = :account and id = :id"
                .formatted(table))
        .bind("account", account)
        .bind("id", id)
        .first(row -> row.bool("found"))
        .isPresent();
  }

  @Override
  public Optional<Definition> segment(String id) {
    return known.computeIfAbsent(
        id,
        unread ->
            queries
                .sql("select definition from segment where account_id = :account and id = :id")
                .bind("account", account)
                .bind("id", unread)
                .first(row -> Definition.parse((ObjectNode) row.json("definition"))));
  }
}
