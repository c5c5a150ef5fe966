package carillon.segments;

import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gathers who came into segments of an account and who left, then tells the outbox and counts them
 * for the day, all at once and in one order, so that lanes that count for the same segments wait
 * for each other but never in a circle.
 */
final class Tally {

  private static final int SHARDS = 16;

  private record Sum(long added, long removed) {
    static Sum of(Moved moved) {
      return new Sum(moved.added().size(), moved.removed().size());
    }

    Sum plus(Sum other) {
      return new Sum(added + other.added, removed + other.removed);
    }
  }

  private final Present present;
  private final List<News> news = new ArrayList<>();
  private final TreeMap<String, Sum> sums = new TreeMap<>();
  private int shard;

  Tally(Present present) {
    this.present = present;
  }

  void add(String segment, Moved moved, boolean recomputed) {
    if (moved.isEmpty()) {
      return;
    }
    shard = Lanes.of(moved.all().getFirst()) % SHARDS;
    sums.merge(segment, Sum.of(moved), Sum::plus);
    moved.added().forEach(one -> tell(SegmentNews.Kind.ADDED, segment, one, recomputed));
    moved.removed().forEach(one -> tell(SegmentNews.Kind.REMOVED, segment, one, recomputed));
  }

  /** Counts the members a segment begins with, of whom nobody is told. */
  void begin(String segment, long members) {
    sums.put(segment, new Sum(members, 0));
  }

  private void tell(SegmentNews.Kind kind, String segment, String profile, boolean recomputed) {
    news.add(
        new SegmentNews(kind, present.account(), segment, profile, present.now(), recomputed)
            .news());
  }

  void write(Tx tx, Outbox outbox) {
    outbox.tell(tx, news);
    if (!sums.isEmpty()) {
      count(tx);
    }
  }

  private void count(Tx tx) {
    tx.sql(
            """
            insert into segment_day as d (account_id, segment_id, day, shard, added, removed)
            select :account, segment, :day, :shard, added, removed
            from unnest(:segments, :added, :removed) n (segment, added, removed)
            order by segment
            on conflict (account_id, segment_id, day, shard) do update set
              added = d.added + excluded.added, removed = d.removed + excluded.removed
            """)
        .bind("account", present.account())
        .bind("day", LocalDate.ofInstant(present.now(), present.zone()))
        .bind("shard", shard)
        .array("segments", "text", sums.keySet())
        .array("added", "bigint", sums.values().stream().map(Sum::added).toList())
        .array("removed", "bigint", sums.values().stream().map(Sum::removed).toList())
        .run();
  }
}
