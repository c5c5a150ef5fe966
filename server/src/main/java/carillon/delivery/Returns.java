package carillon.delivery;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.BounceRule.Struck;
import carillon.delivery.Hits.Found;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What comes back about messages that had left: bounces, complaints and unsubscribes told by mail
 * or by providers. Each is written once, into ledger, events and consent together; told again it
 * changes nothing, not even for who has subscribed anew since.
 */
public final class Returns {

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Contacts contacts;
  private final Signals signals;
  private final Hits hits;
  private final Envelopes envelopes;
  private final BounceRule rule;

  Returns(
      Delivery.Ground ground,
      Delivery.Partners partners,
      Hits hits,
      Envelopes envelopes,
      BounceRule rule) {
    this.db = ground.db();
    this.clock = ground.clock();
    this.accounts = ground.accounts();
    this.contacts = partners.contacts();
    this.signals = partners.signals();
    this.hits = hits;
    this.envelopes = envelopes;
    this.rule = rule;
  }

  /** The message whose bounces go to this address; empty when we made no such address. */
  public Optional<Mark> addressed(String address) {
    return envelopes.ofReturnPath(address);
  }

  /** The message of a Message-ID or a mark that a provider handed back; empty when not ours. */
  public Optional<Mark> named(String text) {
    return envelopes.named(text);
  }

  /** Writes down what is told about a message; answers whether it was news. */
  public boolean take(Mark mark, Notice notice) {
    return find(mark)
        .map(found ->
            switch (notice) {
              case Notice.Bounced bounced -> bounced(found, bounced);
              case Notice.Complained complained -> complained(found, complained);
              case Notice.Unsubscribed unsubscribed -> unsubscribed(found, unsubscribed);
            })
        .orElse(false);
  }

  /**
   * The signature stands for the account, which is too long for an address. Only a message whose
   * profile was merged away is looked for account by account.
   */
  private Optional<Found> find(Mark mark) {
    return db.sql(
            """
            select account_id from message
            where lane = :lane and profile_id = :profile and source_id = :source
            """)
        .bind("lane", Lanes.of(mark.profile()))
        .bind("profile", mark.profile())
        .bind("source", mark.source())
        .first(row -> row.text("account_id"))
        .map(Stream::of)
        .orElseGet(() -> accounts.all().stream().map(Account::id))
        .map(account -> new MessageRef(account, mark.profile(), mark.source()))
        .flatMap(message -> hits.find(message).stream())
        .findFirst();
  }

  private boolean bounced(Found found, Notice.Bounced told) {
    if (onlyCopies(found, told.recipients())) {
      return false;
    }
    var bounce = told.bounce();
    var properties = hits.about(found);
    SentSignals.putBounce(properties, bounce);
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          var news =
              change(
                      tx,
                      found,
                      """
                      state = case when state = 'sent' then 'bounced' else state end,
                      bounced_at = coalesce(bounced_at, :now), bounce = :kind, reason = :reason
                      """,
                      "bounced_at is null or :kind = 'hard' and bounce is distinct from 'hard'")
                  .bind("kind", BounceRule.word(bounce.kind()))
                  .bind("reason", bounce.reason() + ": " + told.reply())
                  .run();
          if (news == 0) {
            return false;
          }
          record(tx, found, "Bounced Email", properties);
          var message = found.message();
          rule.apply(
              tx,
              message.account(),
              List.of(new Struck(message, found.recipient(), bounce.kind())));
          return true;
        });
  }

  /** Copies to colleagues leave with the message and bounce to the same address. */
  private boolean onlyCopies(Found found, Set<String> recipients) {
    if (recipients.isEmpty() || recipients.contains(lower(found.recipient()))) {
      return false;
    }
    var copies =
        hits.mailing(found.message()).stream()
            .flatMap(mailing ->
                Stream.concat(mailing.sender().cc().stream(), mailing.sender().bcc().stream()))
            .map(Returns::lower)
            .toList();
    return copies.containsAll(recipients);
  }

  private static String lower(String address) {
    return address.toLowerCase(Locale.ROOT);
  }

  private boolean complained(Found found, Notice.Complained told) {
    var properties = hits.about(found).put("Complaint Source", told.via());
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          if (change(tx, found, "complained_at = :now", "complained_at is null").run() == 0) {
            return false;
          }
          record(tx, found, "Marked Email as Spam", properties);
          contacts.complained(tx, found.message().account(), found.message().profile(), told.via());
          return true;
        });
  }

  private boolean unsubscribed(Found found, Notice.Unsubscribed told) {
    var properties = hits.about(found).put("Unsub Type", told.via());
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          if (change(tx, found, "unsubscribed_at = :now", "unsubscribed_at is null").run() == 0) {
            return false;
          }
          record(tx, found, "Unsubscribed from Email Marketing", properties);
          contacts.unsubscribe(
              tx, found.message().account(), found.message().profile(), told.via());
          return true;
        });
  }

  private Statement change(Tx tx, Found found, String change, String unlessTold) {
    return tx.sql(
            """
            update message set %s
            where lane = :lane and profile_id = :profile and source_id = :source and (%s)
            """
                .formatted(change, unlessTold))
        .bind("lane", found.message().lane())
        .bind("profile", found.message().profile())
        .bind("source", found.message().source())
        .bind("now", clock.instant());
  }

  private void record(Tx tx, Found found, String metric, ObjectNode properties) {
    var message = found.message();
    signals.record(
        tx,
        message.account(),
        List.of(
            new Signals.Signal(
                message.profile(), metric, clock.instant(), message.source(), properties)));
  }
}
