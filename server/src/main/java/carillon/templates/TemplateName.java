package carillon.templates;

/** How long the name of a template may be. */
final class TemplateName {

  static final int LONGEST = 255;

  static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    var end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return name.substring(0, end);
  }

  private TemplateName() {}
}
