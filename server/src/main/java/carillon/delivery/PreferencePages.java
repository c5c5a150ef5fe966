package carillon.delivery;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.Hits.Found;
import carillon.delivery.TrackingLinks.Kind;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.lists.Choices;
import carillon.platform.http.Form;
import carillon.platform.http.HostedPage;
import carillon.platform.http.Html;
import carillon.platform.http.Pages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Where people say what they want to get, and what no more. Reading a page changes nothing, for
 * scanners read everything; a POST does, also the one of a mail program (RFC 8058).
 */
final class PreferencePages {

  private final TrackingLinks links;
  private final Hits hits;
  private final Accounts accounts;

  PreferencePages(TrackingLinks links, Hits hits, Accounts accounts) {
    this.links = links;
    this.hits = hits;
    this.accounts = accounts;
  }

  void addTo(Pages pages) {
    pages
        .add(Kind.UNSUBSCRIBE.path(), "unsubscribe", page(Kind.UNSUBSCRIBE, this::unsubscribe))
        .add(Kind.PREFERENCES.path(), "preferences", page(Kind.PREFERENCES, this::preferences));
  }

  private Function<HttpRequest, HttpResponse> page(
      Kind kind, BiFunction<Found, HttpRequest, HostedPage> page) {
    return request ->
        links
            .read(kind, request.path())
            .flatMap(token -> hits.find(token.message()))
            .map(found -> inNameOf(found, page.apply(found, request)).answer(200))
            .orElseGet(TrackingPages::unknownLink);
  }

  private HostedPage inNameOf(Found found, HostedPage page) {
    var account = account(found);
    return page.of(account.name(), account.address().line());
  }

  private HostedPage unsubscribe(Found found, HttpRequest request) {
    if (!request.method().equals("POST")) {
      return hits.choices(found).mail() ? question(found, request) : gone(found, request);
    }
    var form = Form.of(request);
    if (form.has("resubscribe")) {
      return back(found);
    }
    var oneClick = form.has("List-Unsubscribe", "One-Click");
    hits.unsubscribed(found, oneClick ? "One-Click" : "Unsubscribe Page");
    return gone(found, request);
  }

  private HostedPage question(Found found, HttpRequest request) {
    return HostedPage.card(
        "Unsubscribe",
        Html.of(
            """
            <p>Do you want <strong>%s</strong> to get no more marketing emails from \
            <strong>%s</strong>?</p>
            <form method="post" action="%s"><div class="actions">\
            <button type="submit">Unsubscribe</button></div></form>
            %s
            """,
            found.recipient(), account(found).name(), request.path(), instead(found)));
  }

  private Html instead(Found found) {
    return Html.of(
        "<p class=\"hint\"><a href=\"%s\">Choose what you get instead</a></p>",
        links.preferences(found.message()));
  }

  private HostedPage gone(Found found, HttpRequest request) {
    return HostedPage.card(
        "You are unsubscribed",
        Html.of(
            """
            <p role="status"><strong>%s</strong> gets no more marketing emails from \
            <strong>%s</strong>.</p>
            <form method="post" action="%s"><p class="hint">Was that a mistake?</p>\
            <button class="quiet" type="submit" name="resubscribe" value="yes">Subscribe again\
            </button></form>
            %s
            """,
            found.recipient(), account(found).name(), request.path(), instead(found)));
  }

  private HostedPage back(Found found) {
    var before = hits.choices(found);
    if (!before.mail() && before.deliverable()) {
      hits.chosen(found, before, new Choices.Wish(true, Set.of(), Set.of()));
    }
    return HostedPage.card(
        before.deliverable() ? "You are subscribed again" : "This address does not work",
        before.deliverable()
            ? Html.of(
                """
                <p role="status"><strong>%s</strong> gets marketing emails from \
                <strong>%s</strong>.</p>
                %s
                """,
                found.recipient(), account(found).name(), instead(found))
            : undeliverable());
  }

  private static Html undeliverable() {
    return new Html("<p class=\"said\">Mails to your address came back, so none are sent.</p>");
  }

  private HostedPage preferences(Found found, HttpRequest request) {
    if (!request.method().equals("POST")) {
      return choices(found, request, Html.NONE);
    }
    var before = hits.choices(found);
    hits.chosen(found, before, wish(Form.of(request), before));
    return choices(
        found,
        request,
        new Html("<p class=\"said\" role=\"status\">Your preferences are saved.</p>"));
  }

  private static Choices.Wish wish(Form form, Choices.Standing before) {
    if (form.has("nothing")) {
      var channels = new HashSet<String>();
      before.channels().forEach(channel -> channels.add(channel.id()));
      return new Choices.Wish(false, channels, Set.of());
    }
    var mail = form.has("mail-shown") ? form.has("mail") : before.mail();
    return new Choices.Wish(mail, form.all("shown"), form.all("choice"));
  }

  private HostedPage choices(Found found, HttpRequest request, Html said) {
    var now = hits.choices(found);
    return HostedPage.card(
        "Your preferences",
        Html.of(
            """
            %s<p>What <strong>%s</strong> gets from <strong>%s</strong>.</p>
            <form method="post" action="%s">
            %s%s%s<div class="actions">\
            <button type="submit" name="save" value="yes">Save</button>\
            <button class="quiet" type="submit" name="nothing" value="yes">\
            Unsubscribe from everything</button></div>
            </form>
            """,
            said,
            found.recipient(),
            account(found).name(),
            request.path(),
            now.deliverable() ? mail(now) : undeliverable(),
            group("Lists", now.lists()),
            group("Other ways to reach you", now.channels())));
  }

  private static Html mail(Choices.Standing now) {
    return Html.of(
        """
        <fieldset><legend>Email</legend><input type="hidden" name="mail-shown" value="yes">\
        %s</fieldset>
        """,
        box("mail", "yes", "Marketing emails", now.mail()));
  }

  private static Html group(String legend, List<Choices.Choice> choices) {
    return choices.isEmpty()
        ? Html.NONE
        : Html.of(
            "<fieldset><legend>%s</legend>%s</fieldset>\n",
            legend, Html.join(choices.stream().map(PreferencePages::choice).toList()));
  }

  private static Html choice(Choices.Choice choice) {
    return Html.of(
        "<input type=\"hidden\" name=\"shown\" value=\"%s\">%s",
        choice.id(), box("choice", choice.id(), choice.name(), choice.on()));
  }

  private static Html box(String name, String value, String label, boolean on) {
    return Html.of(
        "<label><input type=\"checkbox\" name=\"%s\" value=\"%s\"%s> <span>%s</span></label>",
        name, value, on ? new Html(" checked") : Html.NONE, label);
  }

  private Account account(Found found) {
    return accounts.get(found.message().account());
  }
}
