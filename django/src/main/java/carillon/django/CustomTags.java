package carillon.django;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags given as functions: reads their arguments and calls them. */
final class CustomTags {

  private CustomTags() {}

  static TagReader simple(SimpleTag tag) {
    return (parser, source) -> {
      var named = source.isNamed();
      var arguments = Arguments.read(parser, named ? source.without(2) : source);
      var name = named ? Optional.of(Tags.name(parser, source.last())) : Optional.<String>empty();
      return new Simple(tag, arguments, name);
    };
  }

  static TagReader block(BlockTag tag) {
    return (parser, source) -> {
      var arguments = Arguments.read(parser, source);
      var body = parser.until(source, "end" + source.name());
      return new Block(tag, arguments, body);
    };
  }

  private record Arguments(List<Expression> positional, Map<String, Expression> named) {

    private static Arguments read(Parser parser, Tag tag) {
      var positional = new ArrayList<Expression>();
      var named = new HashMap<String, Expression>();
      for (var word : tag.arguments()) {
        var equals = Tags.keywordEnd(word.text());
        if (equals > 0) {
          named.put(word.text().substring(0, equals), parser.expression(word.from(equals + 1)));
        } else {
          positional.add(parser.expression(word));
        }
      }
      return new Arguments(List.copyOf(positional), Map.copyOf(named));
    }

    private TagCall call(Context context) {
      var arguments = new ArrayList<>(positional.size());
      positional.forEach(expression -> arguments.add(expression.value(context)));
      var keywords = new HashMap<String, Object>();
      named.forEach((name, expression) -> keywords.put(name, expression.value(context)));
      return new TagCall(arguments, keywords, context);
    }
  }

  private record Simple(SimpleTag tag, Arguments arguments, Optional<String> name) implements Node {

    @Override
    public void render(Context context) {
      var value = tag.value(arguments.call(context));
      if (name.isPresent()) {
        context.bind(name.get(), value);
      } else {
        context.print(value);
      }
    }
  }

  private record Block(BlockTag tag, Arguments arguments, Node body) implements Node {

    @Override
    public void render(Context context) {
      tag.render(arguments.call(context), new Body(body, context));
    }
  }
}
