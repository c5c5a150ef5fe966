package carillon.django;

/**
 * A stretch of the source.
 *
 * @param content the text itself, or what stands between the braces, trimmed
 * @param offset where the content begins in the source
 * @param start where the stretch begins, braces included
 */
record Token(Kind kind, String content, int offset, int start) {

  enum Kind {
    TEXT,
    VARIABLE,
    TAG
  }

  /** The first word of a tag. */
  String command() {
    var end = 0;
    while (end < content.length() && !Character.isWhitespace(content.charAt(end))) {
      end++;
    }
    return content.substring(0, end);
  }
}
