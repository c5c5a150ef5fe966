package carillon.segments;

import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who is in which segment, for writing. A computation writes a new generation of members beside the
 * one that counts; it counts from the moment it is complete.
 */
final class Membership {

  /**
   * The people after one up to another.
   *
   * @param isLast whether there was nobody after them
   */
  record Range(String after, String last, boolean isLast) {}

  /**
   * Brings the standing of some people up to date.
   *
   * @param matching finds which of the people it binds as {@code :profiles} belong in
   */
  static Moved refresh(Tx tx, String account, Live live, Clause matching, Instant now) {
    return Moved.read(
        bound(
                matching.bindTo(
                    tx.sql(
                        """
                        with matching as materialized (%s),
                        gone as (
                          delete from segment_member m
                          where m.account_id = :account and m.segment_id = :segment
                            and m.generation = :generation and m.profile_id = any(:profiles)
                            and not exists (
                              select from matching n where n.profile_id = m.profile_id)
                          returning m.profile_id),
                        come as (
                          insert into segment_member
                            (account_id, segment_id, generation, profile_id, joined_at)
                          select :account, :segment, :generation, n.profile_id, :now
                          from matching n
                          where not exists (
                            select from segment_member m
                            where m.account_id = :account and m.segment_id = :segment
                              and m.generation = :generation and m.profile_id = n.profile_id)
                          on conflict do nothing
                          returning profile_id)
                        select profile_id, true as came from come
                        union all select profile_id, false from gone
                        """
                            .formatted(matching.sql()))),
                account,
                live.id())
            .bind("generation", live.generation())
            .bind("now", now));
  }

  /** Has people looked at again before the generation that is computed counts. */
  static void recheck(Tx tx, String account, String segment, Collection<String> profiles) {
    bound(
            tx.sql(
                """
                insert into segment_recheck (account_id, segment_id, profile_id)
                select :account, :segment, profile from unnest(:profiles) profile
                """),
            account,
            segment)
        .array("profiles", "text", profiles)
        .run();
  }

  /** Takes people who are to be looked at again, at most so many rows. */
  static Collection<String> rechecked(Tx tx, String account, String segment, int most) {
    return new TreeSet<>(
        bound(
                tx.sql(
                    """
                    delete from segment_recheck r
                    using (
                      select profile_id, id from segment_recheck
                      where account_id = :account and segment_id = :segment
                      order by profile_id, id limit :most) taken
                    where r.account_id = :account and r.segment_id = :segment
                      and r.profile_id = taken.profile_id and r.id = taken.id
                    returning r.profile_id
                    """),
                account,
                segment)
            .bind("most", most)
            .list(row -> row.text("profile_id")));
  }

  /** The next so many people after one; empty when there are none. */
  static Optional<Range> next(Tx tx, String account, String after, int most) {
    return tx.sql(
            """
            select max(profile_id) as last, count(*) as people from (
              select profile_id from profile
              where account_id = :account and profile_id > :after
              order by profile_id limit :most) next
            """)
        .bind("account", account)
        .bind("after", after)
        .bind("most", most)
        .one(row -> range(row, after, most));
  }

  /** Adds those who match to a generation; who was a member before stays one since then. */
  static void compute(
      Tx tx, String account, Live live, int generation, Clause matching, Instant now) {
    bound(
            matching.bindTo(
                tx.sql(
                    """
                    insert into segment_member
                      (account_id, segment_id, generation, profile_id, joined_at, told)
                    select :account, :segment, :computing, n.profile_id,
                      coalesce(m.joined_at, :now), m.profile_id is not null
                    from (%s) n
                    left join segment_member m on m.account_id = :account
                      and m.segment_id = :segment and m.generation = :generation
                      and m.profile_id = n.profile_id
                    on conflict do nothing
                    """
                        .formatted(matching.sql()))),
            account,
            live.id())
        .bind("generation", live.generation())
        .bind("computing", generation)
        .bind("now", now)
        .run();
  }

  /** Takes people out of a generation, to be computed once more. */
  static void withdraw(
      Tx tx, String account, String segment, int generation, Collection<String> profiles) {
    bound(
            tx.sql(
                """
                delete from segment_member
                where account_id = :account and segment_id = :segment
                  and generation = :generation and profile_id = any(:profiles)
                """),
            account,
            segment)
        .bind("generation", generation)
        .array("profiles", "text", profiles)
        .run();
  }

  private static final String SETTLE =
      """
      with before as (
        delete from segment_member m
        where m.account_id = :account and m.segment_id = :segment and m.generation = :replaced
          and %1$s
        returning m.profile_id),
      fresh as (
        update segment_member m set told = true
        where m.account_id = :account and m.segment_id = :segment
          and m.generation = :generation and not m.told and %1$s
        returning m.profile_id)
      select profile_id, true as came from fresh
      union all
      select b.profile_id, false from before b where not exists (
        select from segment_member m
        where m.account_id = :account and m.segment_id = :segment
          and m.generation = :generation and m.profile_id = b.profile_id)
      """;

  /** Tells whom a computation moved among some people, once. */
  static Moved settle(Tx tx, String account, Live live, int replaced, Collection<String> profiles) {
    return Moved.read(
        settling(tx, account, live, replaced, "m.profile_id = any(:profiles)")
            .array("profiles", "text", profiles));
  }

  /** The same for all between two people. */
  static Moved settle(Tx tx, String account, Live live, int replaced, Range range) {
    return Moved.read(
        settling(tx, account, live, replaced, "m.profile_id > :after and m.profile_id <= :last")
            .bind("after", range.after())
            .bind("last", range.last()));
  }

  private static Statement settling(Tx tx, String account, Live live, int replaced, String whom) {
    return bound(tx.sql(SETTLE.formatted(whom)), account, live.id())
        .bind("generation", live.generation())
        .bind("replaced", replaced);
  }

  /** The next members, of now or of before, whose moves may not be told; empty when all are. */
  static Optional<Range> unsettled(
      Tx tx, String account, Live live, int replaced, String after, int most) {
    return bound(
            tx.sql(
                """
                select max(profile_id) as last, count(*) as people from (
                  (select profile_id from segment_member
                   where account_id = :account and segment_id = :segment
                     and generation = :generation and profile_id > :after
                   order by profile_id limit :most)
                  union all
                  (select profile_id from segment_member
                   where account_id = :account and segment_id = :segment
                     and generation = :replaced and profile_id > :after
                   order by profile_id limit :most)
                  order by profile_id limit :most) next
                """),
            account,
            live.id())
        .bind("generation", live.generation())
        .bind("replaced", replaced)
        .bind("after", after)
        .bind("most", most)
        .one(row -> range(row, after, most));
  }

  private static Optional<Range> range(Row row, String after, int most) {
    return row.maybeText("last").map(last -> new Range(after, last, row.number("people") < most));
  }

  private static Statement bound(Statement statement, String account, String segment) {
    return statement.bind("account", account).bind("segment", segment);
  }

  private Membership() {}
}
