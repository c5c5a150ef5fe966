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
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
        .add(Kind.WEB_VIEW.path(), "web view", this::webView);
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

  private HttpResponse webView(HttpRequest request) {
    return found(Kind.WEB_VIEW, request)
        .flatMap(this::rendered)
        .map(html -> HostedPage.guarded(Pages.html(200, html), WEB_VIEW))
        .orElseGet(TrackingPages::unknownLink);
  }

  private Optional<String> rendered(Found found) {
    var account = account(found);
    var profile = hits.owner(found);
    var contact =
        contacts
            .find(account.id(), List.of(profile), Purpose.transactional(Topic.EMAIL_MARKETING))
            .get(profile);
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

  /** The answer to a link that is not one of ours. */
  static HttpResponse unknownLink() {
    return HostedPage.card(
            "This link does not work",
            new Html("<p>It may be incomplete. Try the one in the mail again.</p>"))
        .answer(404);
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
}
