package carillon.django;

import java.util.List;
import java.util.Optional;

/** {@code cycle a b as name silent}, the next value of a named cycle, and {@code resetcycle}. */
final class CycleTag {

  private CycleTag() {}

  static Node read(Parser parser, Tag tag) {
    if (tag.size() == 0) {
      throw parser.error(tag, "'cycle' needs values");
    }
    if (tag.size() == 1 && parser.cycles().containsKey(tag.argument(0).text())) {
      return parser.cycles().get(tag.argument(0).text());
    }
    if (tag.size() == 1 && Tags.isName(tag.argument(0).text())) {
      throw parser.error(tag.argument(0), "there is no cycle named '" + tag.last().text() + "'");
    }
    return readNew(parser, tag);
  }

  private static Node readNew(Parser parser, Tag tag) {
    var silent = tag.size() > 3 && tag.last().is("silent") && tag.without(1).isNamed();
    var rest = silent ? tag.without(1) : tag;
    if (!rest.isNamed() || rest.size() == 2) {
      return cycle(parser, tag, Optional.empty(), false);
    }
    var name = Tags.name(parser, rest.last());
    var cycle = cycle(parser, rest.without(2), Optional.of(name), silent);
    parser.cycles().put(name, cycle);
    return cycle;
  }

  private static Node cycle(Parser parser, Tag tag, Optional<String> name, boolean silent) {
    var values = parser.expressions(tag.arguments());
    var cycle = new Cycle(values, name, silent, parser.memory());
    parser.lastCycle(cycle);
    return cycle;
  }

  static Node readReset(Parser parser, Tag tag) {
    if (tag.size() > 1) {
      throw parser.error(tag.argument(1), "'resetcycle' takes one name");
    }
    var found = tag.size() == 1 ? parser.cycles().get(tag.last().text()) : parser.lastCycle();
    if (!(found instanceof Cycle cycle)) {
      throw parser.error(tag, "there is no such cycle to reset");
    }
    return new Reset(cycle.memory);
  }

  private record Cycle(List<Expression> values, Optional<String> name, boolean silent, int memory)
      implements Node {

    @Override
    public void render(Context context) {
      var index = context.recall(memory) instanceof Integer next ? next : 0;
      context.remember(memory, (index + 1) % values.size());
      var value = values.get(index).value(context);
      name.ifPresent(bound -> context.bind(bound, value));
      if (!silent) {
        context.print(value);
      }
    }
  }

  private record Reset(int memory) implements Node {

    @Override
    public void render(Context context) {
      context.remember(memory, null);
    }
  }
}
