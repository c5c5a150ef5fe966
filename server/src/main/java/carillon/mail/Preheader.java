package carillon.mail;

/**
 * Puts a preview text, hidden in the opened mail, first into the body of an HTML document. The rest
 * of the document stays as it was, byte for byte: it is scanned for its body tag, not parsed.
 */
public final class Preheader {
  private static final String OPEN =
      "<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;"
          + "overflow:hidden;mso-hide:all\">";
  // Keeps mail programs from filling up a short preview with the first words of the body.
  private static final String FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

  /** {@code preview} is text; an empty one leaves the document alone. */
  public static String insert(String html, String preview) {
    if (preview.isBlank()) {
      return html;
    }
    int at = bodyStart(html);
    return html.substring(0, at)
        + OPEN
        + escape(OneLine.of(preview))
        + FILLER
        + "</div>"
        + html.substring(at);
  }

  // Without a body tag the body starts after the last tag that can only stand before it.
  private static int bodyStart(String html) {
    int fallback = 0;
    var scanner = new HtmlScanner(html);
    while (scanner.next()) {
      if (scanner.kind() == HtmlScanner.Kind.OPEN && scanner.name().equals("body")) {
        return scanner.end();
      }
      if (precedesBody(scanner)) {
        fallback = scanner.end();
      }
    }
    return fallback;
  }

  private static boolean precedesBody(HtmlScanner at) {
    return switch (at.kind()) {
      case TEXT -> false;
      case OPEN -> at.name().equals("html");
      case CLOSE -> at.name().equals("head");
      case OTHER -> at.name().equals("!doctype");
    };
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private Preheader() {}
}
