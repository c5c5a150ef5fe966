package carillon.django;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A parsed template: immutable, safe to share between threads and to keep. */
public final class Template {

  private final Node root;
  private final int memories;
  private final Set<String> tags;
  private final int expectedPieces;

  Template(Node root, int memories, Set<String> tags, int expectedPieces) {
    this.root = root;
    this.memories = memories;
    this.tags = Set.copyOf(tags);
    this.expectedPieces = expectedPieces;
  }

  /**
   * Parses a source.
   *
   * @throws TemplateSyntaxError with the place of the fault
   */
  public static Template parse(String source, Language language) {
    return new Parser(new Source(source), language).template();
  }

  /** Whether a tag of this name stands anywhere outside comments and verbatim text. */
  public boolean uses(String tag) {
    return tags.contains(tag);
  }

  /**
   * Renders with these values: maps with text keys, lists, text, numbers, booleans, {@code
   * java.time} dates and times, {@link SafeText} and null. Anything else counts as missing. A null
   * prints {@code None}; a key that is not there prints nothing.
   *
   * @throws TemplateLimitExceeded naming the limit
   */
  public String render(Map<String, ?> values, RenderOptions options) {
    return rendered(values, options).text();
  }

  /**
   * As {@link #render(Map, RenderOptions)}, in the pieces that make up the whole: those that stand
   * in the source are the same objects every time.
   */
  public List<String> pieces(Map<String, ?> values, RenderOptions options) {
    return rendered(values, options).pieces();
  }

  /** As {@link #render(Map, RenderOptions)}; appends nothing unless the rendering succeeds. */
  public void render(Map<String, ?> values, RenderOptions options, Appendable to)
      throws IOException {
    rendered(values, options).appendTo(to);
  }

  private Output rendered(Map<String, ?> values, RenderOptions options) {
    var context = new Context(values, options, memories, expectedPieces);
    root.render(context);
    return context.out();
  }
}
