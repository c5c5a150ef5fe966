package carillon.django;

import java.util.Locale;

/** The filters {@code urlize} and {@code urlizetrunc}: addresses in text become links. */
final class Urlize {

  private static final String[] DOMAINS = {".com", ".edu", ".gov", ".int", ".mil", ".net", ".org"};
  private static final String OPENING = "([<\"'";
  private static final String CLOSING = ".,:;!\"'";

  private final StringBuilder out = new StringBuilder();
  private final boolean escape;
  private final int longest;

  private Urlize(boolean escape, int longest) {
    this.escape = escape;
    this.longest = longest;
  }

  static Object apply(Object value, int longest, Context context) {
    var text = Text.of(value, context.meter());
    var urlize = new Urlize(context.escaping() && !(value instanceof SafeText), longest);
    context.meter().text(4L * text.length());
    urlize.text(text);
    return new SafeText(urlize.out.toString());
  }

  private void text(String text) {
    var start = 0;
    for (var at = 0; at <= text.length(); at++) {
      var blank = at == text.length() || isSeparator(text.charAt(at));
      if (blank) {
        word(text.substring(start, at));
        plain(text.substring(at, Math.min(at + 1, text.length())));
        start = at + 1;
      }
    }
  }

  private static boolean isSeparator(char c) {
    return Character.isWhitespace(c) || c == '<' || c == '>' || c == '"';
  }

  private void word(String word) {
    var start = 0;
    var end = word.length();
    while (start < end && OPENING.indexOf(word.charAt(start)) >= 0) {
      start++;
    }
    var opened = word.substring(0, start).chars().filter(c -> c == '(' || c == '[').count() > 0;
    while (end > start && isTrailing(word, start, end, opened)) {
      end--;
    }
    var middle = word.substring(start, end);
    var url = url(middle);
    if (url.isEmpty()) {
      plain(word);
      return;
    }
    plain(word.substring(0, start));
    link(middle, url);
    plain(word.substring(end));
  }

  private static boolean isTrailing(String word, int start, int end, boolean opened) {
    var c = word.charAt(end - 1);
    if (c == ')' || c == ']') {
      return opened || word.indexOf(c == ')' ? '(' : '[', start) < 0;
    }
    return CLOSING.indexOf(c) >= 0;
  }

  private static String url(String word) {
    if (word.length() < 4 || word.length() > 2000) {
      return "";
    }
    var lower = word.toLowerCase(Locale.ROOT);
    if (hasHostAfter(lower, "http://") || hasHostAfter(lower, "https://")) {
      return word;
    }
    if (isMail(lower)) {
      return "mailto:" + word;
    }
    return lower.indexOf('@') < 0 && (lower.startsWith("www.") || hasKnownDomain(lower))
        ? "http://" + word
        : "";
  }

  private static boolean hasHostAfter(String word, String scheme) {
    return word.startsWith(scheme)
        && word.length() > scheme.length()
        && (Character.isLetterOrDigit(word.charAt(scheme.length()))
            || word.charAt(scheme.length()) == '[');
  }

  private static boolean isMail(String word) {
    var at = word.indexOf('@');
    return at > 0
        && at == word.lastIndexOf('@')
        && word.indexOf('.', at) > at + 1
        && word.indexOf('/') < 0
        && word.indexOf(':') < 0
        && !word.endsWith(".");
  }

  private static boolean hasKnownDomain(String word) {
    var slash = word.indexOf('/');
    var host = slash < 0 ? word : word.substring(0, slash);
    for (var domain : DOMAINS) {
      if (host.endsWith(domain)
          && host.length() > domain.length()
          && Character.isLetterOrDigit(host.charAt(0))) {
        return true;
      }
    }
    return false;
  }

  private void link(String word, String url) {
    var href = EscapeFilters.percent(url, "!*'();:@&=+$,/?#[]~%-._");
    out.append("<a href=\"").append(Html.escape(href)).append('"');
    out.append(url.startsWith("mailto:") ? ">" : " rel=\"nofollow\">");
    var shown = LayoutFilters.truncated(word, longest);
    out.append(escape ? Html.escape(shown) : shown).append("</a>");
  }

  private void plain(String text) {
    out.append(escape ? Html.escape(text) : text);
  }
}
