package carillon.lists;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.http.Pages;
import carillon.profiles.Erased;
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

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Subscribing subscribing;
  private final PendingStore pending;
  private final ConfirmationLinks links;
  private final ConfirmationMails mails;
  private final ConfirmationMail.Post post;

  /**
   * Asks people and hears their answers.
   *
   * @param url the public address of this server
   * @param secret signs the links
   * @param mails what is asked
   * @param post takes the mails to them
   */
  public Confirmations(
      Database db,
      Accounts accounts,
      Registers registers,
      String url,
      byte[] secret,
      ConfirmationMails mails,
      ConfirmationMail.Post post) {
    this.db = db;
    this.clock = registers.clock();
    this.accounts = accounts;
    this.subscribing = new Subscribing(registers);
    this.pending = new PendingStore(registers.ids());
    this.links = new ConfirmationLinks(url, secret);
    this.mails = mails;
    this.post = post;
  }

  /** Forgets what somebody has not confirmed yet, or not long ago. */
  public static int forget(Tx tx, Erased person) {
    return PendingStore.forget(tx, person.account(), person.emails());
  }

  /** The words to ask in; to be had before a transaction begins. */
  ConfirmationMails.Words words(Account account) {
    return mails.words(account);
  }

  void ask(Tx tx, ConfirmationMails.Words words, Occasion occasion, List<Subscriber> subscribers) {
    var now = now();
    for (var asked : pending.ask(tx, occasion, subscribers, now)) {
      var target = new ConfirmationLinks.Target(occasion.account(), asked.id());
      post.post(tx, words.mail(asked, links.to(target, now.plus(PendingStore.VALID))));
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
    var shop = accounts.get(target.account());
    return PendingStore.find(db, target.account(), target.id(), now())
        .map(found ->
            found.confirmed()
                ? ConfirmationPages.thanks(shop)
                : ConfirmationPages.question(shop, found.email()))
        .map(page -> page.answer(200))
        .orElseGet(Confirmations::tooLate);
  }

  private HttpResponse confirm(ConfirmationLinks.Target target) {
    var shop = accounts.get(target.account());
    return db.transaction(Database.Repeat.SAFE, tx -> confirm(tx, target))
        ? ConfirmationPages.thanks(shop).answer(200)
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
    return ConfirmationPages.tooLate().answer(404);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
