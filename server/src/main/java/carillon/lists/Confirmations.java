package carillon.lists;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.events.Events;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Values;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.http.Pages;
import carillon.profiles.Consents;
import carillon.profiles.Identities;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Double opt-in: people are asked by mail whether they want to subscribe. Until they press the
 * button on the page behind the link, nothing about them is visible.
 */
public final class Confirmations {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Subscribing subscribing;
  private final PendingStore pending;
  private final ConfirmationLinks links;
  private final String anonymousSender;
  private final ConfirmationMail.Post post;

  /**
   * Asks people and hears their answers.
   *
   * @param lists what they subscribe to
   * @param url the public address of this server
   * @param secret signs the links
   * @param post takes the mails to them
   */
  public Confirmations(
      Database db,
      Clock clock,
      Ids ids,
      Accounts accounts,
      Identities identities,
      Consents consents,
      Events events,
      Lists lists,
      String url,
      byte[] secret,
      ConfirmationMail.Post post) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.subscribing = new Subscribing(clock, ids, identities, consents, events, lists.members());
    this.pending = new PendingStore(ids);
    this.links = new ConfirmationLinks(url, secret);
    this.anonymousSender = "no-reply@" + URI.create(url).getHost();
    this.post = post;
  }

  Subscribing subscribing() {
    return subscribing;
  }

  void ask(Tx tx, Account account, Occasion occasion, List<Subscriber> subscribers) {
    var now = now();
    for (var asked : pending.ask(tx, occasion, subscribers, now)) {
      var target = new ConfirmationLinks.Target(account.id(), asked.id());
      var link = links.to(target, now.plus(PendingStore.VALID));
      post.post(tx, ConfirmationMail.of(account, asked, anonymousSender, link));
    }
  }

  /** Adds the page behind the links. */
  public Pages addTo(Pages pages) {
    return pages.add(ConfirmationLinks.PATH, "confirm", this::page);
  }

  private HttpResponse page(HttpRequest request) {
    return switch (request.method()) {
      case "GET", "HEAD", "POST" ->
          links
              .open(request.path(), clock.instant())
              .map(target -> request.method().equals("POST") ? confirm(target) : question(target))
              .orElseGet(Confirmations::tooLate);
      default -> Pages.with(Pages.text(405, "Only to be read.\n"), "Allow", "GET, HEAD, POST");
    };
  }

  private HttpResponse question(ConfirmationLinks.Target target) {
    var shop = accounts.get(target.account()).name();
    return PendingStore.find(db, target.account(), target.id(), now())
        .map(found ->
            found.confirmed()
                ? ConfirmationPages.thanks(shop)
                : ConfirmationPages.question(shop, found.email()))
        .map(html -> guarded(Pages.html(200, html)))
        .orElseGet(Confirmations::tooLate);
  }

  private HttpResponse confirm(ConfirmationLinks.Target target) {
    var shop = accounts.get(target.account()).name();
    return db.transaction(Database.Repeat.SAFE, tx -> confirm(tx, target))
        ? guarded(Pages.html(200, ConfirmationPages.thanks(shop)))
        : tooLate();
  }

  /** A second press of the button changes nothing. */
  private boolean confirm(Tx tx, ConfirmationLinks.Target target) {
    var found = PendingStore.hold(tx, target.account(), target.id(), now());
    found
        .filter(one -> !one.confirmed())
        .ifPresent(one -> {
          var occasion = Occasion.kept(target.account(), one.request());
          var profile = (ObjectNode) one.request().get("profile");
          subscribing.subscribe(tx, occasion, List.of(new Subscriber(new Values(profile))), true);
          PendingStore.confirm(tx, target.account(), target.id(), now());
        });
    return found.isPresent();
  }

  private static HttpResponse tooLate() {
    return guarded(Pages.html(404, ConfirmationPages.tooLate()));
  }

  private static HttpResponse guarded(HttpResponse page) {
    var guarded = Pages.with(page, "Content-Security-Policy", POLICY);
    return Pages.with(
        Pages.with(guarded, "Cache-Control", "no-store"), "X-Robots-Tag", "noindex, nofollow");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
