package carillon.segments;

import carillon.accounts.Account;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What keeps the segments of an account and those who refresh them in step. Who refreshes members
 * shares the account's segments until the end of the transaction; who changes what segments there
 * are, or which of their generations counts, seizes them: so nobody refreshes by what no longer
 * holds.
 */
final class Upkeep {

  /**
   * How it stands.
   *
   * @param version changes with the segments of the account
   * @param announced everything that time alone changes up to then has been, or is being, looked at
   * @param zone where the days of the account begin
   */
  record State(long version, Instant announced, ZoneId zone) {

    /** The present; what was announced has come on every node, whatever its clock says. */
    Present present(String account, Clock clock) {
      var now = clock.instant();
      return new Present(account, zone, announced.isAfter(now) ? announced : now);
    }
  }

  static void share(Tx tx, String account) {
    tx.sql("select pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
        .bind("name", name(account))
        .list(_ -> true);
  }

  static void seize(Tx tx, String account) {
    tx.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .bind("name", name(account))
        .list(_ -> true);
  }

  private static String name(String account) {
    return "segments " + account;
  }

  /** Empty when the account never had a segment. */
  static Optional<State> state(Tx tx, String account) {
    return tx.sql(
            """
            select version, announced_at, zone from segment_upkeep where account_id = :account
            """)
        .bind("account", account)
        .first(row ->
            new State(
                row.number("version"), row.instant("announced_at"), ZoneId.of(row.text("zone"))));
  }

  /** Has the present of an account be no earlier than a moment, on all nodes. */
  static void announce(Tx tx, String account, Instant moment) {
    tx.sql(
            """
            update segment_upkeep set announced_at = :moment
            where account_id = :account and announced_at < :moment
            """)
        .bind("account", account)
        .bind("moment", moment)
        .run();
  }

  /** Tells all nodes, once it is committed, that the state of a segment is another. */
  static void changed(Tx tx, String account) {
    tx.sql("update segment_upkeep set version = version + 1 where account_id = :account")
        .bind("account", account)
        .run();
  }

  /** Tells all nodes, once it is committed, that the segments of the account are others. */
  static void changed(Tx tx, Account account, Instant now) {
    var timed = Roster.load(tx, account.id()).isTimed();
    tx.sql(
            """
            insert into segment_upkeep as u (account_id, version, timed, announced_at, told_at,
              swept_at, sweep_at, zone)
            values (:account, 1, :timed, :now, :now, :now, :now, :zone)
            on conflict (account_id) do update set version = u.version + 1,
              timed = excluded.timed,
              announced_at = case when u.timed then u.announced_at else :now end,
              told_at = case when u.timed then u.told_at else :now end,
              swept_at = case when u.timed then u.swept_at else :now end,
              zone = case when u.timed then u.zone else :zone end
            """)
        .bind("account", account.id())
        .bind("timed", timed)
        .bind("now", now)
        .bind("zone", account.timezone().getId())
        .run();
  }

  /** Notes where the days of the account begin; everything is right as of now. */
  static void rezone(Tx tx, Account account, Instant now) {
    tx.sql(
            """
            update segment_upkeep set zone = :zone, told_at = :now, swept_at = :now
            where account_id = :account
            """)
        .bind("account", account.id())
        .bind("zone", account.timezone().getId())
        .bind("now", now)
        .run();
  }

  private Upkeep() {}
}
