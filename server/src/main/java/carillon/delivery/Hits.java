package carillon.delivery;

import carillon.lists.Choices;
import carillon.platform.agents.Agent;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what people did with their mails, in the ledger and as events. */
final class Hits {

  private final Database db;
  private final Clock clock;
  private final MessageSource source;
  private final Contacts contacts;
  private final Signals signals;

  Hits(Database db, Clock clock, MessageSource source, Contacts contacts, Signals signals) {
    this.db = db;
    this.clock = clock;
    this.source = source;
    this.contacts = contacts;
    this.signals = signals;
  }

  /** A row of the ledger that somebody did something with, and whose it is now. */
  record Found(MessageRef message, String recipient, Optional<String> subject) {}

  /** The row a link belongs to, which may have gone to another profile in a merge. */
  Optional<Found> find(MessageRef message) {
    return row(message)
        .or(() ->
            contacts
                .current(message.account(), message.profile())
                .filter(now -> !now.equals(message.profile()))
                .flatMap(now -> row(new MessageRef(message.account(), now, message.source()))));
  }

  private Optional<Found> row(MessageRef message) {
    return db.sql(
            """
            select recipient, subject from message
            where lane = :lane and profile_id = :profile and source_id = :source
              and account_id = :account
            """)
        .bind("lane", message.lane())
        .bind("profile", message.profile())
        .bind("source", message.source())
        .bind("account", message.account())
        .first(row -> new Found(message, row.text("recipient"), row.maybeText("subject")));
  }

  /** The pixel was loaded; by a machine perhaps, which is counted apart as well. */
  void opened(Found found, Agent agent) {
    var now = clock.instant();
    var properties = about(found);
    client(properties, agent);
    properties.put("machine_open", agent.bot());
    write(
        found,
        """
        opens = opens + 1, opened_at = coalesce(opened_at, :now),
          machine_opens = machine_opens + :machine
        """,
        agent,
        signal(found, "Opened Email", now, Long.toString(now.getEpochSecond()), properties));
  }

  /** A link was followed; what scanners follow makes an event, and no click in the ledger. */
  void clicked(Found found, Agent agent, String target) {
    var now = clock.instant();
    var properties = about(found);
    client(properties, agent);
    properties.put("URL", target);
    properties.put("Bot Click", agent.bot());
    write(
        found,
        """
        clicks = clicks + 1 - :machine,
          clicked_at = case when :machine = 0 then coalesce(clicked_at, :now) else clicked_at end
        """,
        agent,
        signal(
            found,
            "Clicked Email",
            now,
            now.getEpochSecond() + ":" + Integer.toHexString(target.hashCode()),
            properties));
  }

  /** Somebody unsubscribed by a mail; of no effect the second time. */
  void unsubscribed(Found found, String type) {
    var now = clock.instant();
    var profile = owner(found);
    var properties = about(found);
    properties.put("Unsub Type", type);
    var signal = signal(found, "Unsubscribed from Email Marketing", now, "", properties);
    db.transact(
        Repeat.SAFE,
        tx -> {
          contacts.unsubscribe(tx, found.message().account(), profile, type);
          update(tx, found, "unsubscribed_at = coalesce(unsubscribed_at, :now)")
              .bind("now", now)
              .run();
          record(tx, found, signal);
        });
  }

  /** What the person a message went to gets now. */
  Choices.Standing choices(Found found) {
    return contacts.choices(found.message().account(), owner(found));
  }

  /** Somebody changed what they get. */
  void chosen(Found found, Choices.Standing before, Choices.Wish wish) {
    var account = found.message().account();
    var now = clock.instant();
    var profile = owner(found);
    var properties = about(found);
    properties.put("Email Marketing", wish.mail());
    var signal =
        signal(
            found,
            "Updated Email Preferences",
            now,
            Long.toString(now.getEpochSecond()),
            properties);
    db.transact(
        Repeat.SAFE,
        tx -> {
          contacts.choose(tx, account, profile, before, wish);
          record(tx, found, signal);
        });
  }

  /** Whose message it is now. */
  String owner(Found found) {
    var message = found.message();
    return contacts.current(message.account(), message.profile()).orElse(message.profile());
  }

  Optional<Mailing> mailing(MessageRef message) {
    return Optional.ofNullable(
        source.mailings(message.account(), List.of(message.source())).get(message.source()));
  }

  private void write(Found found, String change, Agent agent, Signals.Signal signal) {
    db.transact(
        Repeat.SAFE,
        tx -> {
          update(tx, found, change)
              .bind("now", signal.at())
              .bind("machine", agent.bot() ? 1 : 0)
              .run();
          record(tx, found, signal);
        });
  }

  private static Statement update(Tx tx, Found found, String change) {
    return tx.sql(
            """
            update message set %s
            where lane = :lane and profile_id = :profile and source_id = :source
            """
                .formatted(change))
        .bind("lane", found.message().lane())
        .bind("profile", found.message().profile())
        .bind("source", found.message().source());
  }

  private void record(Tx tx, Found found, Signals.Signal signal) {
    signals.record(tx, found.message().account(), List.of(signal));
  }

  private Signals.Signal signal(
      Found found, String metric, Instant at, String unique, ObjectNode properties) {
    var id = unique.isEmpty() ? found.message().source() : found.message().source() + ":" + unique;
    return new Signals.Signal(owner(found), metric, at, id, properties);
  }

  /** What all events of the message say. */
  ObjectNode about(Found found) {
    var message = found.message();
    var properties = SentSignals.about(mailing(message), message, found.recipient());
    found.subject().ifPresent(subject -> properties.put("Subject", subject));
    return properties;
  }

  private static void client(ObjectNode properties, Agent agent) {
    properties.put("Client Name", agent.clientName());
    properties.put("Client OS", agent.os());
    properties.put("Client Type", agent.type().label());
    agent.proxy().ifPresent(proxy -> properties.put("Proxy", proxy.label()));
  }
}
