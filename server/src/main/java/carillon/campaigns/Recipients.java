package carillon.campaigns;

import carillon.platform.db.Queries;
import carillon.platform.db.Statement;
import java.util.List;
import java.util.Optional;

/** The people of an audience who can get mail, as queries that leave them in the database. */
final class Recipients {

  /** Members of the included lists and segments between two ids, each once. */
  private static final String PART =
      "select distinct a.profile_id from ("
          + Audiences.members(":included")
          + ") a where a.profile_id > :after and a.profile_id <= :last";

  private static final String AUDIENCE =
      """
      select p.profile_id, p.email as recipient, coalesce(p.location ->> 'timezone', '') as zone,
        row_number() over (order by p.profile_id) as place
      from (%s) m
      join profile p on p.account_id = :account and p.profile_id = m.profile_id
      where not exists (select from (%s) x where x.profile_id = p.profile_id)
        and %s
      """;

  /**
   * Those with an address among a part of the audience, with the columns profile_id, recipient,
   * zone and place, which counts from one.
   */
  static final String OF_PART =
      AUDIENCE.formatted(PART, Audiences.members(":excluded"), "p.email is not null");

  /** All for whom a condition on profile {@code p} holds. */
  static String all(String condition) {
    return AUDIENCE.formatted(
        "select distinct a.profile_id from (" + Audiences.members(":included") + ") a",
        Audiences.members(":excluded"),
        condition);
  }

  /** The ids after one, up to another. */
  record Part(String after, String last) {}

  /** The next part with so many members; empty when there are none left. */
  static Optional<Part> next(
      Queries db, String account, Audience audience, String after, int members) {
    return db.sql(
            "select max(p.profile_id) as last from ("
                + Audiences.page(":included", ":after", ":members")
                + ") p")
        .bind("account", account)
        .array("included", "text", audience.included())
        .bind("after", after)
        .bind("members", members)
        .one(row -> row.maybeText("last"))
        .map(last -> new Part(after, last));
  }

  /** Binds what {@link #OF_PART} names, all but the account. */
  static Statement bind(Statement statement, Audience audience, Part part) {
    return bind(statement, audience).bind("after", part.after()).bind("last", part.last());
  }

  /** Binds what {@link #all} names, all but the account. */
  static Statement bind(Statement statement, Audience audience) {
    return statement
        .array("included", "text", audience.included())
        .array("excluded", "text", audience.excluded());
  }

  /** The names of the timezones they live in; one is empty for who has none. */
  static List<String> zones(Queries db, String account, Audience audience, Part part) {
    return bind(db.sql("select distinct r.zone from (" + OF_PART + ") r"), audience, part)
        .bind("account", account)
        .list(row -> row.text("zone"));
  }

  private Recipients() {}
}
