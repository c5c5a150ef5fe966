package carillon.segments;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Database;
import carillon.platform.db.TookTooLong;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says how many people a definition would find, before it is saved. Never longer than a few
 * seconds: when counting all takes too long, it is estimated from a part.
 */
final class Previews {

  private static final Duration LONGEST_COUNT = Duration.ofSeconds(3);
  private static final Duration LONGEST_ESTIMATE = Duration.ofSeconds(2);

  /** How many people are looked at for an estimate. */
  private static final int LOOKED_AT = 20_000;

  private static final int SAMPLE = 10;

  /**
   * What a definition finds.
   *
   * @param sample ids of some of those found
   */
  record Preview(long people, boolean isExact, List<String> sample) {}

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final PostalCodes places;

  Previews(Database db, Clock clock, Accounts accounts, PostalCodes places) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.places = places;
  }

  Preview of(String account, ObjectNode json) {
    var definition = Definition.parse(json);
    var whose = accounts.get(account);
    if (definition.asksForDistance()) {
      db.transact(places::ready);
    }
    return attempt(LONGEST_COUNT, tx -> count(tx, whose, definition))
        .or(() -> attempt(LONGEST_ESTIMATE, tx -> estimate(tx, whose, definition)))
        .orElseThrow(() ->
            ApiError.of(
                Fault.Code.UNAVAILABLE,
                "The definition takes too long to preview. Save it to have it computed."));
  }

  /** Checks a definition the way saving it would. */
  void check(String account, ObjectNode json) {
    Drafting.check(db, account, json, Optional.empty());
  }

  private Optional<Preview> attempt(
      Duration longest, java.util.function.Function<Tx, Preview> work) {
    try {
      return Optional.of(
          db.transaction(tx -> {
            tx.limit(longest);
            return work.apply(tx);
          }));
    } catch (TookTooLong _) {
      return Optional.empty();
    }
  }

  private Preview count(Tx tx, Account account, Definition definition) {
    var members =
        new Compiler(account.id(), account.timezone(), clock.instant()).members(definition);
    return members
        .bindTo(
            tx.sql(
                """
                with found as materialized (%s)
                select (select count(*) from found) as people,
                  array(select profile_id from found limit :sample) as sample
                """
                    .formatted(members.sql())))
        .bind("sample", SAMPLE)
        .one(row -> new Preview(row.number("people"), true, row.texts("sample")));
  }

  /** Looks at the people on some pages of the table, wherever they stand. */
  private Preview estimate(Tx tx, Account account, Definition definition) {
    var clause = new Compiler(account.id(), account.timezone(), clock.instant()).clause(definition);
    return clause
        .bindTo(
            tx.sql(
                """
                with part as materialized (
                  select p.profile_id, coalesce(%s, false) as found
                  from profile p tablesample system (%s)
                  where p.account_id = :account limit :most)
                select (select count(*) from profile where account_id = :account)
                    * (select count(*) filter (where found) from part)
                    / greatest((select count(*) from part), 1) as people,
                  array(select profile_id from part where found limit :sample) as sample
                """
                    .formatted(clause.sql(), share(tx))))
        .bind("account", account.id())
        .bind("most", LOOKED_AT)
        .bind("sample", SAMPLE)
        .one(row -> new Preview(row.number("people"), false, row.texts("sample")));
  }

  /** The percentage of all rows that is about as many as are to be looked at. */
  private static String share(Tx tx) {
    var rows =
        tx.sql("select greatest(reltuples, 1)::bigint as n from pg_class where relname = 'profile'")
            .first(row -> row.number("n"))
            .orElse(1L);
    return Double.toString(Math.min(100.0, 100.0 * LOOKED_AT / rows));
  }
}
