package carillon.django;

/** Tags that do something to the text of their body. */
final class BlockTags {

  private static final String BODY = "filtered text";

  private BlockTags() {}

  static Node comment(Parser parser, Tag tag) {
    parser.skipTo(tag, "endcomment");
    return new Node.Text("");
  }

  static Node verbatim(Parser parser, Tag tag) {
    return parser.until(tag, "endverbatim");
  }

  static Node autoescape(Parser parser, Tag tag) {
    if (tag.size() != 1 || !(tag.last().is("on") || tag.last().is("off"))) {
      throw parser.error(tag, "'autoescape' wants on or off");
    }
    return new Autoescape(tag.last().is("on"), parser.until(tag, "endautoescape"));
  }

  static Node spaceless(Parser parser, Tag tag) {
    return new Spaceless(parser.until(tag, "endspaceless"));
  }

  static Node filter(Parser parser, Tag tag) {
    if (tag.size() == 0) {
      throw parser.error(tag, "'filter' needs filters");
    }
    var first = tag.argument(0);
    var text = new StringBuilder("x|").append(first.text());
    tag.arguments().stream().skip(1).forEach(word -> text.append(' ').append(word.text()));
    var calls = parser.expression(new Word(text.toString(), first.offset() - 2)).calls();
    for (var call : calls) {
      if (parser.language().isAboutEscaping(call.filter())) {
        throw parser.error(first, "'filter' cannot escape or mark as safe; 'autoescape' can");
      }
    }
    var filters = new Expression(Path.of(BODY), calls);
    return new Filtered(filters, parser.until(tag, "endfilter"));
  }

  private record Autoescape(boolean on, Node body) implements Node {

    @Override
    public void render(Context context) {
      var before = context.escaping(on);
      body.render(context);
      context.escaping(before);
    }
  }

  private record Filtered(Expression filters, Node body) implements Node {

    @Override
    public void render(Context context) {
      var text = new SafeText(context.capture(body));
      var outer = context.push();
      context.bind(BODY, text);
      context.print(filters.value(context));
      context.pop(outer);
    }
  }

  private record Spaceless(Node body) implements Node {

    @Override
    public void render(Context context) {
      context.write(withoutSpaceBetweenTags(context.capture(body).strip()));
    }

    private static String withoutSpaceBetweenTags(String text) {
      var out = new StringBuilder(text.length());
      for (var at = 0; at < text.length(); at++) {
        var c = text.charAt(at);
        out.append(c);
        if (c == '>') {
          var next = at + 1;
          while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
          }
          at = next < text.length() && text.charAt(next) == '<' ? next - 1 : at;
        }
      }
      return out.toString();
    }
  }
}
