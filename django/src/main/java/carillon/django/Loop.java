package carillon.django;

import java.util.IdentityHashMap;
import java.util.Map;

/** The variable {@code forloop}: where the loop is, and which loop is around it. */
final class Loop {

  private final int length;
  private final Object parent;
  private int index;
  private Map<Node, Object> seen;

  Loop(int length, Object parent) {
    this.length = length;
    this.parent = parent;
  }

  void moveTo(int index) {
    this.index = index;
  }

  Object member(String name) {
    return switch (name) {
      case "counter" -> index + 1;
      case "counter0" -> index;
      case "revcounter" -> length - index;
      case "revcounter0" -> length - index - 1;
      case "first" -> index == 0;
      case "last" -> index == length - 1;
      case "length" -> length;
      case "parentloop" -> parent;
      default -> Missing.MISSING;
    };
  }

  /** Remembers what {@code ifchanged} saw in this loop; gives what it saw before. */
  Object swap(Node node, Object value) {
    if (seen == null) {
      seen = new IdentityHashMap<>();
    }
    return seen.put(node, value);
  }
}
