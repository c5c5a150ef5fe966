package carillon.reporting;

import static java.util.stream.Collectors.groupingBy;

import carillon.accounts.Accounts;
import carillon.events.EventRecorded;
import carillon.events.Integration;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.OutboxSubscriber;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Says which mail an event is owed to: the last one its person opened or clicked within the
 * account's window before it.
 *
 * <p>A touch in the same second counts, and so does one exactly as old as the window is long. What
 * machines opened or clicked never counts, nor do events of the server's own metrics convert.
 * Whatever comes late is set right: an old event looks back from its own time, and a late touch
 * claims the events after it that are owed to nothing or to an earlier touch.
 */
public final class Attributions {

  private static final List<String> TOUCHES = List.of("Opened Email", "Clicked Email");

  /** What events of a metric mean here; a metric never changes its integration or name. */
  private enum Role {
    CONVERSION,
    TOUCH,
    NEITHER
  }

  private record MetricKey(String account, String id) {}

  /** Events of a person between two moments that may have become owed to something. */
  private record Stretch(
      String account, String profile, Instant from, Instant to, Duration window) {}

  private final Accounts accounts;
  private final Cache<MetricKey, Role> roles = Caffeine.newBuilder().maximumSize(50_000).build();
  private final Set<String> touched = ConcurrentHashMap.newKeySet();

  public Attributions(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Follows what is recorded. */
  public OutboxSubscriber subscriber() {
    return new OutboxSubscriber("attribution", Set.of(EventRecorded.KIND), this::take);
  }

  private void take(Tx tx, List<News> news) {
    var stretches =
        news.stream().collect(groupingBy(News::account)).entrySet().stream()
            .filter(its -> hasTouches(tx, its.getKey()))
            .flatMap(its -> stretches(tx, its.getKey(), recorded(its.getValue())))
            .distinct()
            .toList();
    if (!stretches.isEmpty()) {
      attribute(tx, stretches);
    }
  }

  private static List<EventRecorded> recorded(List<News> news) {
    return news.stream().flatMap(one -> EventRecorded.read(one.payload()).stream()).toList();
  }

  private Stream<Stretch> stretches(Tx tx, String account, List<EventRecorded> events) {
    learn(tx, account, events.stream().map(EventRecorded::metric).distinct().toList());
    var window = accounts.get(tx, account).rules().attribution();
    return events.stream()
        .flatMap(event -> {
          var profile = event.key().profile();
          var at = event.key().at();
          return switch (role(account, event.metric())) {
            case CONVERSION -> Stream.of(new Stretch(account, profile, at, at, window));
            case TOUCH -> Stream.of(new Stretch(account, profile, at, at.plus(window), window));
            case NEITHER -> Stream.of();
          };
        });
  }

  /**
   * Whether anybody ever opened or clicked something. Until then nothing can be owed to it, and the
   * first touch looks for what followed it.
   */
  private boolean hasTouches(Tx tx, String account) {
    if (touched.contains(account)) {
      return true;
    }
    var any =
        tx.sql(
                """
                select id from metric
                where account_id = :account and integration_name = :server and name = any(:touches)
                  and integration_id = :internal
                """)
            .bind("account", account)
            .bind("server", Integration.INTERNAL.name())
            .bind("internal", Integration.INTERNAL.id())
            .array("touches", "text", TOUCHES)
            .first(row -> row.text("id"))
            .isPresent();
    if (any) {
      touched.add(account);
    }
    return any;
  }

  private Role role(String account, String metric) {
    var known = roles.getIfPresent(new MetricKey(account, metric));
    return known == null ? Role.NEITHER : known;
  }

  private void learn(Tx tx, String account, Collection<String> metrics) {
    var unknown =
        metrics.stream()
            .filter(metric -> roles.getIfPresent(new MetricKey(account, metric)) == null)
            .toList();
    if (!unknown.isEmpty()) {
      tx.sql(
              """
              select id, integration_id, name from metric
              where account_id = :account and id = any(:ids)
              """)
          .bind("account", account)
          .array("ids", "text", unknown)
          .list(row -> Map.entry(new MetricKey(account, row.text("id")), roleOf(row)))
          .forEach(metric -> roles.put(metric.getKey(), metric.getValue()));
    }
  }

  private static Role roleOf(Row metric) {
    if (!metric.text("integration_id").equals(Integration.INTERNAL.id())) {
      return Role.CONVERSION;
    }
    return TOUCHES.contains(metric.text("name")) ? Role.TOUCH : Role.NEITHER;
  }

  /** The events may have gone to the heir of a merged profile since they were told. */
  private static void attribute(Tx tx, List<Stretch> stretches) {
    tx.sql(
            """
            insert into attribution (account_id, profile_id, event_at, event_seq, metric_id,
              touch_at, touch_seq, campaign_id, message_id)
            select distinct on (e.profile_id, e.at, e.seq) e.account_id, e.profile_id, e.at, e.seq,
              e.metric_id, t.at, t.seq, t.campaign_id, t.message_id
            from unnest(:accounts, :profiles, :froms, :tos, :windows)
              n (account, profile, first, last, seconds)
            left join profile_identifier h on h.account_id = n.account
              and h.kind = 'profile_id' and h.value = n.profile
            join event e on e.profile_id = coalesce(h.profile_id, n.profile)
              and e.at >= n.first and e.at <= n.last and e.account_id = n.account
            join metric k on k.account_id = e.account_id and k.id = e.metric_id
              and k.integration_id <> :internal
            join metric o on o.account_id = n.account and o.integration_name = :server
              and o.name = any(:touches) and o.integration_id = :internal
            cross join lateral (
              select touch.at, touch.seq, m.campaign_id, m.id as message_id
              from event touch
              join campaign_message m on m.account_id = touch.account_id
                and m.id = touch.properties->>'$message'
              where touch.profile_id = e.profile_id and touch.metric_id = o.id
                and touch.at <= e.at and touch.at >= e.at - make_interval(secs => n.seconds)
                and touch.properties->>'machine_open' is distinct from 'true'
                and touch.properties->>'Bot Click' is distinct from 'true'
              order by touch.at desc, touch.seq desc
              limit 1) t
            order by e.profile_id, e.at, e.seq, t.at desc, t.seq desc
            on conflict (profile_id, event_at, event_seq) do update
            set touch_at = excluded.touch_at, touch_seq = excluded.touch_seq,
              campaign_id = excluded.campaign_id, message_id = excluded.message_id
            where (attribution.touch_at, attribution.touch_seq)
              < (excluded.touch_at, excluded.touch_seq)
            """)
        .array("accounts", "text", stretches.stream().map(Stretch::account).toList())
        .array("profiles", "text", stretches.stream().map(Stretch::profile).toList())
        .array("froms", "timestamptz", stretches.stream().map(Stretch::from).toList())
        .array("tos", "timestamptz", stretches.stream().map(Stretch::to).toList())
        .array(
            "windows", "bigint", stretches.stream().map(one -> one.window().toSeconds()).toList())
        .array("touches", "text", TOUCHES)
        .bind("internal", Integration.INTERNAL.id())
        .bind("server", Integration.INTERNAL.name())
        .run();
  }
}
