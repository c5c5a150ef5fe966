package carillon.lists;

import static java.util.stream.Collectors.partitioningBy;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Consents.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Takes wishes to subscribe: what needs no confirmation is done at once, the rest asked for. */
public final class Subscriptions {

  /** The body in which one person asks to be subscribed to a list. */
  public static final Schema.Struct CLAIM = SubscribeFields.claim();

  /** What the client calls itself, in that body. */
  public static final Field<String> SOURCE = SubscribeFields.SOURCE;

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Subscribing subscribing;
  private final Confirmations confirmations;

  public Subscriptions(
      Database db, Accounts accounts, Registers registers, Confirmations confirmations) {
    this.db = db;
    this.clock = registers.clock();
    this.accounts = accounts;
    this.subscribing = new Subscribing(registers);
    this.confirmations = confirmations;
  }

  /**
   * Subscribes people, all or none of them; whoever must confirm is asked by mail.
   *
   * @param profiles resource objects with {@code email}, {@code phone_number} and {@code
   *     subscriptions} among their attributes, as in the body of the subscribe job
   * @throws carillon.jsonapi.ApiError 400 with pointers into such a body, 404 for the list
   */
  public void subscribe(Occasion occasion, List<ObjectNode> profiles) {
    var subscribers = profiles.stream().map(one -> new Subscriber(new Values(one))).toList();
    SubscribeFaults.refuse(subscribers, occasion.historical(), clock.instant());
    var words = confirmations.words(accounts.get(occasion.account()));
    db.transact(Database.Repeat.SAFE, tx -> subscribe(tx, words, occasion, subscribers));
  }

  /**
   * Subscribes somebody as a browser or an app asks for it, without a key: see {@link #CLAIM}.
   *
   * @param profile the resource object under {@code profile} in such a body
   */
  public void claim(String account, String list, Optional<String> source, ObjectNode profile) {
    var subscriber = Subscriber.claimed(profile);
    SubscribeFaults.refuseClaim(subscriber, clock.instant());
    var occasion =
        new Occasion(account, Optional.of(list), false, Occasion.CLIENT_SUBSCRIBE, "", source);
    var words = confirmations.words(accounts.get(account));
    db.transact(Database.Repeat.SAFE, tx -> subscribe(tx, words, occasion, List.of(subscriber)));
  }

  private void subscribe(
      Tx tx, ConfirmationMails.Words words, Occasion occasion, List<Subscriber> subscribers) {
    var mustConfirm = optIn(tx, words.account(), occasion) == OptIn.DOUBLE;
    var parted =
        subscribers.stream()
            .collect(partitioningBy(one -> mustConfirm && one.wants(Topic.EMAIL_MARKETING)));
    if (!parted.get(false).isEmpty()) {
      subscribing.subscribe(tx, occasion, parted.get(false), false);
    }
    if (!parted.get(true).isEmpty()) {
      confirmations.ask(tx, words, occasion, parted.get(true));
    }
  }

  private static OptIn optIn(Tx tx, Account account, Occasion occasion) {
    var list = occasion.list().map(id -> ListStore.hold(tx, account.id(), id));
    if (occasion.historical()) {
      return OptIn.SINGLE;
    }
    return list.map(MailingList::optIn).orElseGet(() -> OptIn.of(account.rules().doubleOptIn()));
  }
}
