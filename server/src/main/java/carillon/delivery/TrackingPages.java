package carillon.delivery;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.Hits.Found;
import carillon.delivery.TrackingLinks.Kind;
import carillon.delivery.TrackingLinks.Token;
import carillon.django.TemplateException;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.agents.Agent;
import carillon.platform.agents.UserAgents;
import carillon.platform.http.HostedPage;
import carillon.platform.http.Html;
import carillon.platform.http.Pages;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the links that mails carry. */
final class TrackingPages {

  private static final Logger LOG = LoggerFactory.getLogger(TrackingPages.class);
  private static final byte[] PIXEL =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  /** A mail as a page: it may load pictures and lead elsewhere, but run nothing here. */
  private static final String WEB_VIEW =
      "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation;"
          + " default-src 'none'; img-src * data:; style-src 'unsafe-inline' *; font-src * data:;"
          + " base-uri 'none'; form-action 'none'";

  private final TrackingLinks links;
  private final Hits hits;
  private final Visits visits;
  private final UserAgents agents;
  private final Accounts accounts;
  private final Contacts contacts;
  private final Composer composer;

  TrackingPages(
      TrackingLinks links,
      Hits hits,
      Visits visits,
      UserAgents agents,
      Accounts accounts,
      Contacts contacts,
      Composer composer) {
    this.links = links;
    this.hits = hits;
    this.visits = visits;
    this.agents = agents;
    this.accounts = accounts;
    this.contacts = contacts;
    this.composer = composer;
  }

  void addTo(Pages pages) {
    pages
        .add(Kind.OPEN.path(), "open", this::open)
        .add(Kind.CLICK.path(), "click", this::click)
        .add(Kind.UNSUBSCRIBE.path(), "unsubscribe", this::unsubscribe)
        .add(Kind.WEB_VIEW.path(), "web view", this::webView)
        .add(Kind.PREFERENCES.path(), "preferences", this::preferences);
  }

  /** Always a picture, whatever the token: mails must not show a broken one. */
  private HttpResponse open(HttpRequest request) {
    token(Kind.OPEN, request)
        .ifPresent(token -> note(token, found -> hits.opened(found, agent(request))));
    return Pages.with(
        Pages.of(200, "image/gif", PIXEL), "Cache-Control", "no-store, no-cache, must-revalidate");
  }

  private HttpResponse click(HttpRequest request) {
    return token(Kind.CLICK, request)
        .map(token -> {
          note(token, found -> hits.clicked(found, agent(request), token.target()));
          return Pages.redirect(location(address(token)));
        })
        .orElseGet(TrackingPages::unknownLink);
  }

  private String address(Token token) {
    try {
      return visits.address(token);
    } catch (RuntimeException e) {
      LOG.warn("who follows a link could not be named", e);
      return token.target();
    }
  }

  /** Whoever follows a link gets where it leads, even when nothing can be written down. */
  private void note(Token token, Consumer<Found> action) {
    try {
      hits.find(token.message()).ifPresent(action);
    } catch (RuntimeException e) {
      LOG.warn("an open or a click could not be written down", e);
    }
  }

  /** A header takes printable ASCII only. */
  static String location(String target) {
    var result = new StringBuilder(target.length());
    for (byte one : target.getBytes(StandardCharsets.UTF_8)) {
      if (one > ' ' && one < 0x7F) {
        result.append((char) one);
      } else {
        result.append("%%%02X".formatted(one & 0xFF));
      }
    }
    return result.toString();
  }

  /** Reading the page changes nothing, for scanners read everything; a POST unsubscribes. */
  private HttpResponse unsubscribe(HttpRequest request) {
    return found(Kind.UNSUBSCRIBE, request)
        .map(found ->
            request.method().equals("POST")
                ? unsubscribed(found, form(request))
                : askToUnsubscribe(request, found))
        .orElseGet(TrackingPages::unknownLink);
  }

  private HttpResponse unsubscribed(Found found, List<Field> form) {
    var oneClick =
        form.stream()
            .anyMatch(field ->
                field.name().equals("List-Unsubscribe") && field.value().equals("One-Click"));
    hits.unsubscribed(found, oneClick ? "One-Click" : "Unsubscribe Page");
    return card(
        200,
        "You are unsubscribed",
        "<p>%s will get no more marketing emails from %s.</p>"
            .formatted(Html.escape(found.recipient()), name(found)));
  }

  private HttpResponse askToUnsubscribe(HttpRequest request, Found found) {
    return card(
        200,
        "Unsubscribe",
        """
        <p>Do you want %s to get no more marketing emails from %s?</p>
        <form method="post" action="%s"><button>Unsubscribe</button></form>
        <p class="soft"><a href="%s">Choose what you get instead</a></p>
        """
            .formatted(
                Html.escape(found.recipient()),
                name(found),
                Html.escape(request.path()),
                Html.escape(links.preferences(found.message()))));
  }

  private HttpResponse webView(HttpRequest request) {
    return found(Kind.WEB_VIEW, request)
        .flatMap(this::rendered)
        .map(html -> HostedPage.guarded(Pages.html(200, html), WEB_VIEW))
        .orElseGet(TrackingPages::unknownLink);
  }

  private Optional<String> rendered(Found found) {
    var account = account(found);
    var profile = hits.owner(found);
    var contact = contacts.find(account.id(), List.of(profile), false).get(profile);
    if (contact == null) {
      return Optional.empty();
    }
    var recipient = new Composer.Recipient(found.message(), account, contact, found.recipient());
    try {
      return hits.mailing(found.message()).map(mailing -> composer.page(mailing, recipient));
    } catch (TemplateException _) {
      return Optional.empty();
    }
  }

  private HttpResponse preferences(HttpRequest request) {
    return found(Kind.PREFERENCES, request)
        .map(found ->
            request.method().equals("POST")
                ? preferred(found, form(request))
                : choices(request, found))
        .orElseGet(TrackingPages::unknownLink);
  }

  private HttpResponse preferred(Found found, List<Field> form) {
    var email = form.stream().anyMatch(field -> field.name().equals("email"));
    Set<String> lists =
        form.stream()
            .filter(field -> field.name().equals("list"))
            .map(Field::value)
            .collect(Collectors.toSet());
    hits.preferred(found, email, lists);
    return card(200, "Saved", "<p>Your preferences are saved.</p>");
  }

  private HttpResponse choices(HttpRequest request, Found found) {
    var now = contacts.preferences(found.message().account(), hits.owner(found));
    var lists =
        now.lists().stream()
            .map(list -> checkbox("list", list.list(), list.name(), list.on()))
            .collect(Collectors.joining());
    return card(
        200,
        "Your preferences",
        """
        <p>What %s gets from %s.</p>
        <form method="post" action="%s">%s%s<p><button>Save</button></p></form>
        """
            .formatted(
                Html.escape(found.recipient()),
                name(found),
                Html.escape(request.path()),
                checkbox("email", "on", "Marketing emails", now.email()),
                lists));
  }

  private static String checkbox(String name, String value, String label, boolean on) {
    return "<label><input type=\"checkbox\" name=\"%s\" value=\"%s\"%s> %s</label>"
        .formatted(name, Html.escape(value), on ? " checked" : "", Html.escape(label));
  }

  private static HttpResponse card(int status, String title, String body) {
    return HostedPage.card(title, new Html(body)).answer(status);
  }

  /** The answer to a link that is not one of ours. */
  private static HttpResponse unknownLink() {
    return card(
        404,
        "This link does not work",
        "<p>It may be incomplete. Try the one in the mail again.</p>");
  }

  private Optional<Token> token(Kind kind, HttpRequest request) {
    return links.read(kind, request.path());
  }

  private Optional<Found> found(Kind kind, HttpRequest request) {
    return token(kind, request).flatMap(token -> hits.find(token.message()));
  }

  private Agent agent(HttpRequest request) {
    return agents.classify(request.method(), request::header);
  }

  private Account account(Found found) {
    return accounts.get(found.message().account());
  }

  private String name(Found found) {
    return Html.escape(account(found).name());
  }

  private record Field(String name, String value) {}

  private static List<Field> form(HttpRequest request) {
    return Arrays.stream(new String(request.body(), StandardCharsets.UTF_8).split("&"))
        .map(pair -> pair.split("=", 2))
        .map(pair -> new Field(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : ""))
        .toList();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
