package carillon.django;

import java.util.Arrays;
import java.util.List;

/** {@code for a, b in values reversed} with {@code empty}. */
final class ForTag {

  private static final String LOOP = "forloop";

  private ForTag() {}

  static Node read(Parser parser, Tag tag) {
    var reversed = tag.size() > 0 && tag.last().is("reversed");
    var in = tag.size() - (reversed ? 3 : 2);
    if (in < 1 || !tag.argument(in).is("in")) {
      throw parser.error(tag, "'for' is written as: for x in values");
    }
    var names = names(parser, tag, in);
    var values = parser.expression(tag.argument(in + 1));
    var body = parser.until(tag, "empty", "endfor");
    var otherwise = (Node) new Node.Text("");
    if (parser.ending().name().equals("empty")) {
      otherwise = parser.until(tag, "endfor");
    }
    return new For(names.toArray(String[]::new), values, reversed, body, otherwise);
  }

  private static List<String> names(Parser parser, Tag tag, int in) {
    var words = tag.arguments().subList(0, in).stream().map(Word::text).toList();
    return Arrays.stream(String.join(" ", words).split(",", -1))
        .map(name -> Tags.name(parser, new Word(name.strip(), tag.argument(0).offset())))
        .toList();
  }

  private record For(String[] names, Expression values, boolean reversed, Node body, Node otherwise)
      implements Node {

    @Override
    public void render(Context context) {
      var elements = Values.elements(values.valueOrNull(context), context.meter());
      if (elements.isEmpty()) {
        otherwise.render(context);
        return;
      }
      var parent = context.find(LOOP);
      var outer = context.push();
      rounds(context, elements, new Loop(elements.size(), parent));
      context.pop(outer);
    }

    private void rounds(Context context, List<?> elements, Loop loop) {
      context.bind(LOOP, loop);
      var size = elements.size();
      for (var i = 0; i < size; i++) {
        context.meter().iteration();
        loop.moveTo(i);
        bind(context, elements.get(reversed ? size - 1 - i : i));
        body.render(context);
      }
    }

    private void bind(Context context, Object element) {
      if (names.length == 1) {
        context.bind(names[0], element);
        return;
      }
      var parts = Values.elements(element, context.meter());
      for (var i = 0; i < names.length; i++) {
        context.bind(names[i], i < parts.size() ? parts.get(i) : Missing.MISSING);
      }
    }
  }
}
