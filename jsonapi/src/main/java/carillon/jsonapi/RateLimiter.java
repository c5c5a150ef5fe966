package carillon.jsonapi;

import java.net.InetAddress;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts calls per account and bucket in fixed windows of a second, a minute and a day; those of
 * browsers per account, bucket and network address. Counts are kept in memory and forgotten when
 * their windows are over.
 */
public final class RateLimiter {

  private static final long DAY = 86_400;

  /** After so many buckets those without a running window are dropped. */
  private static final int MANY = 10_000;

  /** When so many are counted, addresses not among them share what is left: memory is bounded. */
  private static final int MOST_ADDRESSES = 50_000;

  private final Clock clock;
  private final double factor;
  private final Map<String, Windows> buckets = new ConcurrentHashMap<>();
  private final AtomicLong swept = new AtomicLong();

  /** Limits times {@code factor}; 0 switches limiting off. */
  public RateLimiter(Clock clock, double factor) {
    this.clock = clock;
    this.factor = factor;
  }

  /**
   * What came of a call.
   *
   * @param retryAfter seconds to wait; 0 when the call may go on
   * @param headers the {@code RateLimit-*} headers of an answer, or {@code Retry-After}
   */
  record Verdict(long retryAfter, Map<String, String> headers) {}

  Verdict take(String account, String bucket, RateLimit published) {
    return take(account + " " + bucket, published);
  }

  /** Counts a call that anybody may make by the address it comes from. */
  Verdict take(String account, String address, String bucket, RateLimit published) {
    var whole = account + " " + bucket;
    var one = whole + " " + network(address);
    var isFull = buckets.size() >= MOST_ADDRESSES && !buckets.containsKey(one);
    return take(isFull ? whole : one, published);
  }

  /** Somebody with one address of IPv6 has the 64 bits behind its prefix to choose from. */
  private static String network(String address) {
    var plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    try {
      var bytes = InetAddress.ofLiteral(plain).getAddress();
      return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : plain;
    } catch (IllegalArgumentException _) {
      return "unknown";
    }
  }

  private Verdict take(String key, RateLimit published) {
    var limit = factor == 0 ? published : published.times(factor);
    var now = clock.instant().getEpochSecond();
    var verdict = Optional.<Verdict>empty();
    while (verdict.isEmpty()) {
      verdict = buckets.computeIfAbsent(key, _ -> new Windows()).take(limit, now, factor == 0);
    }
    sweep(now);
    return verdict.get();
  }

  /** At most once a minute, since it looks at every bucket. */
  private void sweep(long now) {
    var last = swept.get();
    if (buckets.size() > MANY && now - last >= 60 && swept.compareAndSet(last, now)) {
      buckets.values().removeIf(one -> one.dropIfOver(now));
    }
  }

  int size() {
    return buckets.size();
  }

  private static final class Windows {
    private final Window second = new Window(1);
    private final Window minute = new Window(60);
    private final Window day = new Window(DAY);
    private boolean daily;
    private boolean dropped;

    /** Counts a call; empty when these windows have been dropped and new ones are to be used. */
    synchronized Optional<Verdict> take(RateLimit limit, long now, boolean off) {
      if (dropped) {
        return Optional.empty();
      }
      daily = limit.daily() > 0;
      second.roll(now);
      minute.roll(now);
      day.roll(now);
      if (!off) {
        var wait =
            Math.max(
                second.wait(limit.burst(), now),
                Math.max(minute.wait(limit.steady(), now), day.wait(limit.daily(), now)));
        if (wait > 0) {
          return Optional.of(new Verdict(wait, Map.of("Retry-After", Long.toString(wait))));
        }
      }
      second.used++;
      minute.used++;
      day.used++;
      return Optional.of(new Verdict(0, headers(limit, now)));
    }

    private Map<String, String> headers(RateLimit limit, long now) {
      var minuteIsTighter = limit.steady() - minute.used < limit.burst() - second.used;
      var tight = minuteIsTighter ? minute : second;
      var calls = minuteIsTighter ? limit.steady() : limit.burst();
      var headers = new LinkedHashMap<String, String>();
      headers.put(
          "RateLimit-Limit",
          calls
              + ", "
              + limit.burst()
              + ";w=1, "
              + limit.steady()
              + ";w=60"
              + (limit.daily() > 0 ? ", " + limit.daily() + ";w=" + DAY : ""));
      headers.put("RateLimit-Remaining", Long.toString(Math.max(0, calls - tight.used)));
      headers.put("RateLimit-Reset", Long.toString(tight.end() - now));
      if (limit.daily() > 0) {
        headers.put(
            "RateLimit-Remaining-Daily", Long.toString(Math.max(0, limit.daily() - day.used)));
        headers.put("RateLimit-Reset-Daily", Long.toString(day.end() - now));
      }
      return headers;
    }

    synchronized boolean dropIfOver(long now) {
      dropped = (daily ? day : minute).end() <= now;
      return dropped;
    }
  }

  private static final class Window {
    private final long length;
    private long start;
    private long used;

    Window(long length) {
      this.length = length;
    }

    void roll(long now) {
      var begin = now - now % length;
      if (begin != start) {
        start = begin;
        used = 0;
      }
    }

    long end() {
      return start + length;
    }

    long wait(int limit, long now) {
      return limit > 0 && used >= limit ? end() - now : 0;
    }
  }
}
