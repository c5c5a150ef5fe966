package carillon.segments;

import carillon.platform.db.Database;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** How far the computation of segments has come, in the database. */
final class Computing {

  /** Stands for the last person when all have been looked at. */
  static final String ALL = "~";

  /** A segment this node may compute for now. */
  record Lease(String account, String segment, String holder) {}

  /**
   * A computation under way.
   *
   * @param computedTo the last person looked at
   * @param toldTo the last person whose move by the computation before was told
   */
  record Work(Live live, String computedTo, String toldTo) {}

  /** Begins a new generation; one that was being computed is given up. */
  static void start(Tx tx, String account, String segment) {
    giveUp(tx, account, segment);
    bound(
            tx.sql(
                """
                update segment set drawn = drawn + 1, computing = drawn + 1, computed_to = '',
                  leased_by = null, leased_until = null
                where account_id = :account and id = :segment
                """),
            account,
            segment)
        .run();
  }

  /** Gives up what is being computed. */
  static void giveUp(Tx tx, String account, String segment) {
    bound(
            tx.sql(
                """
                insert into segment_remains (account_id, segment_id, generation)
                select account_id, id, computing from segment
                where account_id = :account and id = :segment and computing is not null
                """),
            account,
            segment)
        .run();
    bound(
            tx.sql(
                """
                update segment set computing = null
                where account_id = :account and id = :segment and computing is not null
                """),
            account,
            segment)
        .run();
  }

  /** Deletes a segment; its members go little by little. False when there is none. */
  static boolean delete(Tx tx, String account, String segment) {
    bound(
            tx.sql(
                """
                insert into segment_remains (account_id, segment_id, generation)
                select s.account_id, s.id, g.generation
                from segment s cross join lateral unnest(array[s.generation, s.computing, s.replaced])
                  g (generation)
                where s.account_id = :account and s.id = :segment and g.generation > 0
                on conflict do nothing
                """),
            account,
            segment)
        .run();
    for (var table : new String[] {"segment_recheck", "segment_day"}) {
      bound(
              tx.sql(
                  "delete from %s where account_id = :account and segment_id = :segment"
                      .formatted(table)),
              account,
              segment)
          .run();
    }
    return bound(
                tx.sql("delete from segment where account_id = :account and id = :segment"),
                account,
                segment)
            .run()
        == 1;
  }

  /** Takes a segment with something to do that nobody works on. */
  static Optional<Lease> take(Database db, String holder, Instant now, Instant until) {
    return db.sql(
            """
            update segment s set leased_by = :holder, leased_until = :until
            from (
              select account_id, id from segment
              where (computing is not null or replaced is not null)
                and (leased_until is null or leased_until <= :now)
              order by leased_until nulls first limit 1) due
            where s.account_id = due.account_id and s.id = due.id
              and (s.computing is not null or s.replaced is not null)
              and (s.leased_until is null or s.leased_until <= :now)
            returning s.account_id, s.id
            """)
        .bind("holder", holder)
        .bind("now", now)
        .bind("until", until)
        .first(row -> new Lease(row.text("account_id"), row.text("id"), holder));
  }

  /** Makes the lease last and tells what to do; empty when somebody else has it, or it is done. */
  static Optional<Work> hold(Tx tx, Lease lease, Instant until) {
    return bound(
            tx.sql(
                """
                update segment set leased_until = :until
                where account_id = :account and id = :segment and leased_by = :holder
                  and (computing is not null or replaced is not null)
                returning id, definition, generation, computing, replaced, computed_to, told_to
                """),
            lease.account(),
            lease.segment())
        .bind("holder", lease.holder())
        .bind("until", until)
        .first(row -> new Work(Live.read(row), row.text("computed_to"), row.text("told_to")));
  }

  /** Lets others have it from a moment on. */
  static void release(Database db, Lease lease, Instant until) {
    bound(
            db.sql(
                """
                update segment set leased_by = null, leased_until = :until
                where account_id = :account and id = :segment and leased_by = :holder
                """),
            lease.account(),
            lease.segment())
        .bind("holder", lease.holder())
        .bind("until", until)
        .run();
  }

  static void computed(Tx tx, Lease lease, String last) {
    bound(
            tx.sql(
                """
                update segment set computed_to = :last
                where account_id = :account and id = :segment
                """),
            lease.account(),
            lease.segment())
        .bind("last", last)
        .run();
  }

  static void told(Tx tx, Lease lease, String last) {
    bound(
            tx.sql(
                """
                update segment set told_to = :last
                where account_id = :account and id = :segment
                """),
            lease.account(),
            lease.segment())
        .bind("last", last)
        .run();
  }

  /** Lets the computed generation count; what it changed, unless it is the first, is to be told. */
  static void complete(Tx tx, Lease lease) {
    bound(
            tx.sql(
                """
                update segment set replaced = nullif(generation, 0), told_to = '', generation = computing,
                  computing = null, computed_to = ''
                where account_id = :account and id = :segment
                """),
            lease.account(),
            lease.segment())
        .run();
  }

  /** Everything the computation changed has been told. */
  static void settled(Tx tx, Lease lease) {
    bound(
            tx.sql(
                """
                update segment set replaced = null
                where account_id = :account and id = :segment
                """),
            lease.account(),
            lease.segment())
        .run();
    Upkeep.changed(tx, lease.account());
  }

  private static Statement bound(Statement statement, String account, String segment) {
    return statement.bind("account", account).bind("segment", segment);
  }

  private Computing() {}
}
