package carillon.mcp;

import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.platform.db.Database;
import java.time.Clock;
import java.time.LocalDate;

/**
 * Counts the people a key has reached on a day of its account. The database decides, so that two
 * nodes cannot spend the same rest.
 */
final class Budget {

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;

  Budget(Database db, Clock clock, Accounts accounts) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
  }

  /** Takes so many from what is left of the day; false, and nothing is taken, when it is less. */
  boolean take(ApiKeys.AgentKey key, long people) {
    var most = key.rails().recipientsPerDay().orElse(Long.MAX_VALUE);
    if (people > most) {
      return false;
    }
    return db.sql(
                """
                insert into agent_reach as r (account_id, key_id, day, recipients)
                values (:account, :key, :day, :people)
                on conflict (account_id, key_id, day) do update
                  set recipients = r.recipients + :people
                  where r.recipients <= :most - :people
                """)
            .bind("account", key.caller().account())
            .bind("key", key.id().toString())
            .bind("day", today(key))
            .bind("people", people)
            .bind("most", most)
            .run()
        > 0;
  }

  /** Gives back what was taken for a call that reached nobody. */
  void giveBack(ApiKeys.AgentKey key, long people) {
    db.sql(
            """
            update agent_reach set recipients = greatest(0, recipients - :people)
            where account_id = :account and key_id = :key and day = :day
            """)
        .bind("people", people)
        .bind("account", key.caller().account())
        .bind("key", key.id().toString())
        .bind("day", today(key))
        .run();
  }

  /** How many the key has reached today. */
  long spent(ApiKeys.AgentKey key) {
    return db.sql(
            """
            select recipients from agent_reach
            where account_id = :account and key_id = :key and day = :day
            """)
        .bind("account", key.caller().account())
        .bind("key", key.id().toString())
        .bind("day", today(key))
        .first(row -> row.number("recipients"))
        .orElse(0L);
  }

  private LocalDate today(ApiKeys.AgentKey key) {
    var zone = accounts.get(key.caller().account()).timezone();
    return LocalDate.ofInstant(clock.instant(), zone);
  }
}
