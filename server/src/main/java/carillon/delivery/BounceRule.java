package carillon.delivery;

import carillon.mail.Bounce;
import carillon.platform.db.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What bounces mean for an address, whoever told of them: a hard one ends it, and so do seven soft
 * ones in a row. The ledger is the count: only a message sent in between that did not come back
 * breaks the row. Objections to sender or content count neither way.
 */
final class BounceRule {

  private static final int SOFT_IN_A_ROW = 7;

  private final Contacts contacts;

  BounceRule(Contacts contacts) {
    this.contacts = contacts;
  }

  /** A message that came back. */
  record Struck(MessageRef message, String recipient, Bounce.Kind kind) {}

  static String word(Bounce.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Notes what kind of bounces the messages of an account met, and draws the consequences. */
  void noteAndApply(Tx tx, String account, List<Struck> struck) {
    if (!struck.isEmpty()) {
      note(tx, struck);
      apply(tx, account, struck);
    }
  }

  /** Draws the consequences of bounces that are noted already. */
  void apply(Tx tx, String account, List<Struck> struck) {
    var soft = struck.stream().filter(one -> one.kind() == Bounce.Kind.SOFT).toList();
    var exhausted = soft.isEmpty() ? Set.<String>of() : exhausted(tx, account, soft);
    var dead = new HashMap<String, String>();
    struck.stream()
        .filter(
            one -> one.kind() == Bounce.Kind.HARD || exhausted.contains(one.message().profile()))
        .forEach(one -> dead.put(one.message().profile(), one.recipient()));
    if (!dead.isEmpty()) {
      contacts.hardBounced(tx, account, dead);
    }
  }

  private static void note(Tx tx, List<Struck> struck) {
    tx.sql(
            """
            update message m set bounce = v.kind
            from unnest(:lanes, :profiles, :sources, :kinds) v (lane, profile, source, kind)
            where m.lane = v.lane and m.profile_id = v.profile and m.source_id = v.source
            """)
        .array("lanes", "integer", struck.stream().map(one -> one.message().lane()).toList())
        .array("profiles", "text", struck.stream().map(one -> one.message().profile()).toList())
        .array("sources", "text", struck.stream().map(one -> one.message().source()).toList())
        .array("kinds", "text", struck.stream().map(one -> word(one.kind())).toList())
        .run();
  }

  /** Whose message stands in a row of soft bounces that is long enough, whenever each was told. */
  private static Set<String> exhausted(Tx tx, String account, List<Struck> soft) {
    return new HashSet<>(
        tx.sql(
                """
                select m.profile_id
                from unnest(:lanes, :profiles, :sources) v (lane, profile, source)
                join message m on m.lane = v.lane and m.profile_id = v.profile
                  and m.source_id = v.source and m.account_id = :account
                cross join lateral (
                  select
                    max(o.sent_at) filter (where o.sent_at < coalesce(m.sent_at, m.tried_at)) as
                      last_good,
                    min(o.sent_at) filter (where o.sent_at > coalesce(m.sent_at, m.tried_at)) as
                      next_good
                  from message o
                  where o.lane = m.lane and o.profile_id = m.profile_id
                    and o.account_id = m.account_id and o.recipient = m.recipient
                    and o.state = 'sent' and o.bounced_at is null) good
                where (
                  select count(*) from message o
                  where o.lane = m.lane and o.profile_id = m.profile_id
                    and o.account_id = m.account_id and o.recipient = m.recipient
                    and o.bounce = 'soft'
                    and coalesce(o.sent_at, o.tried_at) > coalesce(last_good, '-infinity')
                    and coalesce(o.sent_at, o.tried_at) < coalesce(next_good, 'infinity'))
                  >= :enough
                """)
            .array("lanes", "integer", soft.stream().map(one -> one.message().lane()).toList())
            .array("profiles", "text", soft.stream().map(one -> one.message().profile()).toList())
            .array("sources", "text", soft.stream().map(one -> one.message().source()).toList())
            .bind("account", account)
            .bind("enough", SOFT_IN_A_ROW)
            .list(row -> row.text("profile_id")));
  }
}
