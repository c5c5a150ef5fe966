package carillon.delivery;

import static java.util.stream.Collectors.groupingBy;

import carillon.platform.db.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what became of a batch: rows, events and suppressions, all together. */
final class Settlement {

  private final Clock clock;
  private final BounceRule bounces;
  private final Signals signals;
  private final MeterRegistry metrics;

  Settlement(Clock clock, BounceRule bounces, Signals signals, MeterRegistry metrics) {
    this.clock = clock;
    this.bounces = bounces;
    this.signals = signals;
    this.metrics = metrics;
  }

  /** How a verdict stands in the ledger. */
  private record Entry(
      MessageRef message,
      String state,
      Optional<String> reason,
      Optional<Instant> due,
      Optional<String> recipient,
      Optional<String> subject,
      Optional<Instant> sent,
      Optional<Instant> bounced,
      boolean tried) {

    static Entry of(MessageRow row, String state) {
      var none = Optional.<String>empty();
      return new Entry(
          row.message(),
          state,
          none,
          Optional.empty(),
          none,
          none,
          Optional.empty(),
          Optional.empty(),
          true);
    }

    Entry because(String why) {
      return new Entry(
          message, state, Optional.of(why), due, recipient, subject, sent, bounced, tried);
    }

    Entry again(Instant at) {
      return new Entry(
          message, state, reason, Optional.of(at), recipient, subject, sent, bounced, tried);
    }

    Entry left(Verdict.Made mail) {
      return new Entry(
          message,
          state,
          reason,
          due,
          Optional.of(mail.recipient()),
          Optional.of(mail.subject()),
          Optional.of(mail.date()),
          bounced,
          tried);
    }

    Entry bounced(Instant at) {
      return new Entry(
          message, state, reason, due, recipient, subject, sent, Optional.of(at), tried);
    }

    Entry untried() {
      return new Entry(message, state, reason, due, recipient, subject, sent, bounced, false);
    }
  }

  void write(Tx tx, String holder, List<Settled> settled) {
    enter(tx, holder, settled).stream()
        .collect(groupingBy(one -> one.row().message().account()))
        .forEach((account, its) -> tell(tx, account, its));
  }

  /** Writes the rows alone; answers those that were ours to write. */
  List<Settled> enter(Tx tx, String holder, List<Settled> settled) {
    var written = update(tx, holder, settled);
    var entered = settled.stream().filter(one -> written.contains(one.row().message())).toList();
    tx.afterCommit(() -> entered.forEach(this::count));
    return entered;
  }

  private void tell(Tx tx, String account, List<Settled> settled) {
    var now = clock.instant();
    signals.record(
        tx, account, settled.stream().flatMap(one -> SentSignals.of(one, now).stream()).toList());
    bounces.noteAndApply(
        tx, account, settled.stream().flatMap(one -> struck(one).stream()).toList());
  }

  private static Optional<BounceRule.Struck> struck(Settled settled) {
    return settled.verdict() instanceof Verdict.Bounced(var mail, var bounce, var _)
        ? Optional.of(
            new BounceRule.Struck(settled.row().message(), mail.recipient(), bounce.kind()))
        : Optional.empty();
  }

  /** Answers the rows that were still ours to write. A bounce may have been told before. */
  private Set<MessageRef> update(Tx tx, String holder, List<Settled> settled) {
    var entries = settled.stream().map(this::entry).toList();
    return new HashSet<>(
        tx.sql(
                """
                update message m set
                  state = case when m.state = 'cancelled' and v.state = 'queued' then 'cancelled'
                    when m.bounced_at is not null and v.state = 'sent' then 'bounced'
                    else v.state end,
                  reason = coalesce(v.reason, case when m.bounced_at is not null then m.reason end),
                  due_at = coalesce(v.due, m.due_at),
                  recipient = coalesce(v.recipient, m.recipient),
                  subject = coalesce(v.subject, m.subject),
                  sent_at = v.sent, bounced_at = coalesce(v.bounced, m.bounced_at),
                  attempts = m.attempts - case when v.tried then 0 else 1 end,
                  leased_by = null
                from unnest(:lanes, :profiles, :sources, :states, :reasons, :dues, :recipients, :subjects,
                    :sents, :bounceds, :trieds)
                  v (lane, profile, source, state, reason, due, recipient, subject, sent, bounced, tried)
                where m.lane = v.lane and m.profile_id = v.profile and m.source_id = v.source
                  and m.leased_by = :holder
                returning m.account_id, m.profile_id, m.source_id
                """)
            .array(
                "lanes", "smallint", entries.stream().map(e -> (short) e.message().lane()).toList())
            .array("profiles", "text", entries.stream().map(e -> e.message().profile()).toList())
            .array("sources", "text", entries.stream().map(e -> e.message().source()).toList())
            .array("states", "text", entries.stream().map(Entry::state).toList())
            .array("reasons", "text", entries.stream().map(Entry::reason).toList())
            .array("dues", "timestamptz", entries.stream().map(Entry::due).toList())
            .array("recipients", "text", entries.stream().map(Entry::recipient).toList())
            .array("subjects", "text", entries.stream().map(Entry::subject).toList())
            .array("sents", "timestamptz", entries.stream().map(Entry::sent).toList())
            .array("bounceds", "timestamptz", entries.stream().map(Entry::bounced).toList())
            .array("trieds", "boolean", entries.stream().map(Entry::tried).toList())
            .bind("holder", holder)
            .list(row ->
                new MessageRef(
                    row.text("account_id"), row.text("profile_id"), row.text("source_id"))));
  }

  private Entry entry(Settled settled) {
    var row = settled.row();
    var now = clock.instant();
    return switch (settled.verdict()) {
      case Verdict.Sent sent -> Entry.of(row, "sent").left(sent.mail());
      case Verdict.Bounced bounced ->
          Entry.of(row, "bounced")
              .left(bounced.mail())
              .bounced(now)
              .because(bounced.bounce().reason() + ": " + bounced.reply());
      case Verdict.Expired expired ->
          Entry.of(row, "failed").left(expired.mail()).because(expired.reply().toString());
      case Verdict.Later later ->
          Entry.of(row, "queued").again(later.at()).because(later.reply().toString());
      case Verdict.Skipped skipped -> Entry.of(row, "skipped").because(skipped.reason().label());
      case Verdict.Untouched _ -> Entry.of(row, "queued").untried();
    };
  }

  private void count(Settled settled) {
    var outcome =
        switch (settled.verdict()) {
          case Verdict.Sent _ -> "sent";
          case Verdict.Bounced _ -> "bounced";
          case Verdict.Expired _ -> "failed";
          case Verdict.Later _ -> "deferred";
          case Verdict.Skipped _ -> "skipped";
          case Verdict.Untouched _ -> "put back";
        };
    metrics.counter("carillon.delivery.messages", "outcome", outcome).increment();
  }
}
