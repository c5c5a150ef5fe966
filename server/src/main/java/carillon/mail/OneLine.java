package carillon.mail;

/** Makes text safe to stand in one header: no control character survives. */
final class OneLine {

  static String of(String text) {
    var clean = text.chars().noneMatch(OneLine::breaks) ? text : spaced(text);
    return clean.strip();
  }

  static boolean breaks(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private static String spaced(String text) {
    var chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = breaks(chars[i]) ? ' ' : chars[i];
    }
    return new String(chars);
  }

  private OneLine() {}
}
