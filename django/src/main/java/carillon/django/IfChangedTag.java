package carillon.django;

import java.util.ArrayList;
import java.util.List;

/** {@code ifchanged}: shows its body when it, or the given values, differ from the round before. */
final class IfChangedTag {

  private static final String LOOP = "forloop";

  private IfChangedTag() {}

  static Node read(Parser parser, Tag tag) {
    var watched = parser.expressions(tag.arguments());
    var body = parser.until(tag, "else", "endifchanged");
    var otherwise = (Node) new Node.Text("");
    if (parser.ending().name().equals("else")) {
      otherwise = parser.until(tag, "endifchanged");
    }
    return new IfChanged(watched, body, otherwise, parser.memory());
  }

  private record IfChanged(List<Expression> watched, Node body, Node otherwise, int memory)
      implements Node {

    @Override
    public void render(Context context) {
      var text = watched.isEmpty() ? context.capture(body) : "";
      var seen = watched.isEmpty() ? (Object) text : values(context);
      var before = swap(context, seen);
      if (before != null && new Comparison(context.meter()).equal(before, seen)) {
        otherwise.render(context);
      } else if (watched.isEmpty()) {
        context.write(text);
      } else {
        body.render(context);
      }
    }

    private List<Object> values(Context context) {
      var values = new ArrayList<>(watched.size());
      watched.forEach(expression -> values.add(expression.valueOrNull(context)));
      return values;
    }

    private Object swap(Context context, Object seen) {
      if (context.find(LOOP) instanceof Loop loop) {
        return loop.swap(this, seen);
      }
      var before = context.recall(memory);
      context.remember(memory, seen);
      return before;
    }
  }
}
