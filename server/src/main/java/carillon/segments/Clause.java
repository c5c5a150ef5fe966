package carillon.segments;

import carillon.platform.db.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL and the values it names; lists are arrays of texts.
 *
 * @param sql for {@link carillon.platform.db.Queries#sql}
 */
record Clause(String sql, Map<String, Object> values) {

  /** Binds the values to a statement that has this text within its own. */
  Statement bindTo(Statement statement) {
    values.forEach((name, value) -> {
      if (value instanceof List<?> texts) {
        statement.array(name, "text", texts);
      } else {
        statement.bind(name, value);
      }
    });
    return statement;
  }

  /**
   * The same query of profile ids beside a column {@code search} with its number; its values have
   * names of their own, so that several can stand in one statement.
   */
  Clause numbered(int number) {
    var named = new HashMap<String, Object>();
    var text = sql;
    for (var value : values.entrySet()) {
      var name = "n" + number + value.getKey();
      text = text.replaceAll("(?<!:):" + value.getKey() + "\\b", ":" + name);
      named.put(name, value.getValue());
    }
    return new Clause(
        "select %d as search, q.profile_id from (%s) q".formatted(number, text), named);
  }
}
