package carillon.campaigns;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far the sending of campaigns has come, in the database. */
final class Progress {

  private static final String AT_WORK =
      "status in ('Preparing to send', 'Preparing to schedule', 'Scheduled',"
          + " 'Queued without Recipients', 'Adding Recipients', 'Sending')";

  /** A campaign this node may work on for now. */
  record Lease(String account, String campaign, String holder) {}

  /**
   * How far the hand-out of recipients has come.
   *
   * @param began when; what was local time then decides who is late
   * @param after the last profile looked at, empty before the first
   * @param handed how many were handed over
   */
  record FanOutState(Instant began, String after, long handed) {}

  private final Database db;

  Progress(Database db) {
    this.db = db;
  }

  Optional<String> jobStatus(String account, String id) {
    return db.sql("select send_job_status from campaign where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(row -> row.maybeText("send_job_status"))
        .flatMap(status -> status);
  }

  /** An immediate strategy reads as static from now on, but is remembered for a revert. */
  void begin(Tx tx, String account, Campaign campaign, Instant now, Instant start) {
    var strategy = campaign.plan().strategy();
    var immediate = strategy instanceof SendStrategy.Immediate;
    var status =
        immediate ? CampaignStatus.PREPARING_TO_SEND : CampaignStatus.PREPARING_TO_SCHEDULE;
    tx.sql(
            """
            update campaign set status = :status, send_strategy = :strategy, fan_out = :fanOut,
              send_job_status = 'queued', scheduled_at = :now, send_time = :start,
              updated_at = :now, leased_by = null, leased_until = null
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", campaign.id())
        .bind("status", status.word())
        .bind("strategy", (immediate ? new SendStrategy.Static(now) : strategy).json())
        .bind("fanOut", Json.object().put("immediate", immediate))
        .bind("now", now)
        .bind("start", start)
        .run();
  }

  void cancelled(Tx tx, String account, String id, Instant now) {
    tx.sql(
            """
            update campaign set status = 'Cancelled', send_job_status = 'cancelled',
              updated_at = :now, leased_by = null
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("now", now)
        .run();
  }

  void reverted(Tx tx, String account, String id, Instant now) {
    tx.sql(
            """
            update campaign set status = 'Draft', send_job_status = 'cancelled',
              scheduled_at = null, send_time = null, fan_out = null, leased_by = null,
              updated_at = :now,
              send_strategy = case when fan_out ->> 'immediate' = 'true'
                then '{"method": "immediate"}'::jsonb else send_strategy end
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("now", now)
        .run();
  }

  /** Takes a campaign nobody works on; empty when none has anything to do. */
  Optional<Lease> take(String holder, Instant now, Duration length) {
    while (true) {
      var due = due(now);
      if (due.isEmpty()) {
        return Optional.empty();
      }
      var lease = new Lease(due.get().account(), due.get().campaign(), holder);
      if (taken(lease, now, length)) {
        return Optional.of(lease);
      }
    }
  }

  private Optional<Lease> due(Instant now) {
    return db.sql(
            "select account_id, id from campaign where "
                + AT_WORK
                + """

                  and (status <> 'Scheduled' or send_time <= :now)
                  and (leased_until is null or leased_until <= :now)
                order by leased_until nulls first, send_time limit 1
                """)
        .bind("now", now)
        .first(row -> new Lease(row.text("account_id"), row.text("id"), ""));
  }

  private boolean taken(Lease lease, Instant now, Duration length) {
    return db.sql(
                """
                update campaign set leased_by = :holder, leased_until = :until
                where account_id = :account and id = :id
                  and (leased_until is null or leased_until <= :now)
                """)
            .bind("holder", lease.holder())
            .bind("until", now.plus(length))
            .bind("account", lease.account())
            .bind("id", lease.campaign())
            .bind("now", now)
            .run()
        == 1;
  }

  /** Lets others have it, who need not look before a moment. */
  void release(Lease lease, Instant until) {
    db.sql(
            """
            update campaign set leased_by = null, leased_until = :until
            where account_id = :account and id = :id and leased_by = :holder
            """)
        .bind("account", lease.account())
        .bind("id", lease.campaign())
        .bind("holder", lease.holder())
        .bind("until", until)
        .run();
  }

  /** Makes the lease last; false when somebody else has it, and nothing may be done any more. */
  boolean hold(Tx tx, Lease lease, Instant until) {
    return tx.sql(
                """
                update campaign set leased_until = :until
                where account_id = :account and id = :id and leased_by = :holder
                """)
            .bind("account", lease.account())
            .bind("id", lease.campaign())
            .bind("holder", lease.holder())
            .bind("until", until)
            .run()
        == 1;
  }

  void status(Tx tx, Lease lease, CampaignStatus status, String job) {
    tx.sql(
            """
            update campaign set status = :status, send_job_status = :job
            where account_id = :account and id = :id
            """)
        .bind("account", lease.account())
        .bind("id", lease.campaign())
        .bind("status", status.word())
        .bind("job", job)
        .run();
  }

  FanOutState fanOut(Queries queries, Lease lease, Instant now) {
    return queries
        .sql("select fan_out from campaign where account_id = :account and id = :id")
        .bind("account", lease.account())
        .bind("id", lease.campaign())
        .one(row -> state(row.json("fan_out"), now));
  }

  private static FanOutState state(JsonNode json, Instant now) {
    return new FanOutState(
        Json.moment(json.path("began").asString("")).orElse(now),
        json.path("after").asString(""),
        json.path("handed").asLong(0));
  }

  void fanOut(Tx tx, Lease lease, FanOutState state) {
    tx.sql(
            """
            update campaign set fan_out = fan_out || :state
            where account_id = :account and id = :id
            """)
        .bind("account", lease.account())
        .bind("id", lease.campaign())
        .bind(
            "state",
            Json.object()
                .put("began", Json.print(state.began()))
                .put("after", state.after())
                .put("handed", state.handed()))
        .run();
  }
}
