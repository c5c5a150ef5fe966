package carillon.campaigns;

import carillon.accounts.Account;
import carillon.platform.db.Database;
import java.time.Duration;
import java.time.Instant;

/** The hour of the day in which the mails of an account are opened most. */
final class BestHour {

  /** For accounts whose readers are not known yet. */
  static final int PRESET = 10;

  private static final Duration LOOK_BACK = Duration.ofDays(90);

  private final Database db;

  BestHour(Database db) {
    this.db = db;
  }

  int of(Account account, Instant now) {
    return db.sql(
            """
            select extract(hour from e.at at time zone :zone)::int as hour
            from metric m
            join event e on e.account_id = m.account_id and e.metric_id = m.id
            where m.account_id = :account and m.name = 'Opened Email'
              and e.at > :since and e.at <= :now
            group by 1 order by count(*) desc, 1 limit 1
            """)
        .bind("account", account.id())
        .bind("zone", account.timezone().getId())
        .bind("since", now.minus(LOOK_BACK))
        .bind("now", now)
        .first(row -> row.integer("hour"))
        .orElse(PRESET);
  }
}
