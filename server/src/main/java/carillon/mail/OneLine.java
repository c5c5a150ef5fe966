package carillon.mail;

/** Makes text safe to stand in one header: no control character survives. */
final class OneLine {

  static String of(String text) {
    return (is(text) ? text : spaced(text)).strip();
  }

  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (breaks(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean breaks(char c) {
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
