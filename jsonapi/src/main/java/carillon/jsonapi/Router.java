package carillon.jsonapi;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the operation of a method and path; built once from all operations. */
final class Router {

  private final Node root = new Node();

  /** What a path leads to. */
  record Match(Map<Http, Operation> operations, Map<String, String> variables) {}

  Router(List<Operation> operations) {
    for (var operation : operations) {
      var node = root;
      for (var segment : segments(operation.path())) {
        node = node.grow(segment);
      }
      if (node.operations.put(operation.method(), operation) != null) {
        throw new IllegalStateException(
            "declared twice: " + operation.method() + " " + operation.path());
      }
    }
  }

  /** The match of a raw path, with or without a slash at its end. */
  Optional<Match> find(String rawPath) {
    if (!rawPath.startsWith("/")) {
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    var node = root;
    for (var raw : segments(rawPath)) {
      var segment = QueryString.decode(raw, false);
      var fixed = node.fixed.get(segment);
      if (fixed != null) {
        node = fixed;
      } else if (node.variable != null && !segment.isEmpty()) {
        node = node.variable;
        variables.put(node.name, segment);
      } else {
        return Optional.empty();
      }
    }
    return node.operations.isEmpty()
        ? Optional.empty()
        : Optional.of(new Match(node.operations, variables));
  }

  private static String[] segments(String path) {
    var end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(1, Math.max(1, end)).split("/", -1);
  }

  private static final class Node {
    private final Map<String, Node> fixed = new HashMap<>();
    private final Map<Http, Operation> operations = new EnumMap<>(Http.class);
    private Node variable;
    private String name = "";

    Node grow(String segment) {
      if (!segment.startsWith("{")) {
        return fixed.computeIfAbsent(segment, _ -> new Node());
      }
      if (variable == null) {
        variable = new Node();
        variable.name = segment.substring(1, segment.length() - 1);
      }
      return variable;
    }
  }
}
