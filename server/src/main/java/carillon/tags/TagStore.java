package carillon.tags;

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
import java.util.UUID;

/** Tags, groups and what is tagged, in the database. */
final class TagStore {

  private static final int MOST_TAGS = 500;
  private static final int MOST_GROUPS = 50;
  private static final int MOST_TAGS_ON_ONE = 100;

  private static final String TAGS =
      "select t.id, t.name, t.tag_group_id from tag t where t.account_id = :account";
  private static final String GROUPS =
      "select t.id, t.name, t.exclusive, t.is_default from tag_group t where t.account_id ="
          + " :account";

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final Map<String, Taggable> kinds;

  TagStore(Database db, Clock clock, Ids ids, Map<String, Taggable> kinds) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.kinds = Map.copyOf(kinds);
  }

  Slice<Tag> tags(String account, Select select) {
    return new Paged<>(TAGS, "t.id", "uuid", TagStore::tag)
        .bind("account", account)
        .page(db, select);
  }

  Slice<TagGroup> groups(String account, Select select) {
    return new Paged<>(GROUPS, "t.id", "uuid", TagStore::group)
        .bind("account", account)
        .page(db, select);
  }

  Tag tag(String account, String id) {
    return tag(db, account, id);
  }

  private static Tag tag(Queries queries, String account, String id) {
    return uuid(id)
        .flatMap(uuid ->
            queries
                .sql(TAGS + " and t.id = :id")
                .bind("account", account)
                .bind("id", uuid)
                .first(TagStore::tag))
        .orElseThrow(() -> ApiError.missing("A", "tag", id));
  }

  TagGroup group(String account, String id) {
    return findGroup(db, account, id).orElseThrow(() -> ApiError.missing("A", "tag group", id));
  }

  private static Optional<TagGroup> findGroup(Queries queries, String account, String id) {
    return uuid(id)
        .flatMap(uuid ->
            queries
                .sql(GROUPS + " and t.id = :id")
                .bind("account", account)
                .bind("id", uuid)
                .first(TagStore::group));
  }

  TagGroup groupOf(String account, String tagId) {
    return group(account, tag(account, tagId).groupId().toString());
  }

  /** The groups of tags, by tag id. */
  Map<String, List<TagGroup>> groups(String account, Collection<Tag> tags) {
    var groups =
        db
            .sql(GROUPS + " and t.id = any(:ids)")
            .bind("account", account)
            .array("ids", "uuid", tags.stream().map(Tag::groupId).distinct().toList())
            .list(TagStore::group)
            .stream()
            .collect(toMap(TagGroup::id, group -> group));
    return tags.stream()
        .collect(toMap(tag -> tag.id().toString(), tag -> List.of(groups.get(tag.groupId()))));
  }

  List<Tag> tagsIn(String account, String groupId) {
    return db.sql(TAGS + " and t.tag_group_id = :group order by t.created_at, t.id")
        .bind("account", account)
        .bind("group", group(account, groupId).id())
        .list(TagStore::tag);
  }

  Tag create(String account, String name, Optional<String> groupId) {
    return db.transaction(tx -> {
      var byDefault = lock(tx, account);
      var group = groupId.map(id -> knownGroup(tx, account, id)).orElse(byDefault);
      refuseMore(tx, account, "tag", "tags", MOST_TAGS);
      refuseTaken(tx, account, "tag", name);
      var tag = new Tag(ids.uuid(), name, group);
      tx.sql(
              """
              insert into tag (account_id, id, tag_group_id, name, created_at)
              values (:account, :id, :group, :name, :now)
              """)
          .bind("account", account)
          .bind("id", tag.id())
          .bind("group", tag.groupId())
          .bind("name", name)
          .bind("now", clock.instant())
          .run();
      return tag;
    });
  }

  private static UUID knownGroup(Queries queries, String account, String id) {
    return findGroup(queries, account, id)
        .map(TagGroup::id)
        .orElseThrow(() ->
            ApiError.of(
                Fault.Code.TAG_SERVICE_ERROR, "A tag group with id " + id + " does not exist."));
  }

  void rename(String account, String id, String name) {
    db.transact(tx -> {
      lock(tx, account);
      var tag = tag(tx, account, id);
      if (!tag.name().equalsIgnoreCase(name)) {
        refuseTaken(tx, account, "tag", name);
      }
      setName(tx, account, "tag", tag.id(), name);
    });
  }

  void delete(String account, String id) {
    db.sql("delete from tag where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", tag(account, id).id())
        .run();
  }

  TagGroup createGroup(String account, String name, boolean exclusive) {
    return db.transaction(tx -> {
      lock(tx, account);
      refuseMore(tx, account, "tag_group", "tag groups", MOST_GROUPS);
      refuseTaken(tx, account, "tag_group", name);
      return insert(tx, account, new TagGroup(ids.uuid(), name, exclusive, false));
    });
  }

  void createDefaultGroup(Tx tx, String account) {
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

  void renameGroup(String account, String id, String name) {
    db.transact(tx -> {
      lock(tx, account);
      var group =
          findGroup(tx, account, id).orElseThrow(() -> ApiError.missing("A", "tag group", id));
      if (!group.name().equalsIgnoreCase(name)) {
        refuseTaken(tx, account, "tag_group", name);
      }
      setName(tx, account, "tag_group", group.id(), name);
    });
  }

  void deleteGroup(String account, String id) {
    var group = group(account, id);
    if (group.isDefault()) {
      throw ApiError.of(Fault.Code.INVALID, "The default tag group cannot be deleted.");
    }
    db.sql("delete from tag_group where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", group.id())
        .run();
  }

  List<String> tagged(String account, String tagId, String kind) {
    return db.sql(
            """
            select resource_id from tagging
            where account_id = :account and tag_id = :tag and kind = :kind
            order by created_at, resource_id
            """)
        .bind("account", account)
        .bind("tag", tag(account, tagId).id())
        .bind("kind", kind)
        .list(row -> row.text("resource_id"));
  }

  void attach(String account, String tagId, String kind, List<String> resources) {
    var missing = new java.util.TreeSet<>(resources);
    missing.removeAll(kinds.get(kind).existing(account, resources));
    if (!missing.isEmpty()) {
      throw ApiError.missing("A", kind, missing.first());
    }
    db.transact(tx -> {
      lock(tx, account);
      var tag = tag(tx, account, tagId);
      tx.sql(
              """
              insert into tagging (account_id, kind, resource_id, tag_id, created_at)
              select :account, :kind, resource, :tag, :now from unnest(:resources) resource
              on conflict do nothing
              """)
          .bind("account", account)
          .bind("kind", kind)
          .bind("tag", tag.id())
          .bind("now", clock.instant())
          .array("resources", "text", resources)
          .run();
      refuseCrowd(tx, account, tag, kind, resources);
    });
  }

  /** Checked after the fact, inside the transaction: a refusal takes the links back. */
  private static void refuseCrowd(
      Tx tx, String account, Tag tag, String kind, List<String> resources) {
    tx.sql(
            """
            select g.resource_id, count(*) as tags,
              count(*) filter (where o.exclusive and o.id = :group) as rivals
            from tagging g
            join tag t on t.account_id = g.account_id and t.id = g.tag_id
            join tag_group o on o.account_id = t.account_id and o.id = t.tag_group_id
            where g.account_id = :account and g.kind = :kind and g.resource_id = any(:resources)
            group by g.resource_id
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("group", tag.groupId())
        .array("resources", "text", resources)
        .list(row -> {
          if (row.number("rivals") > 1) {
            throw ApiError.of(
                Fault.Code.INVALID,
                "The %s %s already has a tag of this exclusive tag group."
                    .formatted(kind, row.text("resource_id")));
          }
          if (row.number("tags") > MOST_TAGS_ON_ONE) {
            throw ApiError.of(
                Fault.Code.INVALID,
                "A %s can have at most %d tags.".formatted(kind, MOST_TAGS_ON_ONE));
          }
          return true;
        });
  }

  void detach(String account, String tagId, String kind, List<String> resources) {
    db.sql(
            """
            delete from tagging
            where account_id = :account and kind = :kind and tag_id = :tag
              and resource_id = any(:resources)
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("tag", tag(account, tagId).id())
        .array("resources", "text", resources)
        .run();
  }

  /** The tags of resources, by resource id. */
  Map<String, List<Tag>> tagsOf(String account, String kind, Collection<String> resources) {
    record Tagged(String resource, Tag tag) {}
    return db
        .sql(
            """
            select g.resource_id, t.id, t.name, t.tag_group_id
            from tagging g join tag t on t.account_id = g.account_id and t.id = g.tag_id
            where g.account_id = :account and g.kind = :kind and g.resource_id = any(:resources)
            order by g.created_at, t.id
            """)
        .bind("account", account)
        .bind("kind", kind)
        .array("resources", "text", resources)
        .list(row -> new Tagged(row.text("resource_id"), tag(row)))
        .stream()
        .collect(groupingBy(Tagged::resource, mapping(Tagged::tag, toList())));
  }

  void forget(Tx tx, String account, String kind, String resource) {
    tx.sql(
            """
            delete from tagging
            where account_id = :account and kind = :kind and resource_id = :resource
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("resource", resource)
        .run();
  }

  void copy(Tx tx, String account, String kind, String from, String to) {
    tx.sql(
            """
            insert into tagging (account_id, kind, resource_id, tag_id, created_at)
            select account_id, kind, :to, tag_id, :now from tagging
            where account_id = :account and kind = :kind and resource_id = :from
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("from", from)
        .bind("to", to)
        .bind("now", clock.instant())
        .run();
  }

  /** Writers of one account's tags take turns, so that counts and names are sure. */
  private static UUID lock(Tx tx, String account) {
    return tx.sql("select id from tag_group where account_id = :account and is_default for update")
        .bind("account", account)
        .one(row -> row.uuid("id"));
  }

  private static void refuseMore(Tx tx, String account, String table, String what, int most) {
    var there =
        tx.sql("select count(*) as n from " + table + " where account_id = :account")
            .bind("account", account)
            .one(row -> row.number("n"));
    if (there >= most) {
      throw ApiError.of(
          Fault.Code.INVALID, "An account can have at most " + most + " " + what + ".");
    }
  }

  private static void refuseTaken(Tx tx, String account, String table, String name) {
    tx.sql("select 1 from " + table + " where account_id = :account and lower(name) = lower(:name)")
        .bind("account", account)
        .bind("name", name)
        .first(row -> row)
        .ifPresent(_ -> {
          throw ApiError.conflict(
              "A " + table.replace('_', ' ') + " with the name '" + name + "' already exists.");
        });
  }

  private static void setName(Tx tx, String account, String table, UUID id, String name) {
    tx.sql("update " + table + " set name = :name where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .run();
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Tag tag(Row row) {
    return new Tag(row.uuid("id"), row.text("name"), row.uuid("tag_group_id"));
  }

  private static TagGroup group(Row row) {
    return new TagGroup(
        row.uuid("id"), row.text("name"), row.bool("exclusive"), row.bool("is_default"));
  }
}
