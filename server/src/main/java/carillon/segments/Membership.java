package carillon.segments;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.util.Collection;
import java.util.List;
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

  /** Somebody who is to come into a generation of a segment, or to leave it. */
  record Move(String segment, int generation, String profile, boolean comes) {}

  /**
   * Who of some people must move to be right in some segments, by one statement for all. What each
   * is in is read once, before it is asked what they belong in.
   */
  static List<Move> moves(
      Tx tx, Present present, List<Live> segments, Collection<String> profiles) {
    var compiler = present.compiler();
    var clauses = segments.stream().map(live -> compiler.clause(live.definition())).toList();
    var places = segments.stream().collect(toMap(Membership::place, live -> live));
    var statement =
        tx.sql(
                """
                select s.place, w.profile_id, s.place <> all(i.places) as comes
                from unnest(:profiles) w (profile_id)
                left join profile p on p.account_id = :account and p.profile_id = w.profile_id
                cross join lateral (
                  select array(
                    select m.segment_id || ' ' || m.generation from segment_member m
                    where m.account_id = :account and m.profile_id = w.profile_id
                      and m.segment_id = any(:segments)) as places
                  offset 0) i
                cross join lateral unnest(:places, array[
                  %s
                  ]) s (place, belongs)
                where (p.profile_id is not null and s.belongs is true) <> (s.place = any(i.places))
                """
                    .formatted(clauses.stream().map(Clause::sql).collect(joining(",\n"))))
            .bind("account", present.account())
            .array("segments", "text", segments.stream().map(Live::id).toList())
            .array("places", "text", segments.stream().map(Membership::place).toList())
            .array("profiles", "text", profiles);
    clauses.forEach(clause -> clause.bindTo(statement));
    return statement.list(row -> {
      var live = places.get(row.text("place"));
      return new Move(live.id(), live.generation(), row.text("profile_id"), row.bool("comes"));
    });
  }

  private static String place(Live live) {
    return live.id() + " " + live.generation();
  }

  /** Moves people; who comes joins now. */
  static void move(Tx tx, Present present, List<Move> moves) {
    var sides = moves.stream().collect(partitioningBy(Move::comes));
    if (!sides.get(false).isEmpty()) {
      bound(
              tx.sql(
                  """
                  delete from segment_member m
                  using unnest(:segments, :generations, :profiles) g (segment, generation, profile)
                  where m.account_id = :account and m.segment_id = g.segment
                    and m.generation = g.generation and m.profile_id = g.profile
                  """),
              present,
              sides.get(false))
          .run();
    }
    if (!sides.get(true).isEmpty()) {
      bound(
              tx.sql(
                  """
                  insert into segment_member
                    (account_id, segment_id, generation, profile_id, joined_at)
                  select :account, segment, generation, profile, :now
                  from unnest(:segments, :generations, :profiles) c (segment, generation, profile)
                  on conflict do nothing
                  """),
              present,
              sides.get(true))
          .bind("now", present.now())
          .run();
    }
  }

  private static Statement bound(Statement statement, Present present, List<Move> moves) {
    return statement
        .plannedAnew()
        .bind("account", present.account())
        .array("segments", "text", moves.stream().map(Move::segment).toList())
        .array("generations", "integer", moves.stream().map(Move::generation).toList())
        .array("profiles", "text", moves.stream().map(Move::profile).toList());
  }

  /** Has people looked at again before the generations that are computed count. */
  static void recheck(
      Tx tx, String account, Collection<String> segments, Collection<String> profiles) {
    tx.sql(
            """
            insert into segment_recheck (account_id, segment_id, profile_id)
            select :account, segment, profile
            from unnest(:segments) segment cross join unnest(:profiles) profile
            """)
        .bind("account", account)
        .array("segments", "text", segments)
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

  /**
   * Adds those who match between two people to a generation; who was a member before stays one
   * since then. Nobody is told of the members a segment begins with.
   */
  static void compute(Tx tx, Present present, Live live, int generation, Range range) {
    var matching = present.compiler().members(live.definition(), range);
    matching
        .bindTo(
            computing(
                tx,
                present,
                live,
                generation,
                matching.sql(),
                "m.profile_id > :after and m.profile_id <= :last"))
        .bind("after", range.after())
        .bind("last", range.last())
        .run();
  }

  /** The same for some people, who are looked at once more. */
  static void compute(
      Tx tx, Present present, Live live, int generation, Collection<String> profiles) {
    var clause = present.compiler().clause(live.definition());
    var matching =
        """
        select p.profile_id from profile p
        where p.account_id = :account and p.profile_id = any(:profiles) and
        """
            + clause.sql();
    clause
        .bindTo(computing(tx, present, live, generation, matching, "m.profile_id = any(:profiles)"))
        .array("profiles", "text", profiles)
        .run();
  }

  private static Statement computing(
      Tx tx, Present present, Live live, int generation, String matching, String whom) {
    return bound(
            tx.sql(
                """
                insert into segment_member
                  (account_id, segment_id, generation, profile_id, joined_at, told)
                select :account, :segment, :computing, n.profile_id,
                  coalesce(m.joined_at, :now), :generation = 0 or m.profile_id is not null
                from (%s) n
                left join segment_member m on m.account_id = :account
                  and m.segment_id = :segment and m.generation = :generation
                  and m.profile_id = n.profile_id and %s
                on conflict do nothing
                """
                    .formatted(matching, whom)),
            present.account(),
            live.id())
        .bind("generation", live.generation())
        .bind("computing", generation)
        .bind("now", present.now());
  }

  /** How many are in a generation. */
  static long count(Tx tx, String account, String segment, int generation) {
    return bound(
            tx.sql(
                """
                select count(*) as n from segment_member
                where account_id = :account and segment_id = :segment and generation = :generation
                """),
            account,
            segment)
        .bind("generation", generation)
        .one(row -> row.number("n"));
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
