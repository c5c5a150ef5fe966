package carillon.django;

import java.util.ArrayList;

/** {@code if}, {@code elif}, {@code else}. */
final class IfTag {

  private IfTag() {}

  static Node read(Parser parser, Tag opening) {
    var branches = new ArrayList<Branch>();
    var tag = opening;
    while (true) {
      var condition = ConditionReader.read(parser, tag);
      branches.add(new Branch(condition, parser.until(opening, "elif", "else", "endif")));
      tag = parser.ending();
      switch (tag.name()) {
        case "elif" -> {}
        case "else" -> {
          Tags.none(parser, tag);
          return new If(branches.toArray(Branch[]::new), parser.until(opening, "endif"));
        }
        default -> {
          return new If(branches.toArray(Branch[]::new), new Node.Text(""));
        }
      }
    }
  }

  private record Branch(Condition condition, Node body) {}

  private record If(Branch[] branches, Node otherwise) implements Node {

    @Override
    public void render(Context context) {
      for (var branch : branches) {
        context.work(1);
        if (branch.condition.holds(context)) {
          branch.body.render(context);
          return;
        }
      }
      otherwise.render(context);
    }
  }
}
