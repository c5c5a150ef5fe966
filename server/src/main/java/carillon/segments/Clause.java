package carillon.segments;

import carillon.platform.db.Statement;
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
}
