package carillon.delivery;

import carillon.platform.db.Queries;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import carillon.platform.work.WakeUp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A row for each message to a person, for those who hand messages over. */
public final class Ledger {

  /** The state of a row, those being sent told apart. */
  static final String STAGE =
      "case when state = 'queued' and leased_by is not null then 'leased' else state end";

  private static final String INSERT =
      """
      insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
        recipient, marketing, state, due_at, created_at)
      select %s, p.profile_id, :source, :account, :campaign, 'email', p.recipient, :marketing,
        'queued', p.due_at, :now
      from (%s) p
      on conflict do nothing
      """;

  private final Clock clock;
  private final WakeUp wakeUp = new WakeUp();

  public Ledger(Clock clock) {
    this.clock = clock;
  }

  /** Rung on this node when messages were handed over. */
  WakeUp wakeUp() {
    return wakeUp;
  }

  /** Whose messages they are. */
  public record Consignment(String account, String campaign, String source, boolean marketing) {}

  /** Somebody, an address, and the moment the message is due. */
  public record Due(String profile, String recipient, Instant at) {}

  /** Where the messages of a campaign stand; {@code reasons} counts the skipped ones. */
  public record Standing(Map<String, Long> states, Map<String, Long> reasons) {

    public long of(String state) {
      return states.getOrDefault(state, 0L);
    }

    /** Those that are still to be sent, or being sent. */
    public long open() {
      return of("queued") + of("leased");
    }
  }

  /**
   * Hands messages over; who has a row of the source already keeps it, so that a hand-over may be
   * repeated. Answers how many are new.
   */
  public int enqueue(Tx tx, Consignment consignment, List<Due> people) {
    if (people.isEmpty()) {
      return 0;
    }
    return enqueue(
            tx,
            consignment,
            """
            select profile_id, recipient, due_at
            from unnest(:profiles, :recipients, :dues) u (profile_id, recipient, due_at)
            """)
        .array("profiles", "text", people.stream().map(Due::profile).toList())
        .array("recipients", "text", people.stream().map(Due::recipient).toList())
        .array("dues", "timestamptz", people.stream().map(Due::at).toList())
        .run();
  }

  /**
   * The same for the people a query finds, without them leaving the database. To be completed with
   * the query's own values and run.
   *
   * @param people a query with the columns profile_id, recipient and due_at; its values must not be
   *     called account, campaign, source, marketing or now
   */
  public Statement enqueue(Tx tx, Consignment consignment, String people) {
    tx.afterCommit(wakeUp::ring);
    return tx.sql(INSERT.formatted(Lanes.sql("p.profile_id"), people))
        .bind("source", consignment.source())
        .bind("account", consignment.account())
        .bind("campaign", consignment.campaign())
        .bind("marketing", consignment.marketing())
        .bind("now", clock.instant());
  }

  /** Stops what is not sent yet; what is on its way still goes out, once. Answers how many. */
  public int cancel(Tx tx, String account, String campaign) {
    return tx.sql(
            """
            update message set state = 'cancelled'
            where account_id = :account and campaign_id = :campaign and state = 'queued'
            """)
        .bind("account", account)
        .bind("campaign", campaign)
        .run();
  }

  /** Takes back what nobody has begun to send, as if it had never been handed over. */
  public int withdraw(Tx tx, String account, String campaign) {
    return tx.sql(
            """
            delete from message
            where account_id = :account and campaign_id = :campaign and state = 'queued'
              and attempts = 0
            """)
        .bind("account", account)
        .bind("campaign", campaign)
        .run();
  }

  /** Whether messages of the campaign are still to be sent, or being sent. */
  public boolean open(Queries db, String account, String campaign) {
    return db.sql(
            """
            select exists (
              select from message where account_id = :account and campaign_id = :campaign
                and state = 'queued' and sent_at is null) as open
            """)
        .bind("account", account)
        .bind("campaign", campaign)
        .one(row -> row.bool("open"));
  }

  /** Counts the messages of a campaign. */
  public Standing standing(Queries db, String account, String campaign) {
    record Part(String state, String reason, long count) {}
    var parts =
        db.sql(
                """
                select %s as stage, case when state = 'skipped' then coalesce(reason, '') else '' end
                  as why, count(*) as messages
                from message where account_id = :account and campaign_id = :campaign
                group by 1, 2
                """
                    .formatted(STAGE))
            .bind("account", account)
            .bind("campaign", campaign)
            .list(row -> new Part(row.text("stage"), row.text("why"), row.number("messages")));
    return new Standing(
        parts.stream()
            .collect(Collectors.groupingBy(Part::state, Collectors.summingLong(Part::count))),
        parts.stream()
            .filter(part -> part.state().equals("skipped"))
            .collect(Collectors.groupingBy(Part::reason, Collectors.summingLong(Part::count))));
  }

  /** Who of these got a marketing mail since a moment. */
  static List<String> mailedSince(Queries db, Collection<String> profiles, Instant since) {
    return db.sql(
            """
            select profile from unnest(:lanes, :profiles) n (lane, profile)
            cross join lateral (
              select max(sent_at) filter (where marketing and state = 'sent') as last from message
              where lane = n.lane and profile_id = n.profile) mailed
            where last > :since
            """)
        .array("lanes", "smallint", profiles.stream().map(one -> (short) Lanes.of(one)).toList())
        .array("profiles", "text", profiles)
        .bind("since", since)
        .list(row -> row.text("profile"));
  }

  /**
   * Gives the messages of a profile to the one it is merged into. Where both had the same message,
   * the other one's stays; what is on its way stays until it is settled.
   */
  public void move(Tx tx, String account, String from, String to) {
    tx.sql(
            """
            insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
              recipient, subject, marketing, state, reason, due_at, attempts, tried_at, created_at,
              sent_at, opens, opened_at, clicks, clicked_at, machine_opens, bounced_at,
              bounce, complained_at, unsubscribed_at)
            select :newLane, :to, source_id, account_id, campaign_id, channel, recipient, subject,
              marketing, state, reason, due_at, attempts, tried_at, created_at, sent_at, opens,
              opened_at, clicks, clicked_at, machine_opens, bounced_at, bounce,
              complained_at, unsubscribed_at
            from message
            where lane = :lane and profile_id = :from and account_id = :account
              and (state <> 'queued' or leased_by is null)
            on conflict do nothing
            """)
        .bind("newLane", Lanes.of(to))
        .bind("to", to)
        .bind("lane", Lanes.of(from))
        .bind("from", from)
        .bind("account", account)
        .run();
    tx.sql(
            """
            delete from message
            where lane = :lane and profile_id = :from and account_id = :account
              and (state <> 'queued' or leased_by is null)
            """)
        .bind("lane", Lanes.of(from))
        .bind("from", from)
        .bind("account", account)
        .run();
  }
}
