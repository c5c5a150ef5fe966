package carillon.django;

import java.util.Map;

/** The body of a block tag, to be rendered as often as the tag likes. */
public final class Body {

  private final Node node;
  private final Context context;

  Body(Node node, Context context) {
    this.node = node;
    this.context = context;
  }

  /** Puts out the body with these names bound in addition. */
  public void render(Map<String, ?> bindings) {
    context.meter().iteration();
    var outer = context.push();
    bindings.forEach((name, value) -> context.bind(name.intern(), value));
    node.render(context);
    context.pop(outer);
  }
}
