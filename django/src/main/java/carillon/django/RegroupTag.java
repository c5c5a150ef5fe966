package carillon.django;

import java.util.ArrayList;
import java.util.List;

/** {@code regroup values by key as name}: neighbours with the same key become a group. */
final class RegroupTag {

  private RegroupTag() {}

  static Node read(Parser parser, Tag tag) {
    if (tag.size() != 5 || !tag.argument(1).is("by") || !tag.argument(3).is("as")) {
      throw parser.error(tag, "'regroup' is written as: regroup values by key as name");
    }
    var name = Tags.name(parser, tag.argument(4));
    var key = tag.argument(2);
    var path = new Word(name + "." + key.text(), key.offset() - name.length() - 1);
    return new Regroup(parser.expression(tag.argument(0)), parser.expression(path), name);
  }

  private record Regroup(Expression values, Expression key, String name) implements Node {

    @Override
    public void render(Context context) {
      var elements = Values.elements(values.valueOrNull(context), context.meter());
      context.bind(name, groups(context, elements));
    }

    private List<Object> groups(Context context, List<?> elements) {
      var groups = new ArrayList<>();
      var comparison = new Comparison(context.meter());
      var outer = context.push();
      for (var element : elements) {
        context.meter().iteration();
        context.bind(name, element);
        var grouper = key.valueOrNull(context);
        if (groups.isEmpty() || !comparison.equal(last(groups).grouper(), grouper)) {
          groups.add(new Group(grouper, new ArrayList<>()));
        }
        last(groups).list().add(element);
      }
      context.pop(outer);
      return groups;
    }

    private static Group last(List<Object> groups) {
      return (Group) groups.getLast();
    }
  }
}
