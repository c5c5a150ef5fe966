package carillon.lists;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Who is on which list, in the database. */
final class MemberStore {

  private static final String MEMBERS =
      """
      select m.profile_id, m.joined_at from list_member m
      where m.account_id = :account and m.list_id = :list
      """;

  private final Database db;
  private final Clock clock;
  private final Outbox outbox;

  MemberStore(Database db, Clock clock, Outbox outbox) {
    this.db = db;
    this.clock = clock;
    this.outbox = outbox;
  }

  Slice<Member> page(String account, String list, Select select) {
    return new Paged<>(
            MEMBERS,
            "m.profile_id",
            "text",
            row -> new Member(row.text("profile_id"), row.instant("joined_at")))
        .bind("account", account)
        .bind("list", list)
        .treat("email", (comparison, binder) -> identified("email", comparison, binder))
        .treat(
            "phone_number", (comparison, binder) -> identified("phone_number", comparison, binder))
        .page(db, select);
  }

  private static String identified(String kind, Filter comparison, Paged.Binder binder) {
    var values =
        comparison.valuesOf(kind).stream().map(value -> value.toString().toLowerCase()).toList();
    return """
    m.profile_id in (select i.profile_id from profile_identifier i
      where i.account_id = :account and i.kind = '%s' and i.value = any(%s))
    """
        .formatted(kind, binder.bind(values));
  }

  long count(String account, String list) {
    return db.sql(
            "select count(*) as n from list_member where account_id = :account and list_id = :list")
        .bind("account", account)
        .bind("list", list)
        .one(row -> row.number("n"));
  }

  /** Refuses the whole call when one of the profiles is not there. */
  static void refuseUnknown(Tx tx, String account, Collection<String> profiles) {
    var known =
        new HashSet<>(
            tx.sql(
                    """
                    select profile_id from profile
                    where account_id = :account and profile_id = any(:profiles)
                    """)
                .bind("account", account)
                .array("profiles", "text", profiles)
                .list(row -> row.text("profile_id")));
    for (var profile : profiles) {
      if (!known.contains(profile)) {
        throw ApiError.missing("A", "profile", profile);
      }
    }
  }

  /**
   * Adds people; who is on the list already stays on it since then. Always in the same order, so
   * that two who add the same people do not block each other.
   *
   * @return who was not on it before
   */
  List<String> add(
      Tx tx, String account, String list, Collection<String> profiles, boolean startsFlows) {
    ListStore.hold(tx, account, list);
    var now = clock.instant();
    var added =
        tx.sql(
                """
                insert into list_member (account_id, list_id, profile_id, joined_at)
                select :account, :list, profile, :now from unnest(:profiles) profile
                order by profile
                on conflict do nothing
                returning profile_id
                """)
            .bind("account", account)
            .bind("list", list)
            .bind("now", now)
            .array("profiles", "text", profiles)
            .list(row -> row.text("profile_id"));
    tell(tx, MemberNews.Kind.ADDED, account, list, added, now, startsFlows);
    return added;
  }

  /**
   * Takes people off a list; who is not on it does not matter.
   *
   * @return who was on it
   */
  List<String> remove(Tx tx, String account, String list, Collection<String> profiles) {
    ListStore.hold(tx, account, list);
    var removed =
        tx.sql(
                """
                delete from list_member
                where account_id = :account and list_id = :list and profile_id = any(:profiles)
                returning profile_id
                """)
            .bind("account", account)
            .bind("list", list)
            .array("profiles", "text", profiles)
            .list(row -> row.text("profile_id"));
    tell(tx, MemberNews.Kind.REMOVED, account, list, removed, clock.instant(), false);
    return removed;
  }

  private void tell(
      Tx tx,
      MemberNews.Kind kind,
      String account,
      String list,
      List<String> profiles,
      Instant at,
      boolean startsFlows) {
    outbox.tell(
        tx,
        profiles.stream()
            .map(profile -> new MemberNews(kind, account, list, profile, at, startsFlows).news())
            .toList());
  }

  static void clear(Tx tx, String account, String list) {
    tx.sql("delete from list_member where account_id = :account and list_id = :list")
        .bind("account", account)
        .bind("list", list)
        .run();
    tx.sql("delete from suppression where account_id = :account and list_id = :list")
        .bind("account", account)
        .bind("list", list)
        .run();
    tx.sql("delete from pending_subscription where account_id = :account and list_id = :list")
        .bind("account", account)
        .bind("list", list)
        .run();
  }
}
