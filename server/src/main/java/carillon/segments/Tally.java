package carillon.segments;

import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
    Sum plus(Moved moved) {
      return new Sum(added + moved.added().size(), removed + moved.removed().size());
    }
  }

  private final String account;
  private final ZoneId zone;
  private final Instant now;
  private final List<News> news = new ArrayList<>();
  private final TreeMap<String, Sum> sums = new TreeMap<>();
  private int shard;

  Tally(String account, ZoneId zone, Instant now) {
    this.account = account;
    this.zone = zone;
    this.now = now;
  }

  void add(String segment, Moved moved, boolean recomputed) {
    if (moved.isEmpty()) {
      return;
    }
    shard = Lanes.of(moved.all().getFirst()) % SHARDS;
    sums.put(segment, sums.getOrDefault(segment, new Sum(0, 0)).plus(moved));
    moved.added().forEach(one -> tell(SegmentNews.Kind.ADDED, segment, one, recomputed));
    moved.removed().forEach(one -> tell(SegmentNews.Kind.REMOVED, segment, one, recomputed));
  }

  private void tell(SegmentNews.Kind kind, String segment, String profile, boolean recomputed) {
    news.add(new SegmentNews(kind, account, segment, profile, now, recomputed).news());
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
        .bind("account", account)
        .bind("day", LocalDate.ofInstant(now, zone))
        .bind("shard", shard)
        .array("segments", "text", sums.keySet())
        .array("added", "bigint", sums.values().stream().map(Sum::added).toList())
        .array("removed", "bigint", sums.values().stream().map(Sum::removed).toList())
        .run();
  }
}
