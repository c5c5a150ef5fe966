package carillon.mail;

import java.util.List;
import java.util.Optional;

/**
 * A piece of HTML: a tag, a comment, or the text between them. One begins where the one before it
 * ends. Places are counted from the beginning of the text that was scanned.
 */
sealed interface HtmlToken {

  /** Where the next one begins. */
  int end();

  /**
   * Text, its entities resolved.
   *
   * @param collapsed the same with one space for each run of blanks
   */
  record Text(int end, String exact, String collapsed) implements HtmlToken {}

  /**
   * The tag that opens an element; with style, script, title and the like all that stands in it.
   *
   * @param name in lower case
   * @param hidden whether readers are not to see the element
   * @param target of a link
   * @param alt what an image shows, else empty
   */
  record Open(int end, String name, boolean hidden, Optional<Target> target, String alt)
      implements HtmlToken {}

  /** The tag that closes an element. */
  record Close(int end, String name) implements HtmlToken {}

  /**
   * A comment or declaration.
   *
   * @param name of a declaration, such as {@code !doctype}
   * @param targets of links in a comment that some mail programs look into
   */
  record Other(int end, String name, List<Target> targets) implements HtmlToken {}

  /** Where a link leads, and where that is written: with or without quotes around it. */
  record Target(String url, int start, int end, boolean quoted) {
    Target shifted(int by) {
      return new Target(url, start + by, end + by, quoted);
    }
  }
}
