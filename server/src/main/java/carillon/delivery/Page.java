package carillon.delivery;

import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;

/**
 * The frame of the pages people see. Nothing in them is loaded from elsewhere, and no script runs.
 */
final class Page {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c1b22;--soft:#6b6878;--line:#e4e2ea;--paper:#fff;
      --back:#f6f5f9;--accent:#5b3df5}
      @media(prefers-color-scheme:dark){:root{--ink:#eceaf4;--soft:#a29fb0;--line:#34323f;
      --paper:#201f28;--back:#16151c;--accent:#a594ff}}
      *{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);
      font:16px/1.5 system-ui,sans-serif}
      main{max-width:64rem;margin:0 auto;padding:2rem 1rem}main.narrow{max-width:30rem}
      .card{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:1.5rem}
      h1{font-size:1.4rem;margin:0 0 .75rem}p{margin:.5rem 0}.soft{color:var(--soft)}
      a{color:var(--accent)}
      table{width:100%;border-collapse:collapse}
      th,td{text-align:left;padding:.6rem .75rem;border-bottom:1px solid var(--line);
      overflow-wrap:anywhere}
      th{color:var(--soft);font-weight:500;font-size:.85rem}
      button{font:inherit;border:0;border-radius:9px;padding:.6rem 1.2rem;cursor:pointer;
      background:var(--accent);color:var(--paper)}
      label{display:block;padding:.35rem 0}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:0}
      iframe{width:100%;height:70vh;border:1px solid var(--line);border-radius:10px;background:#fff}
      nav{margin:1rem 0;display:flex;gap:1rem;flex-wrap:wrap}dl{display:grid;margin:0;
      grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:var(--soft)}
      dd{margin:0;overflow-wrap:anywhere}
      """;

  /** A whole page; the body is HTML, the title text. */
  static HttpResponse of(int status, String title, String css, String body) {
    var html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title>
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex"><style>%s</style></head>
        <body><main class="%s">%s</main></body></html>
        """
            .formatted(escape(title), STYLE, css, body);
    return guarded(
        Pages.html(status, html),
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  }

  /** A small page with one thing to say or ask. */
  static HttpResponse card(int status, String title, String body) {
    return of(
        status,
        title,
        "narrow",
        "<div class=\"card\"><h1>%s</h1>%s</div>".formatted(escape(title), body));
  }

  /** The answer to a link that is not one of ours. */
  static HttpResponse unknownLink() {
    return card(
        404,
        "This link does not work",
        "<p>It may be incomplete. Try the one in the mail again.</p>");
  }

  /** An answer with a content security policy, not to be kept by anybody. */
  static HttpResponse guarded(HttpResponse answer, String policy) {
    return Pages.with(
        Pages.with(answer, "Content-Security-Policy", policy), "Cache-Control", "no-store");
  }

  /** Text as it may stand in HTML, also between quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private Page() {}
}
