package carillon.platform.http;

import carillon.jsonapi.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * The frame and the style of all pages that people see: plain, readable without scripts, on a phone
 * and in the dark, loading nothing from elsewhere. Not kept by browsers, not shown by search
 * engines.
 *
 * @param title also the heading of a card
 * @param owner in whose name the page speaks; empty for the server's own
 * @param imprint said at the foot, such as a postal address
 * @param wide whether it may use the width of a desk
 * @param content the rest
 */
public record HostedPage(
    String title, Optional<String> owner, Optional<String> imprint, boolean wide, Html content) {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1f1d2b;--soft:#5d5a6b;--line:#dcd9e3;--paper:#fff;\
      --back:#f4f2f7;--accent:#4a35c8;--on:#fff;--mark:#e9e5fb}
      @media(prefers-color-scheme:dark){:root{--ink:#eeecf5;--soft:#aeabbd;--line:#3b3848;\
      --paper:#211f2b;--back:#16141d;--accent:#b3a6ff;--on:#17131f;--mark:#2f2a47}}
      *{box-sizing:border-box}
      body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--back);\
      color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
      header,main,footer{width:100%;max-width:34rem;margin:0 auto;padding:0 1.25rem}
      .wide header,.wide main,.wide footer{max-width:68rem}
      header{padding-top:clamp(1.5rem,7vh,4.5rem);padding-bottom:1rem}
      header p{margin:0;font-weight:650;font-size:1.125rem;letter-spacing:-.01em;\
      overflow-wrap:anywhere}
      main{flex:1 0 auto;padding-bottom:2rem}
      footer{padding-bottom:2rem;color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
      .card{background:var(--paper);border:1px solid var(--line);border-radius:16px;\
      padding:clamp(1.25rem,5vw,2.25rem);box-shadow:0 1px 2px rgb(20 10 60/.05),\
      0 12px 32px -16px rgb(20 10 60/.18)}
      h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;margin:0 0 .75rem}
      h2{font-size:1.0625rem;margin:1.75rem 0 .5rem}
      p{margin:.6rem 0;overflow-wrap:anywhere}
      .soft,.hint{color:var(--soft)}.hint{font-size:.9375rem}
      a{color:var(--accent);text-underline-offset:.15em}
      button{font:inherit;font-weight:600;min-height:2.9rem;padding:.6rem 1.35rem;margin:.35rem 0;\
      border:1px solid transparent;border-radius:10px;background:var(--accent);color:var(--on);\
      cursor:pointer}
      button:hover{filter:brightness(1.08)}
      button.quiet{background:transparent;color:var(--ink);border-color:var(--soft)}
      form{margin-top:1.25rem}
      :focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:6px}
      fieldset{border:0;margin:1.5rem 0 0;padding:0;min-width:0}
      legend{padding:0;font-weight:650}
      label{display:flex;gap:.75rem;align-items:flex-start;padding:.7rem 0;\
      border-bottom:1px solid var(--line);cursor:pointer;overflow-wrap:anywhere}
      input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none;\
      accent-color:var(--accent)}
      .said{background:var(--mark);border-radius:10px;padding:.7rem 1rem;margin:0 0 1.25rem}
      .actions{display:flex;flex-wrap:wrap;gap:.25rem .75rem;margin-top:1.25rem}
      @media(max-width:30rem){.actions button{width:100%}}
      table{width:100%;border-collapse:collapse}
      th,td{text-align:left;padding:.6rem .75rem;border-bottom:1px solid var(--line);\
      overflow-wrap:anywhere}
      th{color:var(--soft);font-weight:500;font-size:.875rem}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:0}
      iframe{width:100%;height:70vh;border:1px solid var(--line);border-radius:10px;\
      background:#fff}
      nav{margin:1rem 0;display:flex;gap:1rem;flex-wrap:wrap}
      dl{display:grid;margin:0;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
      dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
      """;

  private static final String POLICY =
      "default-src 'none'; style-src '"
          + digest(STYLE)
          + "'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** A page of the server's own, of the width of a desk. */
  public static HostedPage wide(String title, Html content) {
    return new HostedPage(title, Optional.empty(), Optional.empty(), true, content);
  }

  /** A small page with one thing to say or ask, headed by its title. */
  public static HostedPage card(String title, Html content) {
    return new HostedPage(
        title,
        Optional.empty(),
        Optional.empty(),
        false,
        Html.of("<div class=\"card\"><h1>%s</h1>%s</div>", title, content));
  }

  /** The same page in somebody's name. */
  public HostedPage of(String name, String address) {
    return new HostedPage(
        title,
        Optional.of(name),
        Optional.of(address).filter(text -> !text.isBlank()),
        wide,
        content);
  }

  /** The page as an answer. */
  public HttpResponse answer(int status) {
    return guarded(Pages.html(status, document().text()), POLICY);
  }

  /** An answer with a content security policy, to be kept and listed by nobody. */
  public static HttpResponse guarded(HttpResponse answer, String policy) {
    var guarded = Pages.with(answer, "Content-Security-Policy", policy);
    return Pages.with(
        Pages.with(guarded, "Cache-Control", "no-store"), "X-Robots-Tag", "noindex, nofollow");
  }

  private Html document() {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body%s>
        %s<main>
        %s
        </main>
        %s</body>
        </html>
        """,
        owner.map(name -> title + " – " + name).orElse(title),
        new Html(STYLE),
        wide ? new Html(" class=\"wide\"") : Html.NONE,
        owner
            .map(name -> Html.of("<header><p>%s</p></header>\n", name))
            .orElse(new Html("<header></header>\n")),
        content,
        imprint.map(this::foot).orElse(Html.NONE));
  }

  private Html foot(String address) {
    return Html.of("<footer><p>%s · %s</p></footer>\n", owner.orElse(""), address);
  }

  /** Only this style sheet may be applied. */
  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var bytes = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
