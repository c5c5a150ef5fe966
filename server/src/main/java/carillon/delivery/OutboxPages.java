package carillon.delivery;

import carillon.delivery.KeptMails.Kept;
import carillon.delivery.KeptMails.Line;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.HostedPage;
import carillon.platform.http.Html;
import carillon.platform.http.Pages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The built-in outbox as pages: the list, each mail as HTML, text, headers, and raw. */
final class OutboxPages {

  private static final String PATH = "/outbox/";
  private static final int ON_A_PAGE = 50;

  /** The mail may show itself and load images, and do nothing else. */
  private static final String FRAMED =
      "sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline' *; font-src * data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  private final KeptMails mails;

  OutboxPages(KeptMails mails) {
    this.mails = mails;
  }

  void addTo(Pages pages) {
    pages.add("/outbox", "outbox", this::list).add(PATH, "outbox mail", this::mail);
  }

  /** The same address when mails leave through a relay. */
  static void addClosedTo(Pages pages) {
    pages.add(
        "/outbox",
        "outbox",
        _ -> card(200, "Outbox", "<p>Mails leave this server through a relay; none is kept.</p>"));
  }

  private static HttpResponse card(int status, String title, String body) {
    return HostedPage.card(title, new Html(body)).answer(status);
  }

  private HttpResponse list(HttpRequest request) {
    var lines = mails.newest(before(request.query()), ON_A_PAGE + 1);
    var shown = lines.stream().limit(ON_A_PAGE).toList();
    var body = shown.isEmpty() ? "<p class=\"soft\">No mail yet.</p>" : table(shown);
    var older =
        lines.size() > ON_A_PAGE
            ? "<nav><a href=\"/outbox?before=%s\">Older</a></nav>".formatted(shown.getLast().id())
            : "";
    return HostedPage.wide(
            "Outbox",
            new Html(
                "<h1>Outbox</h1><p class=\"soft\">Mails kept here instead of being sent.</p>"
                    + "<div class=\"card\">"
                    + body
                    + "</div>"
                    + older))
        .answer(200);
  }

  private static String before(String query) {
    var value = query.startsWith("before=") ? query.substring("before=".length()) : "";
    return value.matches("[0-9A-Z]{26}") ? value : "";
  }

  private static String table(List<Line> lines) {
    return lines.stream()
        .map(line ->
            "<tr><td><a href=\"/outbox/%s\">%s</a></td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                    line.id(),
                    Html.escape(line.subject().isBlank() ? "(no subject)" : line.subject()),
                    Html.escape(line.to()),
                    Html.escape(line.sender()),
                    Html.escape(line.at().toString())))
        .collect(
            Collectors.joining(
                "",
                "<table><tr><th>Subject</th><th>To</th><th>From</th><th>Sent</th></tr>",
                "</table>"));
  }

  private HttpResponse mail(HttpRequest request) {
    var parts = request.path().substring(PATH.length()).split("/", 2);
    var view = parts.length == 2 ? parts[1] : "";
    return mails
        .find(parts[0])
        .map(mail -> view(mail, view))
        .orElseGet(() -> card(404, "No such mail", "<p><a href=\"/outbox\">Outbox</a></p>"));
  }

  private static HttpResponse view(Kept mail, String view) {
    return switch (view) {
      case "" -> whole(mail);
      case "html" -> HostedPage.guarded(Pages.html(200, mail.html().orElse("")), FRAMED);
      case "raw" -> raw(mail);
      default -> card(404, "No such page", "<p><a href=\"/outbox\">Outbox</a></p>");
    };
  }

  private static HttpResponse raw(Kept mail) {
    var file = "attachment; filename=\"%s.eml\"".formatted(mail.line().id());
    return Pages.with(
        HostedPage.guarded(Pages.of(200, "message/rfc822", mail.content()), "sandbox"),
        "Content-Disposition",
        file);
  }

  private static HttpResponse whole(Kept mail) {
    var line = mail.line();
    var body = new StringBuilder();
    body.append(
        "<nav><a href=\"/outbox\">Outbox</a><a href=\"/outbox/%1$s/raw\">Raw</a></nav>"
            .formatted(line.id()));
    body.append("<h1>%s</h1>".formatted(Html.escape(line.subject())));
    body.append("<div class=\"card\"><dl>");
    term(body, "From", line.sender());
    term(body, "To", line.to());
    term(body, "Sent", line.at().toString());
    term(body, "Account", line.account());
    body.append("</dl></div>");
    mail.html()
        .ifPresent(_ ->
            section(
                body,
                "HTML",
                "<iframe sandbox src=\"/outbox/%s/html\" title=\"The mail\"></iframe>"
                    .formatted(line.id())));
    mail.text().ifPresent(text -> section(body, "Text", pre(text)));
    section(body, "Headers", pre(headers(mail.content())));
    return HostedPage.wide(line.subject(), new Html(body.toString())).answer(200);
  }

  private static void term(StringBuilder body, String name, String value) {
    body.append("<dt>%s</dt><dd>%s</dd>".formatted(name, Html.escape(value)));
  }

  private static void section(StringBuilder body, String title, String content) {
    body.append("<h2>%s</h2><div class=\"card\">%s</div>".formatted(title, content));
  }

  private static String pre(String text) {
    return "<pre>" + Html.escape(text) + "</pre>";
  }

  private static String headers(byte[] content) {
    var text = new String(content, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }
}
