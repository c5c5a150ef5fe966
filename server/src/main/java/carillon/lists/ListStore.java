package carillon.lists;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists in the database; their members are in {@link MemberStore}. */
final class ListStore {

  private static final String LISTS =
      """
      select l.id, l.name, l.opt_in_process, l.created_at, l.updated_at
      from list l where l.account_id = :account
      """;

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  ListStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<MailingList> page(String account, Select select) {
    return new Paged<>(LISTS, "l.id", "text", ListStore::list)
        .bind("account", account)
        .page(db, select);
  }

  MailingList get(String account, String id) {
    return get(db, account, id);
  }

  private static MailingList get(Queries queries, String account, String id) {
    return find(queries, account, id).orElseThrow(() -> missing(id));
  }

  static Optional<MailingList> find(Queries queries, String account, String id) {
    return queries
        .sql(LISTS + " and l.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(ListStore::list);
  }

  /** Keeps the list from being deleted until the transaction ends. */
  static MailingList hold(Tx tx, String account, String id) {
    return held(tx, account, id).orElseThrow(() -> missing(id));
  }

  /** The same, empty when there is no such list. */
  static Optional<MailingList> held(Tx tx, String account, String id) {
    return tx.sql(LISTS + " and l.id = :id for key share")
        .bind("account", account)
        .bind("id", id)
        .first(ListStore::list);
  }

  /** The list with an id, or those with a name; two of them if there are more. */
  List<MailingList> named(String account, String idOrName) {
    var byId = find(db, account, idOrName);
    return byId.isPresent()
        ? List.of(byId.get())
        : db.sql(LISTS + " and l.name = :name order by l.id limit 2")
            .bind("account", account)
            .bind("name", idOrName)
            .list(ListStore::list);
  }

  /** Those of the lists that exist, in the order of ids. */
  List<MailingList> get(String account, Collection<String> all) {
    return db.sql(LISTS + " and l.id = any(:ids) order by l.id")
        .bind("account", account)
        .array("ids", "text", all)
        .list(ListStore::list);
  }

  static ApiError missing(String id) {
    return ApiError.of(Fault.Code.NOT_FOUND, "A list with id `" + id + "` does not exist.");
  }

  /** The names of those of the lists that exist, by id. */
  static Map<String, String> names(Queries queries, String account, Collection<String> lists) {
    return queries
        .sql("select id, name from list where account_id = :account and id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", lists)
        .list(row -> Map.entry(row.text("id"), row.text("name")))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The lists people are on, by profile id. */
  Map<String, List<MailingList>> listsOf(String account, Collection<String> profiles) {
    record Membership(String profile, MailingList list) {}
    return db
        .sql(
            """
            select m.profile_id, l.id, l.name, l.opt_in_process, l.created_at, l.updated_at
            from list_member m join list l on l.account_id = m.account_id and l.id = m.list_id
            where m.account_id = :account and m.profile_id = any(:profiles)
            order by l.id
            """)
        .bind("account", account)
        .array("profiles", "text", profiles)
        .list(row -> new Membership(row.text("profile_id"), list(row)))
        .stream()
        .collect(groupingBy(Membership::profile, mapping(Membership::list, toList())));
  }

  /** Ids are random: the rare taken one is drawn again. */
  MailingList create(String account, String name, OptIn optIn) {
    while (true) {
      var now = clock.instant();
      var list = new MailingList(ids.shortId(), name, optIn, now, now, Optional.empty());
      if (insert(account, list)) {
        return list;
      }
    }
  }

  private boolean insert(String account, MailingList list) {
    return db.sql(
                """
                insert into list (account_id, id, name, opt_in_process, created_at, updated_at)
                values (:account, :id, :name, :optIn, :now, :now)
                on conflict do nothing
                """)
            .bind("account", account)
            .bind("id", list.id())
            .bind("name", list.name())
            .bind("optIn", list.optIn().word())
            .bind("now", list.createdAt())
            .run()
        == 1;
  }

  MailingList update(
      String account, String id, Optional<String> name, Optional<OptIn> optInProcess) {
    return db.sql(
            """
            update list l set name = coalesce(:name, l.name),
              opt_in_process = coalesce(:optIn, l.opt_in_process), updated_at = :now
            where l.account_id = :account and l.id = :id
            returning l.id, l.name, l.opt_in_process, l.created_at, l.updated_at
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .bind("optIn", optInProcess.map(OptIn::word))
        .bind("now", clock.instant())
        .first(ListStore::list)
        .orElseThrow(() -> missing(id));
  }

  /** Deletes the row, after which nobody can add members any more. */
  static void delete(Tx tx, String account, String id) {
    var deleted =
        tx.sql("delete from list where account_id = :account and id = :id")
            .bind("account", account)
            .bind("id", id)
            .run();
    if (deleted == 0) {
      throw missing(id);
    }
  }

  private static MailingList list(Row row) {
    return new MailingList(
        row.text("id"),
        row.text("name"),
        OptIn.of(row.text("opt_in_process")),
        row.instant("created_at"),
        row.instant("updated_at"),
        Optional.empty());
  }
}
