package carillon.segments;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import carillon.events.EventRecorded;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxSubscriber;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Follows what happens to people and brings the segments it may have altered up to date, for these
 * people only. News of a person is passed on in order and by one worker at a time, and only from
 * here is anybody moved into or out of members that count: so what was seen last is what stands.
 */
final class Refresh {

  private final Clock clock;
  private final Outbox outbox;
  private final Rosters rosters;

  Refresh(Clock clock, Outbox outbox, Rosters rosters) {
    this.clock = clock;
    this.outbox = outbox;
    this.rosters = rosters;
  }

  OutboxSubscriber subscriber() {
    return new OutboxSubscriber("segments", Change.KINDS, this::take);
  }

  /** Accounts in one order, for they are shared until the end of the transaction. */
  private void take(Tx tx, List<News> news) {
    news.stream()
        .collect(groupingBy(News::account, TreeMap::new, toList()))
        .forEach((account, its) -> take(tx, account, its));
  }

  private void take(Tx tx, String account, List<News> news) {
    Upkeep.share(tx, account);
    var recorded = recorded(news);
    if (recorded.isAfter(clock.instant())) {
      Upkeep.announce(tx, account, recorded);
    }
    Upkeep.state(tx, account)
        .ifPresent(state -> {
          var roster = rosters.of(tx, account, state.version());
          var round = new Round(tx, state.present(account, clock), roster, outbox);
          news.stream().flatMap(Change::of).forEach(round::add);
          round.run();
        });
  }

  /** When events were recorded last, by the clock of a node that may be ahead of this one. */
  private static Instant recorded(List<News> news) {
    return news.stream()
        .filter(one -> one.kind().equals(EventRecorded.KIND))
        .map(one -> EventRecorded.recordedAt(one.payload()))
        .max(naturalOrder())
        .orElse(Instant.MIN);
  }
}
