package carillon.events;

import carillon.platform.db.Queries;
import java.time.Instant;
import java.util.Collection;

/**
 * The moments for which events were recorded before they came, at most a year ahead. All other
 * events were in the past when they were told, so that whoever follows the time need look for
 * events that the present has come to only at these.
 */
public final class EventsAhead {

  /** Notes moments that are still to come. */
  static void note(Queries queries, String account, Collection<Instant> moments) {
    queries
        .sql(
            """
            insert into event_ahead (account_id, at)
            select distinct :account, to_timestamp(at) from unnest(:moments) n (at)
            on conflict do nothing
            """)
        .bind("account", account)
        .array("moments", "bigint", moments.stream().map(Instant::getEpochSecond).toList())
        .run();
  }

  /** Whether there are any after one moment and up to another. */
  public static boolean any(Queries queries, String account, Instant after, Instant to) {
    return queries
        .sql(
            """
            select exists (
              select from event_ahead where account_id = :account and at > :after and at <= :to)
              as any
            """)
        .bind("account", account)
        .bind("after", after)
        .bind("to", to)
        .one(row -> row.bool("any"));
  }

  /** Forgets those up to a moment. */
  public static void forget(Queries queries, String account, Instant to) {
    queries
        .sql("delete from event_ahead where account_id = :account and at <= :to")
        .bind("account", account)
        .bind("to", to)
        .run();
  }

  private EventsAhead() {}
}
