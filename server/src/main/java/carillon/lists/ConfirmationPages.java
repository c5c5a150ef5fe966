package carillon.lists;

/** The words and the HTML a person meets on the way to a confirmed subscription. */
final class ConfirmationPages {

  private static final String STYLE =
      "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0"
          + " 1.5rem;color:#1d1d1f;background:#fff}h1{font-size:1.6rem;line-height:1.25}"
          + "button,a.button{display:inline-block;font:inherit;padding:.7em 1.4em;border:0;"
          + "border-radius:.4em;background:#17446b;color:#fff;text-decoration:none;cursor:pointer}"
          + "button:focus-visible,a.button:focus-visible{outline:3px solid #d98e04;"
          + "outline-offset:3px}";

  /** Asks for the press of a button, because programs follow links without being asked to. */
  static String question(String shop, String email) {
    return page(
        "Confirm your subscription",
        shop,
        """
        <p>Would you like to get mail from <strong>%s</strong> at <strong>%s</strong>?</p>
        <form method="post"><button type="submit">Confirm subscription</button></form>
        <p>If you did not ask for it, close this page: you will not be subscribed.</p>
        """
            .formatted(escaped(oneLine(shop)), escaped(email)));
  }

  static String thanks(String shop) {
    return page(
        "You are subscribed",
        shop,
        "<p role=\"status\">Thank you. Your subscription to <strong>%s</strong> is confirmed.</p>\n"
            .formatted(escaped(oneLine(shop))));
  }

  static String tooLate() {
    return page(
        "This link is no longer valid",
        "",
        "<p>It has expired or is not complete. To subscribe, please sign up once more.</p>\n");
  }

  /** The HTML of the mail that holds the link. */
  static String mail(String shop, String link) {
    return page(
        "Please confirm your subscription",
        shop,
        """
        <p>To get mail from <strong>%s</strong>, open this page and press the button there:</p>
        <p><a class="button" href="%s">Confirm subscription</a></p>
        <p>If you did not ask for it, do nothing: you will not be subscribed.</p>
        """
            .formatted(escaped(shop), escaped(link)));
  }

  private static String page(String title, String shop, String content) {
    var named = shop.isEmpty() ? title : title + " – " + oneLine(shop);
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    <h1>%s</h1>
    %s</main>
    </body>
    </html>
    """
        .formatted(escaped(named), STYLE, escaped(title), content);
  }

  /** Names of shops without what could start another line or header. */
  static String oneLine(String name) {
    return name.replaceAll("[\\p{Cntrl}\\s\u2028\u2029]+", " ").strip();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private ConfirmationPages() {}
}
