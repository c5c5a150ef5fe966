package carillon.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.Verdict.Reason;
import carillon.django.TemplateException;
import carillon.mail.Bounce;
import carillon.mail.Message;
import carillon.mail.Outcome;
import carillon.mail.Reply;
import carillon.platform.db.Database;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Sends a batch. For each message, in this order: may we write to them, did they get a mail just
 * now, what does it say, off it goes. The questions are asked once for the batch, the mails made
 * and sent side by side.
 */
final class Sending {

  private static final Duration GIVE_UP = Duration.ofHours(72);
  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(4);

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final MessageSource source;
  private final Contacts contacts;
  private final Composer composer;
  private final Transport transport;
  private final Semaphore places;

  /**
   * Prepares to send.
   *
   * @param sideBySide mails made and sent at once by this node
   */
  Sending(
      Database db,
      Clock clock,
      Accounts accounts,
      MessageSource source,
      Contacts contacts,
      Composer composer,
      Transport transport,
      int sideBySide) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.source = source;
    this.contacts = contacts;
    this.composer = composer;
    this.transport = transport;
    this.places = new Semaphore(sideBySide);
  }

  /** What was asked once for the rows of an account. */
  private record Known(
      Account account,
      Map<String, Mailing> mailings,
      Map<Purpose, Map<String, Contact>> contacts,
      Set<String> justMailed) {}

  /**
   * Sends rows of which no two are to the same person.
   *
   * @param goOn asked before each mail leaves whether it still may
   */
  List<Settled> send(List<MessageRow> rows, Predicate<MessageRow> goOn) {
    var known = new HashMap<String, Known>();
    rows.stream()
        .collect(groupingBy(row -> row.message().account()))
        .forEach((account, its) -> known.put(account, ask(account, its)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var settled =
          rows.stream()
              .map(row ->
                  threads.submit(() -> settle(row, known.get(row.message().account()), goOn)))
              .toList();
      return settled.stream().map(Sending::result).toList();
    }
  }

  private Known ask(String account, List<MessageRow> rows) {
    var owner = accounts.get(account);
    var profiles = rows.stream().map(row -> row.message().profile()).toList();
    var mailings =
        source.mailings(account, rows.stream().map(row -> row.message().source()).collect(toSet()));
    var people = new HashMap<Purpose, Map<String, Contact>>();
    rows.stream()
        .collect(
            groupingBy(
                row -> purpose(row, Optional.ofNullable(mailings.get(row.message().source()))),
                mapping(row -> row.message().profile(), toSet())))
        .forEach((purpose, ids) -> people.put(purpose, contacts.find(account, ids, purpose)));
    return new Known(
        owner,
        mailings,
        people,
        new HashSet<>(
            Ledger.mailedSince(db, profiles, clock.instant().minus(owner.rules().smartSending()))));
  }

  private static Purpose purpose(MessageRow row, Optional<Mailing> mailing) {
    var groups = mailing.map(found -> found.treatment().groups()).orElse(List.of());
    return new Purpose(Topic.EMAIL_MARKETING, row.marketing(), groups);
  }

  private static Settled result(Future<Settled> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message could not be settled", e.getCause());
    }
  }

  private Settled settle(MessageRow row, Known known, Predicate<MessageRow> goOn) {
    var mailing = Optional.ofNullable(known.mailings().get(row.message().source()));
    places.acquireUninterruptibly();
    try {
      var verdict = goOn.test(row) ? verdict(row, mailing, known) : new Verdict.Untouched();
      return new Settled(row, mailing, verdict);
    } finally {
      places.release();
    }
  }

  private Verdict verdict(MessageRow row, Optional<Mailing> mailing, Known known) {
    if (mailing.isEmpty()) {
      return new Verdict.Skipped(Reason.MESSAGE_GONE, "");
    }
    var contact =
        Optional.ofNullable(
            known.contacts().get(purpose(row, mailing)).get(row.message().profile()));
    if (contact.flatMap(Contact::email).isEmpty()) {
      return new Verdict.Skipped(Reason.NO_ADDRESS, "");
    }
    var refusal = contact.flatMap(Contact::refusal);
    if (refusal.isPresent()) {
      return new Verdict.Skipped(Reason.NOT_ALLOWED, refusal.get());
    }
    if (mailing.get().treatment().smartSending()
        && known.justMailed().contains(row.message().profile())) {
      return new Verdict.Skipped(Reason.SMART_SENDING, "");
    }
    return send(row, mailing.get(), known.account(), contact.get());
  }

  private Verdict send(MessageRow row, Mailing mailing, Account account, Contact contact) {
    Message mail;
    try {
      mail =
          composer.compose(
              mailing,
              new Composer.Recipient(
                  row.message(), account, contact, contact.email().orElseThrow()));
    } catch (TemplateException | IllegalArgumentException e) {
      return new Verdict.Skipped(Reason.TEMPLATE_ERROR, e.getMessage());
    }
    var made = Verdict.Made.of(mail);
    return switch (transport.send(row.message().account(), mail)) {
      case Outcome.Accepted _ -> new Verdict.Sent(made);
      case Outcome.Rejected rejected ->
          new Verdict.Bounced(made, Bounce.of(rejected), rejected.reply());
      case Outcome.Deferred deferred -> later(row, made, deferred.reply());
      case Outcome.Unconfirmed unconfirmed -> later(row, made, unconfirmed.reply());
    };
  }

  private Verdict later(MessageRow row, Verdict.Made mail, Reply reply) {
    var again = clock.instant().plus(wait(row.attempts()));
    return again.isAfter(row.triedAt().plus(GIVE_UP))
        ? new Verdict.Expired(mail, reply)
        : new Verdict.Later(again, reply);
  }

  private static Duration wait(int attempts) {
    var wait = SHORTEST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
