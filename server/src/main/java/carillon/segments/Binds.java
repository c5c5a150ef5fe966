package carillon.segments;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values under names of their own. */
final class Binds {

  private final String prefix;
  private final Map<String, Object> values = new LinkedHashMap<>();

  Binds(String prefix) {
    this.prefix = prefix;
  }

  /** The parameter that stands for a value; a list is an array of texts. */
  String bind(Object value) {
    var name = prefix + values.size();
    values.put(name, value);
    return ":" + name;
  }

  Clause clause(String sql) {
    return new Clause(sql, Map.copyOf(values));
  }
}
