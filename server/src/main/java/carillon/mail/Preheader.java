package carillon.mail;

/** A preview text, hidden in the opened mail, to stand first in the body of an HTML document. */
public final class Preheader {
  private static final String OPEN =
      "<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;"
          + "overflow:hidden;mso-hide:all\">";
  // Keeps mail programs from filling up a short preview with the first words of the body.
  private static final String FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

  /** {@code preview} is text; nothing comes of an empty one. */
  public static String of(String preview) {
    return preview.isBlank()
        ? ""
        : OPEN + HtmlMail.escaped(OneLine.of(preview)) + FILLER + "</div>";
  }

  private Preheader() {}
}
