package carillon.platform.work;

import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where news is left, in the transaction that made it, for workers to pass on. */
public final class Outbox {

  private final Clock clock;
  private final WakeUp wakeUp = new WakeUp();
  private volatile Optional<Set<String>> heard = Optional.empty();

  public Outbox(Clock clock) {
    this.clock = clock;
  }

  /** The only kinds of news that anybody wants to hear; all others are not left from now on. */
  void hear(Set<String> kinds) {
    heard = Optional.of(Set.copyOf(kinds));
  }

  /** Leaves news that is heard; it is passed on once the transaction is committed. */
  public void tell(Tx tx, List<News> all) {
    var kinds = heard;
    var news =
        all.stream().filter(one -> kinds.isEmpty() || kinds.get().contains(one.kind())).toList();
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
            "lanes",
            "smallint",
            news.stream().map(one -> (short) Lanes.ofNews(one.profile())).toList())
        .array("profiles", "text", news.stream().map(News::profile).toList())
        .array("accounts", "text", news.stream().map(News::account).toList())
        .array("kinds", "text", news.stream().map(News::kind).toList())
        .array("payloads", "text", news.stream().map(News::payload).toList())
        .bind("now", clock.instant())
        .ahead();
    tx.afterCommit(wakeUp::ring);
  }

  /**
   * Deletes what waits to be passed on about profiles, and what was set aside.
   *
   * @param but the kind of news that stays
   */
  public void forget(Tx tx, Collection<String> profiles, String but) {
    for (var table : List.of("outbox", "outbox_set_aside")) {
      tx.sql(
              """
              delete from %s o using unnest(:lanes, :profiles) n (lane, profile)
              where o.lane = n.lane and o.profile_id = n.profile and o.kind <> :but
              """
                  .formatted(table))
          .array(
              "lanes", "smallint", profiles.stream().map(id -> (short) Lanes.ofNews(id)).toList())
          .array("profiles", "text", profiles)
          .bind("but", but)
          .run();
    }
  }

  /** Rung on this node whenever news was committed by it. */
  WakeUp wakeUp() {
    return wakeUp;
  }
}
