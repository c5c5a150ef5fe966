package carillon.django;

/** A piece of a parsed template; immutable. */
interface Node {

  void render(Context context);

  /** Nodes one after the other. */
  record Sequence(Node[] nodes) implements Node {

    @Override
    public void render(Context context) {
      for (var node : nodes) {
        node.render(context);
      }
    }
  }

  /** Text of the source. */
  record Text(String text) implements Node {

    @Override
    public void render(Context context) {
      context.write(text);
    }
  }

  /** A value put out. */
  record Print(Expression expression) implements Node {

    @Override
    public void render(Context context) {
      context.print(expression.value(context));
    }
  }
}
