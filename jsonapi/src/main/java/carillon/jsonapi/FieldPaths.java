package carillon.jsonapi;

import java.util.Set;
import java.util.TreeSet;

/**
 * The attribute paths that {@code fields[type]} may name: the id, attributes and what is nested in
 * them.
 */
final class FieldPaths {

  static Set<String> of(ResourceType<?> type) {
    var paths = new TreeSet<String>();
    paths.add("id");
    for (var attribute : type.attributes()) {
      add(paths, "", attribute.field());
    }
    return paths;
  }

  private static void add(Set<String> paths, String prefix, Field<?> field) {
    var path = prefix + field.name();
    paths.add(path);
    nested(paths, path + ".", field.schema());
  }

  private static void nested(Set<String> paths, String prefix, Schema<?> schema) {
    if (schema instanceof Schema.Struct(_, var members)) {
      members.forEach(member -> add(paths, prefix, member));
    } else if (schema instanceof Schema.OneOf(var options)) {
      options.forEach(option -> nested(paths, prefix, option));
    }
  }

  private FieldPaths() {}
}
