package carillon.lists;

import static carillon.jsonapi.RateLimit.L;
import static java.util.stream.Collectors.partitioningBy;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Consents.Topic;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** The subscribe job; its work is done, and kept, before it is answered. */
public final class SubscribeApi {

  private static final ResourceType<String> JOB =
      ResourceType.of(
          "profile-subscription-bulk-create-job",
          "profile-subscription-bulk-create-jobs",
          id -> id,
          List.of());

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Subscribing subscribing;
  private final Confirmations confirmations;

  /** The operation; what needs no confirmation is done at once, the rest is asked for. */
  public SubscribeApi(Database db, Clock clock, Accounts accounts, Confirmations confirmations) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.subscribing = confirmations.subscribing();
    this.confirmations = confirmations;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        JOB.accept(
                "bulk_subscribe_profiles",
                "/api/profile-subscription-bulk-create-jobs",
                "Subscribe profiles to channels, and to a list")
            .group("Profiles")
            .aliases("subscribe_profiles", "create_profile_subscription_bulk_create_job")
            .scopes("lists:write", "profiles:write", "subscriptions:write")
            .limit(L)
            .body(SubscribeFields.document())
            .to(this::subscribe));
  }

  private Reply subscribe(Request request) {
    var occasion =
        new Occasion(
            request.account(),
            request.related("list"),
            request.find(SubscribeFields.HISTORICAL).orElse(false),
            request.caller().key(),
            request.find(SubscribeFields.SOURCE).filter(source -> !source.isBlank()));
    var subscribers = subscribers(request);
    SubscribeFaults.refuse(subscribers, occasion.historical(), clock.instant());
    var account = accounts.get(request.account());
    var words = confirmations.words(account);
    db.transact(Database.Repeat.SAFE, tx -> subscribe(tx, words, occasion, subscribers));
    return Reply.nothing();
  }

  private static List<Subscriber> subscribers(Request request) {
    var all = request.attributes().in("profiles").node().get("data");
    return StreamSupport.stream(all.spliterator(), false)
        .map(one -> new Subscriber(new Values((ObjectNode) one)))
        .toList();
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
