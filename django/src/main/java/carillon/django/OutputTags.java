package carillon.django;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags that print one thing. */
final class OutputTags {

  private static final Map<String, String> BRACES =
      Map.of(
          "openblock", "{%",
          "closeblock", "%}",
          "openvariable", "{{",
          "closevariable", "}}",
          "openbrace", "{",
          "closebrace", "}",
          "opencomment", "{#",
          "closecomment", "#}");

  private OutputTags() {}

  static Node templateTag(Parser parser, Tag tag) {
    if (tag.size() != 1 || !BRACES.containsKey(tag.last().text())) {
      throw parser.error(tag, "'templatetag' wants one name such as openblock");
    }
    return new Node.Text(BRACES.get(tag.last().text()));
  }

  static Node firstOf(Parser parser, Tag tag) {
    var named = tag.isNamed();
    var values = parser.expressions((named ? tag.without(2) : tag).arguments());
    if (values.isEmpty()) {
      throw parser.error(tag, "'firstof' needs values");
    }
    return new FirstOf(values, name(parser, tag, named));
  }

  static Node now(Parser parser, Tag tag) {
    var named = tag.isNamed();
    if (tag.size() != (named ? 3 : 1) || tag.argument(0).text().length() < 2) {
      throw parser.error(tag, "'now' wants one format in quotes");
    }
    var quoted = tag.argument(0).text();
    return new Now(quoted.substring(1, quoted.length() - 1), name(parser, tag, named));
  }

  static Node widthRatio(Parser parser, Tag tag) {
    var named = tag.isNamed();
    if (tag.size() != (named ? 5 : 3)) {
      throw parser.error(tag, "'widthratio' wants three values");
    }
    var values = parser.expressions(tag.arguments().subList(0, 3));
    return new WidthRatio(values, name(parser, tag, named));
  }

  private static Optional<String> name(Parser parser, Tag tag, boolean named) {
    return named ? Optional.of(Tags.name(parser, tag.last())) : Optional.empty();
  }

  private static void give(Context context, Optional<String> name, Object value) {
    if (name.isPresent()) {
      context.bind(name.get(), value);
    } else {
      context.print(value);
    }
  }

  private record FirstOf(List<Expression> values, Optional<String> name) implements Node {

    @Override
    public void render(Context context) {
      for (var expression : values) {
        var value = expression.valueOrNull(context);
        if (Values.truth(value)) {
          give(context, name, value);
          return;
        }
      }
      name.ifPresent(bound -> context.bind(bound, ""));
    }
  }

  private record Now(String format, Optional<String> name) implements Node {

    @Override
    public void render(Context context) {
      var text = DateFormat.format(context.now(), format, context);
      if (name.isPresent()) {
        context.bind(name.get(), text);
      } else {
        context.write(text);
      }
    }
  }

  private record WidthRatio(List<Expression> values, Optional<String> name) implements Node {

    @Override
    public void render(Context context) {
      give(context, name, new SafeText(ratio(context)));
    }

    private String ratio(Context context) {
      var value = number(0, context);
      var most = number(1, context);
      var width = number(2, context);
      if (value.isEmpty() || most.isEmpty() || width.isEmpty()) {
        return "";
      }
      if (most.get().signum() == 0) {
        return "0";
      }
      return value
          .get()
          .multiply(width.get())
          .divide(most.get(), 0, RoundingMode.HALF_EVEN)
          .toPlainString();
    }

    private Optional<BigDecimal> number(int index, Context context) {
      return Numbers.decimal(values.get(index).value(context));
    }
  }
}
