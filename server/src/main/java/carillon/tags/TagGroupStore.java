package carillon.tags;

import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups of tags in the database. */
final class TagGroupStore {

  private static final String GROUPS =
      "select t.id, t.name, t.exclusive, t.is_default from tag_group t"
          + " where t.account_id = :account";

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  TagGroupStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<TagGroup> all(String account, Select select) {
    return new Paged<>(GROUPS, "t.id", "uuid", TagGroup::of)
        .bind("account", account)
        .page(db, select);
  }

  TagGroup get(String account, String id) {
    return get(db, account, id);
  }

  private static TagGroup get(Queries queries, String account, String id) {
    return find(queries, account, id).orElseThrow(() -> ApiError.missing("A", "tag group", id));
  }

  static Optional<TagGroup> find(Queries queries, String account, String id) {
    return Named.id(id)
        .flatMap(uuid ->
            queries
                .sql(GROUPS + " and t.id = :id")
                .bind("account", account)
                .bind("id", uuid)
                .first(TagGroup::of));
  }

  /** The groups of tags, by tag id. */
  Map<String, List<TagGroup>> of(String account, Collection<Tag> tags) {
    var groups =
        db
            .sql(GROUPS + " and t.id = any(:ids)")
            .bind("account", account)
            .array("ids", "uuid", tags.stream().map(Tag::groupId).distinct().toList())
            .list(TagGroup::of)
            .stream()
            .collect(toMap(TagGroup::id, group -> group));
    return tags.stream()
        .collect(toMap(tag -> tag.id().toString(), tag -> List.of(groups.get(tag.groupId()))));
  }

  TagGroup create(String account, String name, boolean exclusive) {
    return db.transaction(tx -> {
      Named.lock(tx, account);
      Named.GROUP.refuseMore(tx, account);
      Named.GROUP.refuseTaken(tx, account, name);
      return insert(tx, account, new TagGroup(ids.uuid(), name, exclusive, false));
    });
  }

  void createDefault(Tx tx, String account) {
    insert(tx, account, new TagGroup(ids.uuid(), "Ungrouped Tags", false, true));
  }

  private TagGroup insert(Tx tx, String account, TagGroup group) {
    tx.sql(
            """
            insert into tag_group (account_id, id, name, exclusive, is_default, created_at)
            values (:account, :id, :name, :exclusive, :isDefault, :now)
            """)
        .bind("account", account)
        .bind("id", group.id())
        .bind("name", group.name())
        .bind("exclusive", group.exclusive())
        .bind("isDefault", group.isDefault())
        .bind("now", clock.instant())
        .run();
    return group;
  }

  void rename(String account, String id, String name) {
    db.transact(tx -> {
      Named.lock(tx, account);
      var group = get(tx, account, id);
      Named.GROUP.rename(tx, account, group.id(), group.name(), name);
    });
  }

  void delete(String account, String id) {
    var group = get(account, id);
    if (group.isDefault()) {
      throw ApiError.of(Fault.Code.INVALID, "The default tag group cannot be deleted.");
    }
    db.sql("delete from tag_group where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", group.id())
        .run();
  }
}
