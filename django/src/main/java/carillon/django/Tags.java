package carillon.django;

/** What the readers of several tags need. */
final class Tags {

  private Tags() {}

  /** Where the name in {@code name=value} ends, or -1. */
  static int keywordEnd(String word) {
    var end = word.indexOf('=');
    return end > 0 && word.chars().limit(end).allMatch(Tags::isNameCharacter) ? end : -1;
  }

  private static boolean isNameCharacter(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  static boolean isName(String word) {
    return !word.isEmpty() && word.chars().allMatch(Tags::isNameCharacter);
  }

  /** The name a tag binds, checked and interned. */
  static String name(Parser parser, Word word) {
    if (!isName(word.text())) {
      throw parser.error(word, "'" + ExpressionReader.brief(word.text()) + "' is not a name");
    }
    return word.text().intern();
  }

  static void none(Parser parser, Tag tag) {
    if (tag.size() > 0) {
      throw parser.error(tag.argument(0), "'" + tag.name() + "' takes no arguments");
    }
  }
}
