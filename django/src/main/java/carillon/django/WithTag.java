package carillon.django;

import java.util.ArrayList;

/** {@code with a=b c=d}, or the older {@code with b as a and d as c}. */
final class WithTag {

  private WithTag() {}

  static Node read(Parser parser, Tag tag) {
    if (tag.size() == 0) {
      throw parser.error(tag, "'with' needs at least one name=value");
    }
    var bindings = new ArrayList<Binding>();
    if (Tags.keywordEnd(tag.argument(0).text()) > 0) {
      readPairs(parser, tag, bindings);
    } else {
      readOldStyle(parser, tag, bindings);
    }
    return new With(bindings.toArray(Binding[]::new), parser.until(tag, "endwith"));
  }

  private static void readPairs(Parser parser, Tag tag, ArrayList<Binding> bindings) {
    for (var word : tag.arguments()) {
      var end = Tags.keywordEnd(word.text());
      if (end < 0) {
        throw parser.error(word, "'with' wants name=value here");
      }
      var name = word.text().substring(0, end).intern();
      bindings.add(new Binding(name, parser.expression(word.from(end + 1))));
    }
  }

  private static void readOldStyle(Parser parser, Tag tag, ArrayList<Binding> bindings) {
    for (var i = 0; i < tag.size(); i += 4) {
      if (i + 2 >= tag.size() || !tag.argument(i + 1).is("as")) {
        throw parser.error(tag.argument(i), "'with' wants name=value here");
      }
      if (i + 3 < tag.size() && (!tag.argument(i + 3).is("and") || i + 4 == tag.size())) {
        throw parser.error(tag.argument(i + 3), "'with' wants name=value here");
      }
      var name = Tags.name(parser, tag.argument(i + 2));
      bindings.add(new Binding(name, parser.expression(tag.argument(i))));
    }
  }

  private record Binding(String name, Expression value) {}

  private record With(Binding[] bindings, Node body) implements Node {

    @Override
    public void render(Context context) {
      var values = new Object[bindings.length];
      for (var i = 0; i < values.length; i++) {
        values[i] = bindings[i].value.value(context);
      }
      var outer = context.push();
      for (var i = 0; i < values.length; i++) {
        context.bind(bindings[i].name, values[i]);
      }
      body.render(context);
      context.pop(outer);
    }
  }
}
