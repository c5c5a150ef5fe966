package carillon.platform.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Whatever is put into one is escaped, unless it is a piece of HTML itself, so
 * that nobody's name can become markup.
 *
 * @param text markup, to be written by the server's own code only
 */
public record Html(String text) {

  /** Nothing. */
  public static final Html NONE = new Html("");

  /**
   * Markup with values filled in.
   *
   * @param pattern a constant with {@code %s} for each value
   * @param values text, which is escaped also for attributes in quotes, or pieces of HTML
   */
  public static Html of(String pattern, Object... values) {
    return new Html(pattern.formatted(Arrays.stream(values).map(Html::piece).toArray()));
  }

  /** Text as HTML. */
  public static Html escaped(String text) {
    return new Html(escape(text));
  }

  /** Pieces one after the other. */
  public static Html join(Collection<Html> pieces) {
    return new Html(pieces.stream().map(Html::text).collect(Collectors.joining()));
  }

  /** Text as it may stand in HTML, also between quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String piece(Object value) {
    return value instanceof Html html ? html.text() : escape(String.valueOf(value));
  }
}
