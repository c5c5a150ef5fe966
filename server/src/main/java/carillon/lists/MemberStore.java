package carillon.lists;

import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.Member;
import carillon.profiles.MemberSearch;
import carillon.profiles.Profiles;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Who is on which list, in the database. */
final class MemberStore {

  private static final String IDS =
      """
      select m.profile_id from list_member m
      where m.account_id = :account and m.list_id = :list
      """;
  private static final String MEMBERS =
      """
      select m.joined_at, %s
      from list_member m
      join profile p on p.account_id = m.account_id and p.profile_id = m.profile_id
      where m.account_id = :account and m.list_id = :list
      """
          .formatted(Profiles.COLUMNS);

  private final Database db;
  private final Clock clock;
  private final MemberSearch search;
  private final Outbox outbox;

  MemberStore(Database db, Clock clock, Identities identities, Outbox outbox) {
    this.db = db;
    this.clock = clock;
    this.search = new MemberSearch(db, identities);
    this.outbox = outbox;
  }

  Slice<Member> page(String account, String list, Select select) {
    return paged(
            MEMBERS, row -> new Member(Profiles.read(row), row.instant("joined_at")), account, list)
        .page(db, select);
  }

  Slice<String> ids(String account, String list, Select select) {
    return paged(IDS, row -> row.text("profile_id"), account, list).page(db, select);
  }

  private <T> Paged<T> paged(String query, Function<Row, T> reader, String account, String list) {
    return search.over(
        new Paged<>(query, "m.profile_id", "text", reader)
            .bind("account", account)
            .bind("list", list),
        account);
  }

  long count(String account, String list) {
    return db.sql(
            "select count(*) as n from list_member where account_id = :account and list_id = :list")
        .bind("account", account)
        .bind("list", list)
        .one(row -> row.number("n"));
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
