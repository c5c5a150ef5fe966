package carillon.platform.work;

import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.List;

/** Where news is left, in the transaction that made it, for workers to pass on. */
public final class Outbox {

  private final Clock clock;
  private final WakeUp wakeUp = new WakeUp();

  public Outbox(Clock clock) {
    this.clock = clock;
  }

  /** Leaves news; it is passed on once the transaction is committed. */
  public void tell(Tx tx, List<News> news) {
    if (news.isEmpty()) {
      return;
    }
    tx.sql(
            """
            insert into outbox (lane, profile_id, account_id, kind, payload, created_at)
            select lane, profile, account, kind, payload::jsonb, :now
            from unnest(:lanes, :profiles, :accounts, :kinds, :payloads)
              n (lane, profile, account, kind, payload)
            """)
        .array(
            "lanes", "smallint", news.stream().map(one -> (short) Lanes.of(one.profile())).toList())
        .array("profiles", "text", news.stream().map(News::profile).toList())
        .array("accounts", "text", news.stream().map(News::account).toList())
        .array("kinds", "text", news.stream().map(News::kind).toList())
        .array("payloads", "text", news.stream().map(News::payload).toList())
        .bind("now", clock.instant())
        .run();
    tx.afterCommit(wakeUp::ring);
  }

  /** Rung on this node whenever news was committed by it. */
  WakeUp wakeUp() {
    return wakeUp;
  }
}
