package carillon.django;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns tokens into nodes. Blocks nest to a bounded depth, so its recursion is bounded too. */
final class Parser {

  private static final int LONGEST_SOURCE = 2_000_000;
  private static final int DEEPEST_NESTING = 100;

  private final Source source;
  private final Language language;
  private final List<Token> tokens;
  private final Set<String> tags = new HashSet<>();
  private final Map<String, Node> cycles = new HashMap<>();
  private int at;
  private int depth;
  private int memories;
  private Tag ending;
  private Node lastCycle;

  Parser(Source source, Language language) {
    this.source = source;
    this.language = language;
    if (source.text().length() > LONGEST_SOURCE) {
      throw source.error(0, "the template is longer than " + LONGEST_SOURCE + " characters");
    }
    this.tokens = Lexer.tokens(source);
  }

  Template template() {
    var root = sequence(Set.of());
    return new Template(root, memories, tags, 16 + 2 * tokens.size());
  }

  /** Reads the body of a tag up to one of these ends, which {@link #ending} then tells. */
  Node until(Tag opening, String... ends) {
    if (++depth > DEEPEST_NESTING) {
      throw error(opening, "blocks are nested more than " + DEEPEST_NESTING + " deep");
    }
    var body = sequence(Set.of(ends));
    if (ending == null) {
      throw error(opening, "'" + opening.name() + "' is not closed: expected " + either(ends));
    }
    depth--;
    return body;
  }

  Language language() {
    return language;
  }

  Tag ending() {
    return ending;
  }

  private Node sequence(Set<String> ends) {
    var nodes = new ArrayList<Node>();
    ending = null;
    while (at < tokens.size()) {
      var token = tokens.get(at++);
      switch (token.kind()) {
        case TEXT -> nodes.add(new Node.Text(token.content()));
        case VARIABLE -> nodes.add(new Node.Print(expression(variable(token))));
        case TAG -> {
          var tag = tag(token);
          if (ends.contains(tag.name())) {
            ending = tag;
            return joined(nodes);
          }
          nodes.add(node(tag, ends));
        }
      }
    }
    ending = null;
    return joined(nodes);
  }

  private static Node joined(List<Node> nodes) {
    return nodes.size() == 1 ? nodes.getFirst() : new Node.Sequence(nodes.toArray(Node[]::new));
  }

  private Word variable(Token token) {
    if (token.content().isEmpty()) {
      throw source.error(token.start(), "the variable has no name");
    }
    return new Word(token.content(), token.offset());
  }

  private Tag tag(Token token) {
    if (token.content().isEmpty()) {
      throw source.error(token.start(), "the tag has no name");
    }
    return Tag.of(token);
  }

  private Node node(Tag tag, Set<String> ends) {
    var reader =
        language.tag(tag.name()).orElseThrow(() -> error(tag, language.refusal(tag.name(), ends)));
    tags.add(tag.name());
    return reader.read(this, tag);
  }

  /** Skips to the end of a block whose body is not read. */
  void skipTo(Tag opening, String end) {
    while (at < tokens.size()) {
      var token = tokens.get(at++);
      if (token.kind() == Token.Kind.TAG && token.command().equals(end)) {
        return;
      }
    }
    throw error(opening, "'" + opening.name() + "' is not closed: expected '" + end + "'");
  }

  Expression expression(Word word) {
    return ExpressionReader.read(source, language, word);
  }

  List<Expression> expressions(List<Word> words) {
    return words.stream().map(this::expression).toList();
  }

  /** Reserves a place in which a node remembers something during one rendering. */
  int memory() {
    return memories++;
  }

  Map<String, Node> cycles() {
    return cycles;
  }

  Node lastCycle() {
    return lastCycle;
  }

  void lastCycle(Node cycle) {
    lastCycle = cycle;
  }

  TemplateSyntaxError error(Tag tag, String problem) {
    return error(tag.command(), problem);
  }

  TemplateSyntaxError error(Word word, String problem) {
    return source.error(word.offset(), problem);
  }

  TemplateSyntaxError error(int offset, String problem) {
    return source.error(offset, problem);
  }

  static String either(String... names) {
    return "'" + String.join("' or '", names) + "'";
  }
}
