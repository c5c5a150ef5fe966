package carillon.jsonapi;

import java.util.Set;
import java.util.TreeSet;

/**
 * The attribute paths that {@code fields[type]} may name: attributes and what is nested in them.
 */
final class FieldPaths {

  static Set<String> of(ResourceType<?> type) {
    var paths = new TreeSet<String>();
    for (var attribute : type.attributes()) {
      add(paths, "", attribute.field());
    }
    return paths;
  }

  private static void add(Set<String> paths, String prefix, Field<?> field) {
    var path = prefix + field.name();
    paths.add(path);
    if (field.schema() instanceof Schema.Struct(_, var inner)) {
      inner.forEach(member -> add(paths, path + ".", member));
    }
  }

  private FieldPaths() {}
}
